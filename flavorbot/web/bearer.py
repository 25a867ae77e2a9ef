"""Scripts: a token stands for the person who made it, except where the account itself is changed."""

from __future__ import annotations

from flask import g, request

from flavorbot.access_tokens import is_token, let_in
from flavorbot.errors import Forbidden, NotSignedIn
from flavorbot.model import AccessToken, User
from flavorbot.sessions.bearer import bearer_of
from flavorbot.web.logs import log_event
from flavorbot.web.rates import check_address
from flavorbot.web.services import services

HOUR_S = 3_600
MISSES_AN_HOUR = 60


def bearer() -> User | None:
    """Whose token came with this request, None without one; `NotSignedIn`, `Forbidden` for what it does not allow."""
    text = bearer_of(request)
    if text is None:
        return None
    if "bearer" not in g:
        g.bearer = _let_in(text)
    token, user = g.bearer
    if token.scope == "read" and request.method not in ("GET", "HEAD"):
        raise Forbidden("This token may read, but change nothing.")
    found: User = user
    return found


def refuse_tokens() -> None:
    """For what people do themselves; `Forbidden` when a script asks for it."""
    if bearer_of(request) is not None:
        raise Forbidden("A token does not open this: sign in in a browser.")


def _let_in(text: str) -> tuple[AccessToken, User]:
    """Whoever tries many that are not known is slowed down."""
    try:
        token, user = let_in(services().storage, text, services().now())
    except NotSignedIn:
        log_event("token refused")
        if is_token(text):
            check_address("token", limit=MISSES_AN_HOUR, window_s=HOUR_S)
        raise
    g.script_of = user.id
    return token, user
