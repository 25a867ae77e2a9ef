"""What the pages and the JSON of registering and signing in share."""

from __future__ import annotations

from functools import partial

from flask import Response

from flavorbot import accounts, passkeys
from flavorbot.errors import Conflict, EmailTaken, FlavorBotError, NotSignedIn
from flavorbot.model import User
from flavorbot.web import ceremonies
from flavorbot.web.account_schemas import LoginInput, RegisterInput
from flavorbot.web.logs import log_event
from flavorbot.web.people import sign_in
from flavorbot.web.rates import check_address, check_rate
from flavorbot.web.recording import record
from flavorbot.web.services import services

QUARTER_OF_AN_HOUR_S = 900
HOUR_S = 3_600


def register(body: RegisterInput) -> User:
    """Make an account and sign this browser in; raises `InvalidInput`, `Conflict`, `TooManyRequests`."""
    check_address("register", limit=20, window_s=HOUR_S)
    found = services()
    user = accounts.new_user(body.email, body.password, body.name, plan=found.settings.default_plan, now=found.now())
    try:
        sign_in(user, partial(found.storage.create_user, user))
    except EmailTaken:
        log_event("registration refused")
        raise Conflict("No account was made. If you already have one, sign in instead.") from None
    record(user.id, "Registered")
    return user


def log_in(body: LoginInput) -> User:
    """Sign this browser in; raises `NotSignedIn`, `TooManyRequests`, and `StorageError` rather than not counting."""
    check_rate("sign-in", f"account {accounts.fold_email(body.email)}", 10, QUARTER_OF_AN_HOUR_S)
    check_address("sign-in", limit=50, window_s=QUARTER_OF_AN_HOUR_S)
    storage = services().storage
    try:
        user = accounts.check_credentials(storage, body.email, body.password)
    except FlavorBotError as error:
        log_event("sign-in failed", kind=type(error).__name__)
        raise
    return _let_in(user)


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
        user, _ = passkeys.holder(found.storage, answer, challenge, ceremonies.site(), found.now())
    except NotSignedIn as error:
        log_event("passkey refused", kind=type(error.__cause__ or error).__name__)
        raise
    return _let_in(user)


def _let_in(user: User) -> User:
    sign_in(user, services().storage.start_session)
    record(user.id, "Signed in")
    return user
