"""Recipes read from what people have: files, pages, JSON and text. Nothing here raises, whatever it is given.

What is broken in one entry is told in its `Found` and stops no other; every reader answers with at least one. What
comes back is clean and within the bounds of a box; whoever stores it lets the kitchen check it first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flavorbot.exchange.readers.found import Found
from flavorbot.exchange.readers.schema_org import recipes_in
from flavorbot.exchange.readers.text import recipe_of_text

__all__ = ["Found", "read_file", "read_html", "read_jsonld", "read_text"]

Json = Any


def read_file(name: str, content: bytes) -> Iterator[Found]:
    """Every recipe in an uploaded file, one after the other; what it is shows its content, not its name."""
    yield from read_text(content.decode("utf-8", "replace"))


def read_text(text: str) -> tuple[Found, ...]:
    """The recipe in pasted text, which may be JSON or HTML as well."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return (recipe_of_text(text),)
    return read_jsonld(data)


def read_html(html: str, url: str | None = None) -> tuple[Found, ...]:
    """The recipes of a page; `url` is its address."""
    return (recipe_of_text(html),)


def read_jsonld(data: Json, url: str | None = None) -> tuple[Found, ...]:
    """The recipes in schema.org's JSON-LD; `url` is the page that they stand on."""
    return tuple(recipes_in(data, url)) or (Found(title="JSON", reason="There is no recipe in it."),)
