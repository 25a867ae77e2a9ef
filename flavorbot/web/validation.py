"""From what came over the wire to typed input, and from pydantic's findings to words beside a field."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from flavorbot.bounds import WEB_ADDRESS
from flavorbot.errors import FieldError, InvalidInput
from flavorbot.web.fields import DAY, ULID_TEXT, UUID_TEXT, printable

M = TypeVar("M", bound=BaseModel)

MESSAGES = {
    "missing": "Please fill this in.",
    "string_type": "This must be text.",
    "string_unicode": "This has characters that cannot be stored.",
    "string_too_long": "Use at most {max_length} characters; this has {actual_length}.",
    "list_type": "This must be a list.",
    "too_long": "Use at most {max_length} entries; this has {actual_length}.",
    "too_short": "Please give at least one.",
    "int_type": "This must be a whole number.",
    "int_parsing": "This must be a whole number.",
    "int_parsing_size": "This number is too large.",
    "int_from_float": "This must be a whole number.",
    "float_type": "This must be a number.",
    "float_parsing": "This must be a number.",
    "finite_number": "This must be a number.",
    "bool_type": "This must be true or false.",
    "greater_than": "Use more than {gt}.",
    "greater_than_equal": "Use {ge} or more.",
    "less_than_equal": "Use {le} or less.",
    "literal_error": "Choose {expected}.",
    "model_type": "This must be an object.",
    "model_attributes_type": "This must be an object.",
    "value_error": "{error}",
}
PATTERNS = {
    DAY: "Write the day as in 2026-11-21.",
    UUID_TEXT: "This must be a UUID.",
    ULID_TEXT: "This is not the id of a recipe.",
    WEB_ADDRESS: "Use an address that begins with http:// or https://.",
}


def parse(model: type[M], data: object, *, strict: bool) -> M:
    """The validated input, or `InvalidInput` with one message a field.

    Strict is for JSON, where a number is not a text; forms and query strings know only texts.
    """
    try:
        return model.model_validate(data, strict=strict)
    except ValidationError as error:
        raise InvalidInput(_by_field(error)) from None


def _by_field(error: ValidationError) -> list[FieldError]:
    first: dict[str, FieldError] = {}
    for details in error.errors(include_url=False):
        field = str(details["loc"][0]) if details["loc"] else ""
        first.setdefault(field, FieldError(field, _message(details), _index(details)))
    return list(first.values())


def _message(details: ErrorDetails) -> str:
    return _entry(details) + _text(details)


def _text(details: ErrorDetails) -> str:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if kind == "string_too_short" or (kind == "string_pattern_mismatch" and not str(value).strip()):
        return MESSAGES["missing"]
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(str(context["pattern"]), "This has characters that cannot be used here.")
    if kind == "string_too_long":
        context = {**context, "actual_length": len(str(value))}
    if kind == "literal_error":
        context = {"expected": str(context["expected"]).replace("'", "")}
    return MESSAGES.get(kind, details["msg"] + ".").format(**context)


def _entry(details: ErrorDetails) -> str:
    """Which entry of a list is meant: "Entry 3: " or, for a text, what it says."""
    index = _index(details)
    if index is None:
        return ""
    value = details["input"]
    if isinstance(value, str) and value.strip():
        return f"“{printable(value.strip()[:40])}”: "
    return f"Entry {index + 1}: "


def _index(details: ErrorDetails) -> int | None:
    return next((part for part in details["loc"][1:] if isinstance(part, int)), None)
