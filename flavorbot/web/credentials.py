"""What pages and JSON share about a person's password and address: confirming, resetting and changing them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from flavorbot import accounts, passwords
from flavorbot.errors import EmailTaken, FieldError, InvalidInput, NotFound, TooManyRequests
from flavorbot.mail_links import new_link, open_link, use_link
from flavorbot.model import Mail, MailToken, MailTokenKind, User
from flavorbot.web import account_mail, devices
from flavorbot.web.account_schemas import EmailInput, ForgotInput, PasswordInput, ResetInput
from flavorbot.web.noticing import notify
from flavorbot.web.outbox import evenly, later
from flavorbot.web.people import current_sid, person, renew_session, signed_in
from flavorbot.web.rates import check_address, check_own_password, check_rate
from flavorbot.web.recording import record
from flavorbot.web.services import services

HOUR_S, DAY_S = 3_600, 86_400
MOVES_A_DAY = 5
# No longer than a link works: whoever uses them up for somebody else has left them one that is good meanwhile.
MAILS_AN_HOUR = 3
WRONG = "That is not your password."
NONE_YET = (
    "Your account has no password yet. “Forgot the password?” sends a link that sets one: open it in this browser."
)
RESET = "You are signed out everywhere. {others}"
OTHERS_WORK = "Sign-in by others, passkeys and tokens for scripts still work: end those you do not know."
OTHERS_ENDED = "Whatever else opened the account was ended: sign-in by others, passkeys and tokens for scripts."


def must_confirm() -> bool:
    """Whether an account waits for its address to be confirmed; where mails are files, it may be used before."""
    return services().mailer.delivers


def send_confirmation(user: User) -> None:
    """A link that confirms the address of a person."""
    _send_link(user, "confirm", user.email, account_mail.confirm_mail)


def ask_again(user: User) -> None:
    """What somebody gets who registers with an address that is known."""
    if user.email_confirmed_at is None:
        send_confirmation(user)
    else:
        _send(account_mail.known_mail(user))


def forget(body: ForgotInput) -> None:
    """Mail a link that lets a new password be set, if anybody has this address; tells nobody whether."""
    check_address("forgot", limit=20, window_s=HOUR_S)
    with evenly():
        user = services().storage.user_by_email(body.email) if accounts.is_email(body.email) else None
        if user is not None and user.disabled_at is None:
            record(user.id, "New password asked for")
            _send_link(user, "reset", user.email, account_mail.reset_mail)


def reset(body: ResetInput) -> None:
    """Set a new password by a mailed link and sign out everywhere; `NotFound` for a link that is no good.

    `VersionConflict` when the account changed at the same time; then the link is still good.
    """
    check_address("reset", limit=50, window_s=HOUR_S)
    storage, now = services().storage, services().now()
    token, user = open_link(storage, body.token, "reset")
    passwords.check_new(body.password, (user.email, user.name))
    others = OTHERS_WORK
    if may_be_anothers(user):
        _end_other_ways_in(user.id)
        others = OTHERS_ENDED
    user = replace(user, email_confirmed_at=user.email_confirmed_at or now)
    # Only the first of several gets through: it moves the version, and the link is bound to the password of before.
    accounts.set_password(storage, user, body.password, now)
    storage.take_mail_token(token)
    accounts.sign_out_everywhere(storage, user.id)
    record(user.id, "Password reset by mail")
    notify(user.email, "Your FlavorBot password was reset", RESET.format(others=others))


def may_be_anothers(user: User) -> bool:
    """Whether somebody else may have made the account of whoever opens a link in its mail.

    So it is while no mail to the address was answered, whatever a provider says of it, and nobody is signed in here.
    """
    asking = person()
    return not (user.email_confirmed_at and user.password_hash) and not (asking and asking.id == user.id)


def confirm(text: str, password: str | None) -> MailToken:
    """Do what a mailed link is for. Whoever asked for it shows it by their password, or by being signed in."""
    check_address("confirm", limit=50, window_s=HOUR_S)
    storage, now = services().storage, services().now()
    token, user = open_link(storage, text, "confirm", "email")
    if password is not None:
        _check_password(user, password, "password")
    use_link(storage, token)
    if token.kind == "confirm":
        accounts.confirm_email(storage, user, now)
        record(user.id, "Address confirmed")
    else:
        _move(user, token.email)
    return token


def change_password(body: PasswordInput) -> None:
    """With the current one; this browser goes on under a new session id."""
    storage, now = services().storage, services().now()
    user = _current_user()
    _check_password(user, body.current_password, "current_password")
    try:
        passwords.check_new(body.password, (user.email, user.name))
    except InvalidInput as error:
        raise InvalidInput([FieldError("password", each.message) for each in error.errors]) from None
    accounts.set_password(storage, user, body.password, now)
    if body.end_others:
        for session in devices.of(user.id):
            if session.sid != current_sid():
                storage.end_session(session.sid, user.id)
    renew_session()
    record(user.id, "Password changed", "signed out everywhere else" if body.end_others else "")
    notify(user.email, "Your FlavorBot password was changed")


def change_email(body: EmailInput) -> None:
    """Mail a link to the new address, which moves the account there; with the current password."""
    user = _current_user()
    _check_password(user, body.current_password, "current_password")
    email = accounts.clean_email(body.email)
    if accounts.fold_email(email) == accounts.fold_email(user.email):
        raise InvalidInput([FieldError("email", "This is your address already.")])
    check_rate("move", user.id, MOVES_A_DAY, DAY_S)
    record(user.id, "New address asked for")
    notify(user.email, "A new address was asked for at FlavorBot", "It counts once its mail is confirmed.")
    if services().storage.user_by_email(email) is None:
        _send_link(user, "email", email, lambda _, text: account_mail.move_mail(email, text))
    else:
        _send(account_mail.address_taken_mail(email))


def _end_other_ways_in(user_id: str) -> None:
    """All but the password, which changes, and a second factor, which only whoever has it or runs this site ends."""
    storage = services().storage
    accounts.sign_out_everywhere(storage, user_id)
    for identity in storage.list_identities(user_id):
        storage.delete_identity(identity)
    for passkey in storage.list_passkeys(user_id):
        storage.delete_passkey(user_id, passkey.id)
    for token in storage.list_access_tokens(user_id):
        storage.end_access_token(user_id, token.id)


def _send_link(user: User, kind: MailTokenKind, email: str, compose: Callable[[User, str], Mail]) -> None:
    """Nobody gets more than a few of them an hour, whoever asks."""
    found = services()
    with suppress(TooManyRequests):
        check_rate(f"{kind} mail", accounts.fold_email(email), MAILS_AN_HOUR, HOUR_S)
        token, text = new_link(user, kind, email, found.now())
        mail = compose(user, text)

        def send() -> None:
            found.storage.put_mail_token(token)
            found.mailer.send(mail)

        later(send)


def _send(mail: Mail) -> None:
    found = services()
    with suppress(TooManyRequests):
        check_rate("known mail", accounts.fold_email(mail.to), MAILS_AN_HOUR, HOUR_S)
        later(lambda: found.mailer.send(mail))


def _move(user: User, email: str) -> None:
    found = services()
    try:
        accounts.move_email(found.storage, user, email, found.now())
    except EmailTaken:
        raise NotFound("That address has an account by now; yours keeps the one it has.") from None
    record(user.id, "Address changed")
    for to in (user.email, email):
        notify(to, "Your FlavorBot address was changed", "Sign in with the new one from now on.")


def _current_user() -> User:
    user = services().storage.get_user(signed_in().id)
    if user is None:
        raise NotFound
    return user


def _check_password(user: User, password: str, field: str) -> None:
    """Tried as often as signing in; `InvalidInput` at the field, `TooManyRequests`."""
    if not user.password_hash:
        raise InvalidInput([FieldError(field, NONE_YET)])
    check_own_password(user.id)
    if not passwords.verify(user.password_hash, password):
        record(user.id, "Wrong password given")
        raise InvalidInput([FieldError(field, WRONG)])
