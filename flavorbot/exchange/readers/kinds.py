"""Which format something is, by what is in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from flavorbot.exchange.readers import cooklang, markdown, mealie, paprika, recipesage_text, schema_org, tandoor
from flavorbot.exchange.readers.found import Found, Unreadable, attempted
from flavorbot.exchange.readers.jsons import loaded
from flavorbot.exchange.readers.pages import is_page, recipes_of_page
from flavorbot.exchange.readers.text import recipe_of_text

Json = Any
LONGEST_TEXT = 400_000
"""Characters of one recipe as text; the longest that a box can hold has fewer."""
_CHARSET = re.compile(
    rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?"
    rb"(iso-8859-\d\d?|windows-125\d|koi8-[ru]|gb(?:k|2312|18030)|big5|shift_jis|euc-(?:jp|kr))\b",
    re.IGNORECASE,
)
"""Those of the web that Python decodes as fast as the file is long."""
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FOREIGN = {
    b"%PDF": "This is a PDF. Copy the recipe's text out of it, and paste that.",
    b"\x89PNG": "This is a picture. A recipe in a picture cannot be read.",
    b"\xff\xd8\xff": "This is a picture. A recipe in a picture cannot be read.",
    b"GIF8": "This is a picture. A recipe in a picture cannot be read.",
    b"RIFF": "This is a picture or a sound. A recipe in it cannot be read.",
    b"7z\xbc\xaf": "This is a 7-Zip file. Unpack it, and bring what is inside.",
    b"Rar!": "This is a RAR file. Unpack it, and bring what is inside.",
    b"SQLite format 3": "This is a database. Export your recipes from the program it belongs to.",
}


def recipes_of_json(data: Json) -> Iterator[Found]:
    """The recipes in data of any program that is known here; none where there are none."""
    if mealie.is_backup(data):
        yield from mealie.recipes_in_backup(data)
        return
    for each in _listed(data):
        reader = next((reader for reader in (mealie, tandoor, paprika) if reader.is_recipe(each)), None)
        if reader:
            yield attempted(partial(reader.recipe_in, each), each.get("name"))
        else:
            yield from schema_org.recipes_in(each)


def _listed(data: Json) -> list[Json]:
    """A list's entries, or those of the list that an object keeps under a usual name."""
    if isinstance(data, dict) and not schema_org.is_recipe(data):
        data = next((data[name] for name in ("recipes", "items") if isinstance(data.get(name), list)), data)
    return data if isinstance(data, list) else [data]


def recipes_of_text(text: str, name: str = "", url: str | None = None) -> Iterator[Found]:
    """The recipes in a text, which may be JSON, a page, Markdown, Cooklang or what somebody wrote. `Unreadable`."""
    text = text.lstrip("\ufeff")
    start = text.lstrip()[:1_000].lower()
    if not start:
        raise Unreadable("There is nothing in it.")
    if start.startswith(("{", "[{", "[")) and _looks_like_json(start):
        yield from recipes_of_json(loaded(text))
    elif start.startswith("<svg") or (start.startswith("<?xml") and "<html" not in start):
        raise Unreadable("This is XML or a drawing, in which no recipe can be read.")
    elif start.startswith("<") and is_page(text):
        yield from recipes_of_page(text, url)
    elif recipesage_text.is_export(text):
        yield from recipesage_text.recipes_in(text)
    elif len(text) > LONGEST_TEXT:
        raise Unreadable("This text is too long for one recipe.")
    elif markdown.is_markdown(text):
        yield markdown.recipe_of_markdown(text, name)
    elif cooklang.is_cooklang(text):
        yield cooklang.recipe_of_cooklang(text, name)
    elif is_page(text):
        yield from recipes_of_page(text, url)
    else:
        yield recipe_of_text(text, name, url)


def _looks_like_json(start: str) -> bool:
    """A list or object of values; "[Sauce]" at the beginning of a text is neither."""
    return start[1:].lstrip()[:1] in ('"', "{", "[", "}", "]", "")


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, what a page says, else what Windows writes. `Unreadable`."""
    for mark, reason in _FOREIGN.items():
        if content.startswith(mark):
            raise Unreadable(reason)
    if content.startswith(_MARKS):
        return content.decode("utf-16", "replace")
    if b"\0" in content[:4_096]:
        raise Unreadable("This is no file of recipes that can be read here.")
    told = _CHARSET.search(content[:2_048])
    for charset in ("utf-8-sig", told[1].decode() if told else "utf-8"):
        try:
            return content.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")
