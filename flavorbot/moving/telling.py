"""How a move goes, for whoever waits for it: a bar that moves on a terminal, else a line now and then; then a table."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from flavorbot.moving.mapping import TableMap

BAR = 24
# On a terminal it moves so often; elsewhere a line is written so often.
REDRAWN_S = 0.2
LINE_S = 10.0
HEADINGS: Mapping[str, Mapping[str, str]] = {
    "move": {"written": "written", "there": "there already", "skipped": "skipped", "failed": "failed"},
    "try": {"written": "would write", "there": "there already", "skipped": "would skip", "failed": "would fail"},
    "verify": {
        "same": "the same",
        "edited": "changed since",
        "differs": "not the same",
        "missing": "missing",
        "skipped": "skipped",
        "failed": "cannot come in",
    },
}


class Teller:
    """`IWatcher` on a stream, by default the one for what is no result."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._every_s = REDRAWN_S if self._stream.isatty() else LINE_S
        self._table = ""
        self._total: int | None = None
        self._began, self._before, self._told = 0.0, 0, 0.0

    def begins(self, table: TableMap, total: int | None, counts: Mapping[str, int]) -> None:
        self._table, self._total = table.table, total
        self._began, self._before = time.monotonic(), sum(counts.values())
        self._told = self._began if self._every_s == LINE_S else 0.0
        if self._before:
            self._stream.write(f"{self._table}: goes on after {self._before:,} rows\n")

    def goes_on(self, counts: Mapping[str, int]) -> None:
        if time.monotonic() - self._told >= self._every_s:
            self._tell(sum(counts.values()))

    def ends(self, counts: Mapping[str, int]) -> None:
        self._tell(sum(counts.values()))
        if self._every_s == REDRAWN_S:
            self._stream.write("\n")

    def _tell(self, rows: int) -> None:
        self._told = time.monotonic()
        line = progress(self._table, rows, self._total, rows - self._before, self._told - self._began)
        self._stream.write(f"\r\x1b[K{line}" if self._every_s == REDRAWN_S else f"{line}\n")
        self._stream.flush()


def progress(table: str, rows: int, total: int | None, new: int, passed_s: float) -> str:
    """How far a table is, how fast it goes, and how long it will take still."""
    rate = new / passed_s if passed_s > 0 else 0.0
    if not total:
        return f"{table}  {rows:,} rows  {rate:,.0f}/s"
    filled = min(BAR, BAR * rows // total)
    left = f"  {_duration((total - rows) / rate)} left" if rate and rows < total else ""
    return f"{table}  [{'#' * filled}{'.' * (BAR - filled)}] {rows:,} of {total:,}  {rate:,.0f}/s{left}"


def as_table(doing: str, counts: Mapping[str, Mapping[str, int]]) -> str:
    """What became of the rows of each table, and of all."""
    headings = HEADINGS[doing]
    rows = [(name, each) for name, each in counts.items()]
    if len(rows) > 1:
        rows.append(("all", {name: sum(each.get(name, 0) for each in counts.values()) for name in headings}))
    lines = [["", "read", *headings.values()], *(_line(name, each, headings) for name, each in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(_aligned(line, widths) for line in lines)


def _line(name: str, counts: Mapping[str, int], headings: Mapping[str, str]) -> list[str]:
    return [name, f"{sum(counts.values()):,}", *(f"{counts.get(each, 0):,}" for each in headings)]


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *numbers = zip(line, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *_right(numbers)]).rstrip()


def _right(cells: Sequence[tuple[str, int]]) -> Iterator[str]:
    return (text.rjust(width) for text, width in cells)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
