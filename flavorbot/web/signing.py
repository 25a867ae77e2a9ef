"""What the pages and the JSON of registering and signing in share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import Response, session

from flavorbot import accounts, passkeys, second_factors
from flavorbot.errors import CodeNeeded, Conflict, EmailTaken, FlavorBotError, NotFound, NotSignedIn
from flavorbot.model import User
from flavorbot.passkeys import PasskeyRefused
from flavorbot.second_factors import NEEDED
from flavorbot.web import ceremonies
from flavorbot.web.account_schemas import CodeInput, LoginInput, RegisterInput
from flavorbot.web.credentials import ask_again, must_confirm, send_confirmation
from flavorbot.web.known_browsers import known_browser, remember_browser
from flavorbot.web.logs import log_event
from flavorbot.web.noticing import notice_new_device, notify
from flavorbot.web.outbox import evenly
from flavorbot.web.people import moment_s, sign_in, start_over
from flavorbot.web.rates import check_address, check_rate, check_registering
from flavorbot.web.recording import record
from flavorbot.web.services import services
from flavorbot.web.validation import parse

QUARTER_OF_AN_HOUR_S = 900
HOUR_S = 3_600
DAY_S = 24 * HOUR_S
UNCONFIRMED = "Your address is not confirmed yet. Open the link in the mail we have just sent you."
CHANGED = "The account was changed at this moment. Please sign in again."

WITH_CODE = "with password and code"
FIRST_STEP = "first_step"
FIRST_STEP_HOLDS_S = 600


class FirstStepGone(NotSignedIn):
    """The password was given too long ago, in another browser, or not at all."""

    title = "Please sign in again"


def register(body: RegisterInput) -> User | None:
    """Make an account and sign this browser in; None where its address is to be confirmed first.

    Raises `InvalidInput`, `Conflict`, `TooManyRequests`.
    """
    check_registering()
    found = services()
    user = accounts.new_user(body.email, body.password, body.name, plan=found.settings.default_plan, now=found.now())
    if must_confirm():
        _register_by_mail(user)
        return None
    try:
        sign_in(user, partial(found.storage.create_user, user))
    except EmailTaken:
        log_event("registration refused")
        raise Conflict("No account was made. If you already have one, sign in instead.") from None
    remember_browser(user.email)
    record(user.id, "Registered")
    send_confirmation(user)
    return user


def _register_by_mail(user: User) -> None:
    """One mail whether the address is known or not, so that neither answer nor time tells anybody which it is."""
    with evenly():
        try:
            services().storage.create_user(user)
        except EmailTaken:
            log_event("registration refused")
            known = services().storage.user_by_email(user.email)
            if known is not None:
                ask_again(known)
            return
        record(user.id, "Registered")
        send_confirmation(user)


def log_in(body: LoginInput) -> User:
    """Sign this browser in; raises `NotSignedIn`, `CodeNeeded`, `TooManyRequests`, and `StorageError`."""
    user = _holder_of_password(body)
    if user.second_factor_at is not None:
        if body.code is None:
            raise CodeNeeded(NEEDED)
        _check_code(user, body.code)
        return _let_in(user, WITH_CODE)
    return _let_in(user)


def begin_log_in(body: LoginInput) -> User | None:
    """As `log_in`, but None where a code is still due, which this browser's session then waits for."""
    return after_first_step(_holder_of_password(body))


def after_first_step(user: User, how: str = "") -> User | None:
    """Let somebody in who showed who they are by password or an outside identity; None where a code is still due."""
    if user.second_factor_at is None:
        return _let_in(user, how)
    start_over({FIRST_STEP: {"user": user.id, "version": user.version, "at": moment_s(), "how": how}})
    log_event("code asked for", subject=user.id)
    return None


def finish_log_in(typed: Mapping[str, str]) -> User:
    """Sign this browser in by the code; raises `FirstStepGone`, `InvalidInput`, `CodeNeeded`, `TooManyRequests`."""
    user = waiting_for_code()
    if user is None:
        raise FirstStepGone
    how = session[FIRST_STEP].get("how")
    _check_code(user, parse(CodeInput, typed, strict=False).code)
    return _let_in(user, f"{how} and code" if how else WITH_CODE)


def waiting_for_code() -> User | None:
    """Whose password this browser gave lately, unless anything about them changed since."""
    waits = session.get(FIRST_STEP)
    if not isinstance(waits, dict) or not 0 <= moment_s() - waits["at"] < FIRST_STEP_HOLDS_S:
        return None
    user = services().storage.get_user(waits["user"])
    return user if user and user.version == waits["version"] else None


def _holder_of_password(body: LoginInput) -> User:
    """Raises `NotSignedIn`, `TooManyRequests`, and `StorageError` rather than not counting."""
    browser = known_browser(body.email)
    tried = f"browser {browser}" if browser else "account"
    check_rate("sign-in", f"{tried} {accounts.fold_email(body.email)}", 10, QUARTER_OF_AN_HOUR_S)
    check_address("sign-in", limit=50, window_s=QUARTER_OF_AN_HOUR_S)
    storage = services().storage
    try:
        return accounts.check_credentials(storage, body.email, body.password)
    except FlavorBotError as error:
        log_event("sign-in failed", kind=type(error).__name__)
        raise


def _check_code(user: User, code: str) -> None:
    """Guessing at six digits is slowed down; what that keeps out a recovery code or a passkey still lets in."""
    if second_factors.is_app_code(code):
        check_rate("code", user.id, 5, QUARTER_OF_AN_HOUR_S)
        check_rate("code", user.id, 50, DAY_S)
    else:
        check_rate("recovery code", user.id, 10, QUARTER_OF_AN_HOUR_S)
    found = services()
    try:
        second_factors.check_code(found.storage, found.app_keys, user, code, found.now())
    except CodeNeeded:
        record(user.id, "Code refused", "after the right password")
        raise
    if not second_factors.is_app_code(code):
        record(user.id, "Recovery code used")
        notify(user.email, "A recovery code of your FlavorBot account was used")


def passkey_options() -> Response:
    """What the browser is to sign, with any passkey that it has for this site; `Conflict`, `TooManyRequests`."""
    check_address("passkey", limit=100, window_s=QUARTER_OF_AN_HOUR_S)
    return ceremonies.ask("sign-in", *passkeys.request_options((), ceremonies.site()))


def log_in_with_passkey(answer: str) -> User:
    """Sign this browser in as whoever holds the passkey; `NotSignedIn`, `Conflict`, `TooManyRequests`."""
    check_address("sign-in", limit=50, window_s=QUARTER_OF_AN_HOUR_S)
    found = services()
    try:
        challenge = ceremonies.asked("sign-in")
        user, passkey = passkeys.holder(found.storage, answer, challenge, ceremonies.site(), found.now())
    except PasskeyRefused as error:
        note_refused(error)
        raise
    return _let_in(user, f"with the passkey {passkey.name}")


def note_refused(error: PasskeyRefused) -> None:
    """A passkey that is known and signs what it should not may be a copy of somebody's."""
    log_event("sign-in failed", kind=type(error.__cause__ or error).__name__)
    if error.known:
        record(error.known.user_id, "Passkey refused", error.known.name)


def _let_in(user: User, how: str = "") -> User:
    """Sign this browser in, by whatever way the person showed who they are; `NotSignedIn` when nobody is let in."""
    if user.disabled_at is not None:
        log_event("sign-in failed", kind="disabled", subject=user.id)
        raise NotSignedIn(accounts.NOT_RIGHT)
    if must_confirm() and user.email_confirmed_at is None:
        send_confirmation(user)
        raise NotSignedIn(UNCONFIRMED)
    try:
        sign_in(user, partial(services().storage.start_session, version=user.version))
    except NotFound:
        raise NotSignedIn(CHANGED) from None
    remember_browser(user.email)
    record(user.id, "Signed in", how)
    notice_new_device(user)
    return user
