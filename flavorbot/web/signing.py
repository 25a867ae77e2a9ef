"""What the pages and the JSON of registering and signing in share."""

from __future__ import annotations

from functools import partial

from flavorbot import accounts
from flavorbot.errors import Conflict, EmailTaken, FlavorBotError
from flavorbot.model import User
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
    sign_in(user, storage.start_session)
    record(user.id, "Signed in")
    return user
