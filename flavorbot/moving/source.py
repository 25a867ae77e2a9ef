"""What a source of rows promises, whatever it is."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from typing import Protocol

from flavorbot.moving.cells import Cell, Row
from flavorbot.moving.mapping import TableMap


class ISource(Protocol):
    """Rows in the order of their keys, read as they are asked for. Anything may raise `CannotMove`."""

    name: str
    """What it is called in what is told: without a password."""

    def has(self, table: TableMap) -> bool:
        """Whether it is there; `CannotMove` where it lacks a column that the map needs."""

    def count(self, table: TableMap) -> int | None:
        """How many rows there are; None where counting them would be reading them."""

    def rows(self, table: TableMap, after: Sequence[Cell] | None = None) -> Generator[Row]:
        """All of a table that have a whole key, or those after this one."""

    def keyless(self, table: TableMap) -> Iterator[Row]:
        """Those that lack part of their key, in any order."""

    def people(self, table: TableMap, ids: Collection[str]) -> Mapping[str, Row]:
        """Rows of users by their ids, as texts."""

    def close(self) -> None: ...
