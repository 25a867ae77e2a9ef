"""Tables that are built at first use, by one thread alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from threading import RLock
from typing import TypeVar

T = TypeVar("T")


def once(build: Callable[[], T]) -> Callable[[], T]:
    """As `functools.cache`, by which several threads that ask first would each build it, at many times the memory."""
    lock, built = RLock(), cache(build)

    @cache
    def first() -> T:
        with lock:
            return built()

    first.__doc__ = build.__doc__
    return first
