"""Where a move stands, so that one that was stopped goes on there; and a file for the rows that were left."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from flavorbot.moving.cells import Cell
from flavorbot.moving.problems import CannotMove
from flavorbot.moving.working import Left

# What JSON does not know, by the name under which it is kept.
_READERS: Mapping[str, Callable[[str], Cell]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "Decimal": Decimal,
    "UUID": UUID,
    "bytes": bytes.fromhex,
}
LONGEST_CELL = 2_000


@dataclass(slots=True)
class Place:
    """How far a table is: the key of the last row that is done with, what became of all until then.

    The box of `box` may have recipes that are not counted yet.
    """

    after: tuple[Cell, ...] | None = None
    counts: Counter[str] = field(default_factory=Counter)
    box: str = ""
    is_done: bool = False


class Places:
    """The places of all tables of one move, in a file; another source, map or store has another.

    Without `keeps` the next one begins at the first row, too.
    """

    def __init__(self, folder: Path, doing: str, about: Sequence[str], *, keeps: bool) -> None:
        name = hashlib.sha256("\n".join(about).encode()).hexdigest()[:12]
        self.path = folder / f"{doing}-{name}.json"
        self.left = LeftFile(folder / f"{doing}-{name}.jsonl")
        self._keeps = keeps
        self._places: dict[str, Place] = {}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._read()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CannotMove(f"{self.path} cannot be used ({error}): delete it, and the move begins anew.") from error

    def of(self, table: str) -> Place:
        return self._places.setdefault(table, Place())

    def save(self) -> None:
        """Keep where everything stands, all or nothing."""
        if not self._keeps:
            return
        places = {
            table: {
                "after": None if each.after is None else [_written(part) for part in each.after],
                "counts": each.counts,
                "box": each.box,
                "is_done": each.is_done,
            }
            for table, each in self._places.items()
        }
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps({"tables": places, "left": self.left.size}), encoding="utf-8")
        beside.replace(self.path)

    def forget(self) -> None:
        """The next move begins at the first row again."""
        self.path.unlink(missing_ok=True)
        self._places.clear()

    def _read(self) -> None:
        if not self._keeps or not self.path.exists():
            self.left.open(0)
            return
        found = json.loads(self.path.read_text(encoding="utf-8"))
        self.left.open(found["left"])
        for table, each in found["tables"].items():
            after = None if each["after"] is None else tuple(_read(part) for part in each["after"])
            self._places[table] = Place(after, Counter(each["counts"]), each["box"], each["is_done"])


class LeftFile:
    """Rows that were left, each a line of JSON with the reason; readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.count = 0

    def open(self, size: int) -> None:
        """Keep what is there until here, and forget what a stopped run wrote behind it."""
        self.path.touch(mode=0o600)
        with self.path.open("r+b") as file:
            file.truncate(size)
        self.size = size
        with self.path.open("rb") as file:
            self.count = sum(1 for _ in file)

    def add(self, left: Iterable[Left]) -> None:
        lines = [_line(each) for each in left]
        if lines:
            with self.path.open("ab") as file:
                file.write(b"".join(lines))
                self.size = file.tell()
            self.count += len(lines)


def _line(left: Left) -> bytes:
    told = {"table": left.table, "outcome": left.outcome, "reason": left.reason, "row": left.row}
    return (json.dumps(told, ensure_ascii=False, default=_told).encode("utf-8", "replace")) + b"\n"


def _told(value: object) -> str:
    return str(value)[:LONGEST_CELL]


def _written(part: Cell) -> Any:  # noqa: ANN401
    if part is None or isinstance(part, str | int | float):
        return part
    kind = type(part).__name__
    if kind not in _READERS:
        raise CannotMove(f"Rows cannot be read in the order of a {kind}: name another `key` in the map.")
    return {kind: part.hex() if isinstance(part, bytes) else str(part)}


def _read(part: Any) -> Cell:  # noqa: ANN401
    if not isinstance(part, dict):
        return part
    ((kind, text),) = part.items()
    return _READERS[kind](text)


def keys_of(row: Mapping[str, Cell], key: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(row[each] for each in key)
