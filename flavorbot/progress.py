"""How far a long command is: a bar with rate and time left on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

BAR = 24
# How often it is told: where one line is written over, and where lines are kept.
REDRAW_S = 0.2
LINE_S = 15.0
# The clock is looked at once in so many steps.
EVERY = 16


class Progress:
    """One piece of work after another, told on standard error."""

    def __init__(self, out: TextIO | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self._out = out or sys.stderr
        self._now = now
        self._drawn = self._out.isatty()
        self._pause_s = REDRAW_S if self._drawn else LINE_S
        self.begin("")

    def begin(self, what: str, total: int | None = None) -> None:
        """`total` may be a guess."""
        self._what = what
        self._total = total
        self._done = 0
        self._began = self._told = self._now()

    def step(self, count: int = 1) -> None:
        self._done += count
        if self._done % EVERY < count and (now := self._now()) - self._told >= self._pause_s:
            self._told = now
            self._tell(self._line(now))

    def end(self) -> None:
        """Done, or broken off."""
        seconds = self._now() - self._began
        if self._drawn or seconds >= LINE_S:
            self._tell(f"{self._what}: {self._done:,} in {_time(seconds)}")
        if self._drawn:
            self._out.write("\n")

    def _line(self, now: float) -> str:
        rate = self._done / max(now - self._began, 0.001)
        line = f"{self._what}: {self._done:,}"
        if self._total and self._done <= self._total:
            part = self._done / self._total
            full = "#" * int(part * BAR)
            line = f"{self._what} [{full:-<{BAR}}] {part:.0%}  {self._done:,} of {self._total:,}"
            return f"{line}, {rate:,.0f} a second, {_time((self._total - self._done) / max(rate, 0.001))} left"
        return f"{line}, {rate:,.0f} a second"

    def _tell(self, line: str) -> None:
        self._out.write(f"\r{line}\x1b[K" if self._drawn else f"{line}\n")
        self._out.flush()


def _time(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole < 3600 else f"{whole // 3600} h {whole % 3600 // 60} min"
