"""The kinds of field that forms and JSON bodies are made of, with their limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, StringConstraints, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from flavorbot import bounds, model
from flavorbot.bounds import CONTROL, UNPRINTABLE

LINE = rf"^[^{CONTROL}\t\n\r]*$"
LINES = rf"^[^{CONTROL}]*$"
NOT_BLANK = rf"^[^\S{CONTROL}\t\n\r]*[^\s{CONTROL}][^{CONTROL}\t\n\r]*$"
# A list as one text, "rice, eggs" or an entry a line; the limits are those of the ingredients.
TEXT_LIST = rf"^[^{CONTROL},;\n]{{0,{bounds.TAG}}}([,;\n][^{CONTROL},;\n]{{0,{bounds.TAG}}}){{0,{bounds.TAGS - 1}}}$"
UUID_TEXT = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
DAY = r"^\d{4}-\d{2}-\d{2}$"
ULID_TEXT = r"^[0-7][0-9A-HJKMNP-TV-Z]{25}$"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of some length that matches a pattern, without the white space around it."""

    most: int
    pattern: str
    least: int = 0

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        sent = core_schema.str_schema(min_length=self.least, max_length=self.most, pattern=self.pattern)
        return core_schema.no_info_after_validator_function(str.strip, sent)


def line(most: int) -> Text:
    """One line of text, maybe empty."""
    return Text(most, LINE)


def lines(most: int) -> Text:
    """Text of several lines, maybe empty."""
    return Text(most, LINES)


def filled(most: int) -> Text:
    """One line of text that says something."""
    return Text(most, NOT_BLANK, least=1)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few names."""

    names: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        return core_schema.literal_schema(list(self.names))


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within these bounds; JSON does not tell 2 from 2.0."""

    least: int
    most: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        number = core_schema.int_schema(ge=self.least, le=self.most)
        return core_schema.no_info_before_validator_function(_without_point, number)


def _without_point(value: Any) -> Any:  # noqa: ANN401
    return int(value) if isinstance(value, float) and value.is_integer() else value


def printable(text: str) -> str:
    """The text with a sign in place of what no page and no JSON may hold."""
    return UNPRINTABLE.sub("\ufffd", text)


def split_list(value: object) -> object:
    """A text "rice, eggs" or one entry a line becomes the list it means."""
    if not isinstance(value, str):
        return value
    return [entry for part in re.split(r"[,;\n]", value) if (entry := part.strip(" \t\r"))]


def once(entries: list[str]) -> list[str]:
    """Every entry once, in its first place."""
    return list(dict.fromkeys(entries))


def real_day(text: str) -> str:
    """The text, if the calendar has that day."""
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError("The calendar has no such day.") from None
    return text


Day = Annotated[
    str,
    StringConstraints(pattern=DAY),
    AfterValidator(real_day),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Uuid = Annotated[
    str, StringConstraints(pattern=UUID_TEXT, to_lower=True), WithJsonSchema({"type": "string", "format": "uuid"})
]
Entry = Annotated[str, filled(bounds.TAG)]
Limited = Annotated[list[Entry], Field(max_length=bounds.TAGS)]
TextList = Annotated[str, StringConstraints(pattern=TEXT_LIST)]
Entries = Annotated[
    Limited, BeforeValidator(split_list, json_schema_input_type=Limited | TextList), AfterValidator(once)
]

Diets = Annotated[list[Annotated[str, OneOf(model.DIETS)]], AfterValidator(once)]
Allergens = Annotated[list[Annotated[str, OneOf(model.ALLERGENS)]], AfterValidator(once)]
FreeOf = Annotated[Allergens, BeforeValidator(split_list, json_schema_input_type=Allergens | TextList)]
Eaters = Annotated[list[Annotated[str, OneOf(model.EATERS)]], AfterValidator(once)]
Equipment = Annotated[list[Annotated[str, OneOf(model.EQUIPMENT)]], AfterValidator(once)]
Diet = Annotated[str, OneOf(model.DIETS)]
Category = Annotated[str, OneOf(model.CATEGORIES)]
UnitSystem = Annotated[str, OneOf(model.UNIT_SYSTEMS)]
Sort = Annotated[str, OneOf(model.SORTS)]
