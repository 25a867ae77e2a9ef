"""The kinds of field that forms and JSON bodies are made of, with their limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, StringConstraints, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from flavorbot import model

# Text without control characters; the second form also keeps line ends and tabs.
LINE = r"^[^\x00-\x1f\x7f]*$"
LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
NOT_BLANK = r"^[^\S\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
# A list as one text, "rice, eggs" or an entry a line; the limits are those of the ingredients.
TEXT_LIST = r"^[^\x00-\x08\x0a-\x0c\x0e-\x1f\x7f,;]{0,80}([,;\n][^\x00-\x08\x0a-\x0c\x0e-\x1f\x7f,;]{0,80}){0,49}$"
UUID_TEXT = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
WEB_ADDRESS = r"^https?://[^\s\x00-\x1f\x7f<>\"'\\]+$"


def line(most: int) -> StringConstraints:
    """One line of text, maybe empty."""
    return StringConstraints(max_length=most, pattern=LINE, strip_whitespace=True)


def lines(most: int) -> StringConstraints:
    """Text of several lines, maybe empty."""
    return StringConstraints(max_length=most, pattern=LINES, strip_whitespace=True)


def filled(most: int) -> StringConstraints:
    """One line of text that says something."""
    return StringConstraints(min_length=1, max_length=most, pattern=NOT_BLANK, strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few names."""

    names: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        return core_schema.literal_schema(list(self.names))


def split_list(value: object) -> object:
    """A text "rice, eggs" or one entry a line becomes the list it means."""
    if not isinstance(value, str):
        return value
    return [entry for part in re.split(r"[,;\n]", value) if (entry := part.strip(" \t\r"))]


def once(entries: list[str]) -> list[str]:
    """Every entry once, in its first place."""
    return list(dict.fromkeys(entries))


Uuid = Annotated[
    str, StringConstraints(pattern=UUID_TEXT, to_lower=True), WithJsonSchema({"type": "string", "format": "uuid"})
]
Entry = Annotated[str, filled(80)]
TextList = Annotated[str, StringConstraints(pattern=TEXT_LIST)]
Entries = Annotated[
    list[Entry], BeforeValidator(split_list, json_schema_input_type=list[Entry] | TextList), AfterValidator(once)
]

Diets = Annotated[list[Annotated[str, OneOf(model.DIETS)]], AfterValidator(once)]
Allergens = Annotated[list[Annotated[str, OneOf(model.ALLERGENS)]], AfterValidator(once)]
Eaters = Annotated[list[Annotated[str, OneOf(model.EATERS)]], AfterValidator(once)]
Equipment = Annotated[list[Annotated[str, OneOf(model.EQUIPMENT)]], AfterValidator(once)]
Diet = Annotated[str, OneOf(model.DIETS)]
Category = Annotated[str, OneOf(model.CATEGORIES)]
UnitSystem = Annotated[str, OneOf(model.UNIT_SYSTEMS)]
Sort = Annotated[str, OneOf(model.SORTS)]
