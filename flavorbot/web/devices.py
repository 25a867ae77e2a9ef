"""Where a person is signed in."""

from __future__ import annotations

from collections.abc import Sequence

from flavorbot.errors import NotFound
from flavorbot.model import Session
from flavorbot.web.people import current_sid
from flavorbot.web.recording import record
from flavorbot.web.services import services


def of(user_id: str) -> Sequence[Session]:
    """The person's devices, latest first."""
    return services().storage.list_sessions(user_id)


def end(user_id: str, sid: str) -> None:
    """Sign one device out at once; `NotFound` when it is not this person's."""
    if sid not in {session.sid for session in of(user_id)}:
        raise NotFound
    services().storage.end_session(sid, user_id)
    record(user_id, "Device signed out")


def end_others(user_id: str) -> None:
    """Sign out every device but this one."""
    others = [session.sid for session in of(user_id) if session.sid != current_sid()]
    for sid in others:
        services().storage.end_session(sid, user_id)
    if others:
        record(user_id, "Other devices signed out", f"{len(others)} of them" if len(others) > 1 else "one")
