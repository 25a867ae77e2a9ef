"""What stands in a column, as values of ours, however a database or a file writes it."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from flavorbot.moving.problems import BadRow
from flavorbot.storage.clock import EPOCH

# Whatever a driver gives.
Cell = Any
Row = Mapping[str, Cell]

_JSON = json.JSONDecoder(parse_float=Decimal)
# Seconds since 1970 have fewer digits than this for the next 30,000 years, milliseconds have more since 1973.
_MILLISECONDS_FROM = 100_000_000_000
_YES = frozenset({"1", "t", "true", "y", "yes", "on"})
_NO = frozenset({"0", "f", "false", "n", "no", "off", ""})


def text_of(cell: Cell) -> str:
    """Empty for nothing; `BadRow` for what is no text and no number."""
    if type(cell) is str:
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bytes):
        try:
            return cell.decode()
        except UnicodeDecodeError as error:
            raise BadRow("a text holds bytes that are not UTF-8") from error
    if isinstance(cell, str | int | float | Decimal | UUID):
        return str(cell)
    raise BadRow(f"where a text should be there is a {type(cell).__name__}")


def moment_of(cell: Cell) -> datetime | None:
    """A time in UTC, which times without a zone are taken to be in; None for nothing. `BadRow`."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, datetime):
        return _in_utc(cell)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=UTC)
    try:
        if isinstance(cell, int | float | Decimal):
            return _of_number(float(cell))
        text = text_of(cell).strip()
        if text.replace(".", "", 1).isdecimal():
            return _of_number(float(text))
        return _in_utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError, OSError) as error:
        raise BadRow(f"“{str(cell)[:40]}” is no time") from error


def _of_number(number: float) -> datetime:
    return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS_FROM else number, UTC)


def _in_utc(moment: datetime) -> datetime:
    found = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return max(found, EPOCH)


def truth_of(cell: Cell) -> bool | None:
    """Yes, no, or nothing. `BadRow`."""
    if cell is None or isinstance(cell, bool):
        return cell
    text = text_of(int.from_bytes(cell, "big") if isinstance(cell, bytes) and len(cell) == 1 else cell).strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise BadRow(f"“{text[:40]}” is neither yes nor no")


def count_of(cell: Cell) -> int:
    """A whole number from 0 on; `BadRow`."""
    try:
        number = Decimal(text_of(cell) or "0")
        if number != int(number) or not 0 <= number < 2**53:
            raise BadRow(f"“{str(cell)[:40]}” is no count")
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise BadRow(f"“{str(cell)[:40]}” is no count") from error
    return int(number)


def json_of(cell: Cell) -> Cell:
    """What a JSON column holds, which some drivers read and others give as text; a text that is no JSON is itself."""
    if isinstance(cell, bytes):
        cell = text_of(cell)
    if not isinstance(cell, str):
        return cell
    try:
        return _JSON.decode(cell)
    except (ValueError, RecursionError):
        return cell


def list_of(cell: Cell) -> list[Cell]:
    """A list, however it is written: JSON, an array of the database, or lines of text."""
    found = json_of(cell)
    if found is None or found == "":
        return []
    if isinstance(found, str):
        return [line for line in (each.strip() for each in found.split("\n")) if line]
    return list(found) if isinstance(found, Sequence) else [found]


def vector_of(cell: Cell) -> tuple[float, ...]:
    """The numbers of an embedding: an array, JSON, pgvector's text, or four bytes each. `BadRow`."""
    if isinstance(cell, bytes) and cell[:1] != b"[" and len(cell) % 4 == 0:
        return tuple(array("f", cell))
    found = json_of(cell)
    if found is None or found == "":
        return ()
    try:
        return tuple(float(each) for each in found)
    except (TypeError, ValueError) as error:
        raise BadRow("the vector is not a list of numbers") from error


def kept_of(cell: Cell) -> Cell:
    """A cell as a typed record keeps it: numbers exact, times as texts, JSON read."""
    if isinstance(cell, datetime):
        return _in_utc(cell).isoformat()
    if isinstance(cell, date | UUID):
        return str(cell)
    if isinstance(cell, bytes):
        return text_of(cell)
    if isinstance(cell, str):
        return json_of(cell) if cell[:1] in ("{", "[") else cell
    if isinstance(cell, Mapping):
        return {str(name): kept_of(part) for name, part in cell.items()}
    if isinstance(cell, list | tuple):
        return [kept_of(part) for part in cell]
    return cell if cell is None or isinstance(cell, bool | int | float | Decimal) else str(cell)
