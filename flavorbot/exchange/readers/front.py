"""Facts that stand before a text between two lines of dashes, as YAML of the plain kind that notes and recipes have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)


def without_front(text: str) -> tuple[dict[str, str], str]:
    """The facts by their names in small letters, and the text behind them; lists are joined with commas."""
    front = _FRONT.match(text)
    return (dict(_facts(front[1])), text[front.end() :]) if front else ({}, text)


def _facts(text: str) -> Iterator[tuple[str, str]]:
    """A list may stand below its name; of names within names only the inner ones count."""
    above, listed = "", list[str]()
    for line in [*map(str.strip, text.split("\n")), "end:"]:
        name, colon, value = line.partition(":")
        if line.startswith("- "):
            listed.append(_scalar(line[2:]))
        elif colon:
            if listed:
                yield above, ", ".join(listed)
            above, listed = name.strip().lower(), []
            if value.strip():
                yield above, _scalar(value)


def _scalar(value: str) -> str:
    value = value.strip()
    if value[:1] in ('"', "["):
        try:
            told = json.loads(value)
            return ", ".join(map(str, told)) if isinstance(told, list) else str(told)
        except (ValueError, RecursionError):
            return ", ".join(part.strip(" \"'") for part in value.strip("[]").split(","))
    return value.strip("'")
