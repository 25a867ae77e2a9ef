"""Deleting an account for good: begun in a request, gone on with by whoever finds it unfinished, and told about."""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from datetime import datetime

from flavorbot.errors import FlavorBotError, NotFound
from flavorbot.interfaces import IErasing
from flavorbot.model import Erasure, User

# So much of a request's time goes into it.
REQUEST_S = 2.0
EVERY_S = 60.0
NOT_KNOWN = "There is no such report, or not any more."

log = logging.getLogger("flavorbot.erasing")


def begin(storage: IErasing, user: User, now: datetime) -> tuple[Erasure, str]:
    """Take the account away at once, and with it every way in; gives the ticket by which its owner follows the rest."""
    ticket = secrets.token_urlsafe(32)
    erasure = Erasure(id=_hash(ticket), user_id=user.id, began_at=now)
    storage.begin_erasure(user, erasure)
    return erasure, ticket


def find(storage: IErasing, ticket: str) -> Erasure:
    """What this ticket is for; `NotFound`."""
    found = storage.get_erasure(_hash(ticket))
    if found is None:
        raise NotFound(NOT_KNOWN)
    return found


def go_on(storage: IErasing, erasure: Erasure, seconds: float | None = None) -> Erasure:
    """Delete what that time allows; without a limit, and unless somebody else is at it, all."""
    until = None if seconds is None else time.monotonic() + seconds
    while erasure.done_at is None and (until is None or time.monotonic() < until):
        before, erasure = erasure, storage.erase_some(erasure)
        if erasure == before:
            return erasure
    return erasure


class Sweeper:
    """Finishes, in a thread of each worker, what requests began and perhaps another worker, now gone, left undone."""

    def __init__(self, storage: IErasing) -> None:
        self._storage = storage
        self._starting = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)
                self._thread.start()

    def wake(self) -> None:
        """There is something to finish now."""
        self.start()
        self._wake.set()

    def sweep(self) -> None:
        """Go once through all that is not closed."""
        for erasure in self._storage.list_erasures():
            if erasure.done_at is None:
                go_on(self._storage, erasure)
            else:
                self._storage.erase_some(erasure)

    def _run(self) -> None:
        while True:
            self._wake.wait(EVERY_S)
            self._wake.clear()
            try:
                self.sweep()
            except FlavorBotError as error:
                log.warning("Deleting accounts goes on later: %s", error.detail)


def _hash(ticket: str) -> str:
    return hashlib.sha256(ticket.encode("utf-8", "replace")).hexdigest()
