"""Mail that nobody waits for, and answers that take as long whether a mail is sent or not."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from flavorbot.errors import FlavorBotError

MOST_WAITING = 500
# More than looking somebody up, hashing a password and storing an account take.
EVEN_S = 0.3

logger = logging.getLogger("flavorbot.mail")
_places = BoundedSemaphore(MOST_WAITING)


@contextmanager
def evenly() -> Iterator[None]:
    """Whatever is done within takes the same time, so that the time does not tell what it was."""
    until = time.monotonic() + EVEN_S
    try:
        yield
    finally:
        time.sleep(max(until - time.monotonic(), 0))


def later(task: Callable[[], None]) -> None:
    """Do this in the background, before this worker ends; what goes wrong is logged."""
    if not _places.acquire(blocking=False):
        logger.error("a mail was dropped: %s are waiting already", MOST_WAITING)
        return
    _threads().submit(_try, task)


def settle() -> None:
    """Wait until everything handed over so far is done."""
    pool = _threads()
    _threads.cache_clear()
    pool.shutdown()


def _try(task: Callable[[], None]) -> None:
    try:
        task()
    except FlavorBotError as error:
        logger.error("a mail was not sent: %s", type(error).__name__)
    except Exception:
        logger.exception("a mail was not sent")
    finally:
        _places.release()


@cache
def _threads() -> ThreadPoolExecutor:
    """Made when first used, which is after workers were forked."""
    return ThreadPoolExecutor(2, thread_name_prefix="outbox")
