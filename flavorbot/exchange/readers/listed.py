"""The collections in our own zip (`flavorbot/exchange/zipping.py`), by the files of their recipes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flavorbot.bounds import COLLECTION_DESCRIPTION, COLLECTION_NAME
from flavorbot.exchange.readers.cleaning import one_line, printed
from flavorbot.exchange.readers.found import BROKEN, Beside, Listed, Unreadable
from flavorbot.exchange.readers.jsons import loaded

Json = Any
MOST_COLLECTIONS = 200
MOST_RECIPES = 5_000
UNREAD = "The collections in this file cannot be read"


def collections_in(text: str, folder: str = "") -> Beside | None:
    """Those that a `collections.json` in this folder of a zip names; None when it is no such list. `Unreadable`."""
    data = loaded(text)
    listed = data.get("collections") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        return None
    if len(listed) > MOST_COLLECTIONS:
        raise Unreadable(f"{UNREAD}: they are more than {MOST_COLLECTIONS}.")
    try:
        return Beside(tuple(_listed(listed, folder)))
    except BROKEN:
        raise Unreadable(f"{UNREAD}: they are not written as FlavorBot writes them.") from None


def without_ending(file: str) -> str:
    return file.rpartition(".")[0]


def _listed(listed: list[Json], folder: str) -> Iterator[Listed]:
    for each in listed:
        files, name = each["recipes"], one_line(each["name"])[:COLLECTION_NAME].strip()
        if len(files) > MOST_RECIPES:
            raise Unreadable(f"{UNREAD}: one of them has more than {MOST_RECIPES:,} recipes.")
        if name:
            description = printed(each.get("description"))[:COLLECTION_DESCRIPTION].strip()
            yield Listed(name, description, tuple(folder + without_ending(file) for file in files))
