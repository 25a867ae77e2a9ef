"""Maps: which table and column of a source becomes what here, read from TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from flavorbot.moving.problems import CannotMove
from flavorbot.storage.typed import is_type

Kind = Literal["user", "recipe", "usage", "event", "session", "record"]
Entity = Literal["users", "recipes", "usage", "sessions", "records", "all"]

MAPS = Path(__file__).parent / "maps"
ENTITIES: Mapping[Kind, Entity] = {
    "user": "users",
    "recipe": "recipes",
    "usage": "usage",
    "event": "usage",
    "session": "sessions",
    "record": "records",
}
# Of each kind, what a map can name a column for; the first ones it must.
FIELDS: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "user": (
        ("id", "email"),
        (
            *("password", "email_confirmed", "name", "first_name", "last_name", "plan", "plan_status", "diets"),
            *("allergies", "exclude", "units", "dark_mode", "created_at", "updated_at"),
        ),
    ),
    "recipe": (
        ("id", "title", "ingredients"),
        (
            *("instructions", "description", "category", "cuisine", "servings", "prep_time", "cook_time", "total_time"),
            *("image_url", "url", "tags", "notes", "rating", "is_from_ai", "created_at", "updated_at"),
        ),
    ),
    "usage": (("month",), ("recipe_queries", "recipes_generated")),
    "event": (("id", "action", "at"), ("outcome", "model", "tokens_in", "tokens_out")),
    "session": (("id", "expires_at"), ("created_at",)),
    "record": (("id",), ("created_at", "updated_at", "expires_at")),
}
# A type of objects that no table of the map names.
ANY = "*"
TYPE = "_type"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMap:
    """A table, and what its rows become.

    `key` are the columns that rows are read in the order of. `owner` says whose a row is: a column, and names within
    its JSON after dots; the first of several that is there. `keep` are columns that go along in a typed record, `type`
    is that record's, `vector` the column of its embedding; of a record None keeps all. `kept_days` after its time a row
    is not wanted any more. A table that is `optional` may be missing.
    """

    table: str
    becomes: Kind
    key: tuple[str, ...]
    fields: Mapping[str, str]
    owner: tuple[str, ...] = ()
    type: str = ""
    keep: tuple[str, ...] | None = None
    vector: str = ""
    kept_days: int | None = None
    optional: bool = False

    @property
    def owner_columns(self) -> tuple[str, ...]:
        return tuple(each.partition(".")[0] for each in self.owner)

    @property
    def columns(self) -> tuple[str, ...] | None:
        """Every column that is read; None for all there are."""
        if self.becomes == "record" and self.keep is None:
            return None
        named = (*self.key, *self.owner_columns, *self.fields.values(), *(self.keep or ()), self.vector)
        return tuple(dict.fromkeys(each for each in named if each))

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which nothing can be read."""
        first = (self.fields[name] for name in FIELDS[self.becomes][0])
        return tuple(dict.fromkeys([*self.key, *first]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """How a source is moved in; `name` keeps its ids apart from those of other sources.

    With `join` a person whose confirmed address has a confirmed account already gets their things there.
    """

    name: str
    title: str
    tables: tuple[TableMap, ...]
    join: bool = False
    digest: str = field(default="", compare=False)

    @property
    def people(self) -> TableMap | None:
        return next((each for each in self.tables if each.becomes == "user"), None)


def ready_maps() -> list[str]:
    return sorted(path.stem for path in MAPS.glob("*.toml"))


def read_map(name: str) -> Map:
    """A ready map by its name, or one in a file; `CannotMove` says what is wrong with it."""
    path = MAPS / f"{name}.toml" if name in ready_maps() else Path(name)
    try:
        return parse_map(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)
    except OSError as error:
        known = ", ".join(ready_maps())
        raise CannotMove(f"The map {name} cannot be read ({error.strerror}); ready ones are {known}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CannotMove(f"The map {name} is not TOML: {error}") from error


def parse_map(found: Mapping[str, Any], stem: str) -> Map:
    """A map as it stands in a file that is called `stem`."""
    _only(found, {"name", "title", "join", "table"}, "the map")
    tables = found.get("table")
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables) or not tables:
        raise CannotMove("A map has at least one [[table]].")
    order = list(FIELDS)
    read = sorted(map(_table, tables), key=lambda each: order.index(each.becomes))
    if sum(each.becomes == "user" for each in read) > 1:
        raise CannotMove("A map has one table of users at most.")
    name = str(found.get("name", stem))
    return Map(name=name, title=str(found.get("title", name)), join=found.get("join") is True, tables=tuple(read))


def _table(found: Mapping[str, Any]) -> TableMap:
    where = f"table {found.get('from', '?')}"
    _only(
        found,
        {"from", "becomes", "key", "owner", "type", "keep", "vector", "kept_days", "optional", "fields"},
        where,
    )
    becomes: Any = found.get("becomes")
    if becomes not in FIELDS:
        raise CannotMove(f"{where}: `becomes` is one of {', '.join(FIELDS)}.")
    must, may = FIELDS[becomes]
    fields = found.get("fields", {})
    _only(fields, {*must, *may}, f"{where}, fields of a {becomes}")
    if missing := [each for each in must if each not in fields]:
        raise CannotMove(f"{where}: `fields` lacks {', '.join(missing)}.")
    keep = found.get("keep")
    table = TableMap(
        table=_name(found.get("from"), f"{where}: `from`"),
        becomes=becomes,
        key=tuple(_names(found.get("key"), f"{where}: `key`")),
        fields={name: _name(column, f"{where}: {name}") for name, column in fields.items()},
        owner=tuple(_names(found["owner"], f"{where}: `owner`")) if "owner" in found else (),
        type=str(found.get("type", "")),
        keep=None if keep is None else tuple(_names(keep, f"{where}: `keep`")),
        vector=str(found.get("vector", "")),
        kept_days=found.get("kept_days"),
        optional=found.get("optional") is True,
    )
    _check(table, where)
    return table


def _check(table: TableMap, where: str) -> None:
    keeps = table.becomes == "record" or table.keep
    if keeps and table.table != ANY and not is_type(table.type):
        raise CannotMove(f"{where}: `type` names its records, with small letters, digits and underscores.")
    if table.kept_days is not None and not (isinstance(table.kept_days, int) and table.kept_days > 0):
        raise CannotMove(f"{where}: `kept_days` is a number of days.")
    if table.becomes in ("recipe", "usage", "event", "session") and not table.owner:
        raise CannotMove(f"{where}: `owner` says in which column it stands whose a row is.")


def _only(found: Mapping[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(found.keys() - known):
        raise CannotMove(f"{where}: {', '.join(unknown)} is not known; known are {', '.join(sorted(known))}.")


def _names(found: object, where: str) -> Iterator[str]:
    for each in found if isinstance(found, list) and found else [found]:
        yield _name(each, where)


def _name(found: object, where: str) -> str:
    if not isinstance(found, str) or not found:
        raise CannotMove(f"{where} is the name of a table or column, in quotes.")
    return found
