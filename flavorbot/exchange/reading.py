"""Recipes read from what people have: files, pages, JSON and text. Nothing here raises, whatever it is given.

What is broken in one entry is told in its `Found` and stops no other; every reader answers with at least one. What
comes back is clean and within the bounds of a box; whoever stores it lets the kitchen check it first.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any

from flavorbot.exchange.readers.archives import (
    ENTRY,
    LARGE_ENTRY,
    Archive,
    Budget,
    gunzipped,
    is_gzip,
    is_zip,
    stem,
)
from flavorbot.exchange.readers.found import BROKEN, MISSHAPEN, Beside, Found, Unreadable
from flavorbot.exchange.readers.kinds import decoded, recipes_of_text
from flavorbot.exchange.readers.listed import collections_in
from flavorbot.exchange.readers.pages import recipes_of_page
from flavorbot.exchange.readers.saved import page_in
from flavorbot.exchange.readers.schema_org import recipes_in

__all__ = ["Found", "read_file", "read_html", "read_jsonld", "read_text"]

Json = Any
LARGEST = LARGE_ENTRY
"""Bytes of a file that is no archive."""
NOTHING = "No recipe was found in it."
_READ = (
    ".json", ".jsonld", ".html", ".htm", ".mhtml", ".mht", ".webarchive", ".md", ".markdown", ".txt", ".cook",
    ".paprikarecipe", ".zip",
)  # fmt: skip
_COLLECTIONS = re.compile(r"(?:.*/)?collections\.json", re.IGNORECASE)
_BESIDE = re.compile(
    rf"{_COLLECTIONS.pattern}|(?:.*/)?read ?me(?:\.\w+)?|.*/assets/.*|(?:.*/)?flavorbot-data/.*", re.IGNORECASE
)
"""What our own zip and others say besides their recipes, and what Mealie keeps with one."""
_DOCUMENTS = ("word/document.xml", "content.xml", "xl/workbook.xml")


def read_file(name: str, content: bytes) -> Iterator[Found]:
    """Every recipe in an uploaded file, one after the other; what it is, its content shows, not its name."""
    called = _called(name)
    return _safely(called, lambda: _in_file(called, content, Budget()))


def read_text(text: str) -> tuple[Found, ...]:
    """The recipes in pasted text, which may be JSON or HTML as well."""
    return tuple(_safely("Pasted text", lambda: _in_text(text)))


def read_html(html: str, url: str | None = None) -> tuple[Found, ...]:
    """The recipes of a page; `url` is its address."""
    return tuple(_safely(url or "Page", lambda: recipes_of_page(html[:LARGEST], url)))


def read_jsonld(data: Json, url: str | None = None) -> tuple[Found, ...]:
    """The recipes in schema.org's JSON-LD; `url` is the page that they stand on."""
    return tuple(_safely(url or "JSON", lambda: recipes_in(data, url)))


def _safely(called: str, read: Callable[[], Iterator[Found]]) -> Iterator[Found]:
    """What `read` finds, or why that is nothing; it may have found some before it came to an end."""
    found = False
    try:
        for each in read():
            found = True
            yield each
    except Unreadable as problem:
        yield Found(title=called, reason=str(problem))
        return
    except BROKEN:
        yield Found(title=called, reason=MISSHAPEN)
        return
    if not found:
        yield Found(title=called, reason=NOTHING)


def _called(name: str) -> str:
    """A name to show; whatever stands in it, it is no path."""
    shown = "".join(char for char in stem(name)[:200] if char.isprintable())
    return " ".join(shown.replace("_", " ").split()) or "File"


def _in_text(text: str) -> Iterator[Found]:
    if len(text) > LARGEST:
        raise Unreadable(f"It is longer than {LARGEST // 1_000_000} million characters.")
    return recipes_of_text(text)


def _in_file(called: str, content: bytes, budget: Budget) -> Iterator[Found]:
    if not content:
        raise Unreadable("This file is empty.")
    if is_zip(content):
        return _in_zip(content, budget, nested=False)
    return _in_entry(called, content, budget, LARGEST)


def _in_entry(called: str, content: bytes, budget: Budget, most: int) -> Iterator[Found]:
    """One file that is no zip: gzipped, as Paprika has them, or text of some format."""
    if is_gzip(content):
        content = gunzipped(content, budget)
    elif len(content) > most:
        raise Unreadable(f"It is larger than {most // 1_000_000} MB.")
    if page := page_in(content):
        return recipes_of_page(decoded(page[0]), page[1])
    return recipes_of_text(decoded(content), called)


def _in_zip(content: bytes, budget: Budget, *, nested: bool) -> Iterator[Found]:
    """The recipes of every file in it, each once where one stands there in several formats.

    What is no recipe (pictures, lists, settings) is passed over.
    """
    archive = Archive(content, budget)
    entries = list(archive.entries())
    if any(entry.filename in _DOCUMENTS for entry in entries):
        raise Unreadable("This is a document of an office program. Copy the recipe's text out of it, and paste that.")
    whole = {entry.filename.removesuffix(".jsonld") for entry in entries if entry.filename.endswith(".jsonld")}
    beside = yield from _beside(archive, entries)
    for entry in entries:
        name, _, ending = entry.filename.rpartition(".")
        is_twin = ending in ("md", "cook") and name in whole
        if entry.filename.lower().endswith(_READ) and not is_twin and not _BESIDE.fullmatch(entry.filename):
            for found in _of_entry(archive, entry, budget, nested=nested):
                yield replace(found, file=name, beside=beside) if beside and not found.beside else found


def _beside(archive: Archive, entries: Sequence[zipfile.ZipInfo]) -> Generator[Found, None, Beside | None]:
    """The collections of our own zip; what is wrong with them stops no recipe."""
    entry = next((each for each in entries if _COLLECTIONS.fullmatch(each.filename)), None)
    if entry is None:
        return None
    try:
        folder = entry.filename.rpartition("/")[0]
        return collections_in(decoded(archive.read(entry, LARGE_ENTRY)), f"{folder}/" if folder else "")
    except Unreadable as problem:
        yield Found(title="Collections", reason=str(problem))
        return None


def _of_entry(archive: Archive, entry: zipfile.ZipInfo, budget: Budget, *, nested: bool) -> Iterator[Found]:
    def read() -> Iterator[Found]:
        large = entry.filename.lower().endswith((".json", ".jsonld", ".paprikarecipe", ".zip"))
        content = archive.read(entry, LARGE_ENTRY if large else ENTRY)
        if not is_zip(content):
            return _in_entry(called, content, budget, LARGE_ENTRY if large else ENTRY)
        if nested:
            raise Unreadable("It is a zip file within a zip file within a zip file.")
        return _in_zip(content, budget, nested=True)

    called = _called(entry.filename)
    for found in _safely(called, read):
        if found.recipe or found.reason != NOTHING:
            yield found
        if budget.left < 0:
            raise Unreadable("Unpacked, this file is too large; what is behind this place was not read.")
