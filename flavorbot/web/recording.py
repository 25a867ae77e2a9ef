"""What happens to an account, for the person to look back at and for whoever watches over this site."""

from __future__ import annotations

from flask import request
from ulid import ULID

from flavorbot.errors import FlavorBotError
from flavorbot.model import Event
from flavorbot.sessions.browser import browser_name
from flavorbot.web.logs import log_event
from flavorbot.web.rates import client_address
from flavorbot.web.services import services


def record(user_id: str, what: str, detail: str = "") -> None:
    """Note in the log and for 90 days with the person that this was done, from here; never fails the request.

    `what` is told to people as it is ("Signed in"); `detail` stays out of the log.
    """
    log_event(what[:1].lower() + what[1:], subject=user_id)
    now = services().now()
    event = Event(
        id=str(ULID.from_datetime(now)),
        at=now,
        what=what,
        detail=detail,
        browser=browser_name(request.user_agent.string),
        address=client_address(),
    )
    try:
        services().storage.add_event(user_id, event)
    except FlavorBotError as error:
        log_event("event not recorded", subject=user_id, kind=type(error).__name__)
