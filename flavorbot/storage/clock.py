"""Times as the stores keep them: whole microseconds since 1970, which compare exactly and round-trip."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def utcnow() -> datetime:
    return datetime.now(UTC)


def to_moment(time: datetime) -> int:
    return (time - EPOCH) // MICROSECOND


def from_moment(moment: int) -> datetime:
    return EPOCH + moment * MICROSECOND


def window_of(now: datetime, window_s: int) -> tuple[datetime, datetime]:
    """The fixed window of `window_s` seconds that `now` falls into: its begin and its end."""
    length = timedelta(seconds=window_s)
    starts_at = now - (now - EPOCH) % length
    return starts_at, starts_at + length
