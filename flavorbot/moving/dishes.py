"""Recipes of elsewhere, read and checked as whatever is brought in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flavorbot.exchange.readers.cleaning import plain
from flavorbot.exchange.readers.found import BROKEN, MISSHAPEN, Found
from flavorbot.exchange.readers.times import minutes
from flavorbot.exchange.readers.told import Told, found
from flavorbot.kitchen.checker import checked_recipe
from flavorbot.model import Recipe, Source
from flavorbot.moving.cells import Cell, Row, list_of, moment_of, text_of, truth_of
from flavorbot.moving.ids import ulid_of
from flavorbot.moving.mapping import Map, TableMap
from flavorbot.moving.problems import BadRow
from flavorbot.storage.clock import EPOCH

_AMOUNTS, _NAMES, _NOTES = ("amount", "quantity", "qty"), ("name", "ingredient", "item", "food"), ("note", "notes")
_STEPS = ("text", "instruction", "step", "description")


def recipe_of(mapped: Map, table: TableMap, row: Row) -> tuple[Recipe, list[str]]:
    """The recipe with the facts that the kitchen finds, and what of the row was left out. `BadRow`."""
    read = _read(table, row)
    if read.recipe is None:
        raise BadRow(read.reason)
    updated = moment_of(_cell(table, row, "updated_at"))
    created = moment_of(_cell(table, row, "created_at")) or updated or EPOCH
    made_by = Source(kind="model") if truth_of(_cell(table, row, "is_from_ai")) else read.recipe.source
    kept = checked_recipe(
        read.recipe,
        id=ulid_of(created, mapped.name, table.table, *(text_of(row.get(column)) for column in table.key)),
        source=made_by,
        created_at=created,
        updated_at=max(created, updated or created),
        version=1,
    )
    return kept, list(read.remarks)


def _read(table: TableMap, row: Row) -> Found:
    def cell(field: str) -> Cell:
        return _cell(table, row, field)

    try:
        return found(
            Told(
                title=plain(text_of(cell("title"))),
                description=plain(text_of(cell("description"))),
                ingredients=list(_lines(cell("ingredients"))),
                steps=[text for each in list_of(cell("instructions")) if (text := _step(each))],
                makes=cell("servings"),
                prep_minutes=minutes(cell("prep_time")),
                cook_minutes=minutes(cell("cook_time")),
                total_minutes=minutes(cell("total_time")) or _only(cell("cook_time"), cell("prep_time")),
                meals=[text_of(cell("category"))],
                cuisines=[text_of(cell("cuisine"))],
                tags=[text_of(each) for each in list_of(cell("tags"))],
                notes=[plain(text_of(cell("notes")))],
                rating=cell("rating"),
                image=cell("image_url"),
                url=cell("url"),
            )
        )
    except BROKEN as error:
        raise BadRow(MISSHAPEN) from error


def _only(cook: Cell, prep: Cell) -> int | None:
    """A source that tells one time means the whole."""
    return None if minutes(prep) else minutes(cook)


def _cell(table: TableMap, row: Row, field: str) -> Cell:
    column = table.fields.get(field)
    return None if column is None else row.get(column)


def _lines(cell: Cell) -> Iterator[str]:
    """A line for each ingredient, which is a text or says amount, unit and name apart."""
    for each in list_of(cell):
        if type(each) is str:
            yield plain(each)
        elif isinstance(each, Mapping):
            amount, unit, name, note = (_first(each, names) for names in (_AMOUNTS, ("unit", "units"), _NAMES, _NOTES))
            line = " ".join(part for part in (amount, unit, name) if part)
            yield f"{line}, {note}" if note else line
        else:
            yield plain(text_of(each))


def _step(each: Cell) -> str:
    if type(each) is str:
        return plain(each)
    return plain(_first(each, _STEPS) if isinstance(each, Mapping) else text_of(each))


def _first(entry: Mapping[str, Cell], names: tuple[str, ...]) -> str:
    return next((plain(text_of(entry[name])) for name in names if entry.get(name) not in (None, "")), "")
