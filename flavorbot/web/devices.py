"""Where a person is signed in."""

from __future__ import annotations

from collections.abc import Sequence

from flavorbot.errors import NotFound
from flavorbot.model import Session
from flavorbot.web.logs import log_event
from flavorbot.web.people import current_sid
from flavorbot.web.services import services


def of(user_id: str) -> Sequence[Session]:
    """The person's devices, latest first."""
    return services().storage.list_sessions(user_id)


def end(user_id: str, sid: str) -> None:
    """Sign one device out at once; `NotFound` when it is not this person's."""
    if sid not in {session.sid for session in of(user_id)}:
        raise NotFound
    services().storage.end_session(sid, user_id)
    log_event("device signed out", count=1)


def end_others(user_id: str) -> None:
    """Sign out every device but this one."""
    others = [session.sid for session in of(user_id) if session.sid != current_sid()]
    for sid in others:
        services().storage.end_session(sid, user_id)
    log_event("device signed out", count=len(others))
