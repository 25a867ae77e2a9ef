"""The words of recipes in the embedded store: a full-text table, in which each person's words stand by themselves."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flavorbot.model import Recipe
from flavorbot.searching.masks import mask_of
from flavorbot.searching.postings import FURTHER, INGREDIENTS, NOWHERE, PARTS, TAGS, TITLE, Standing
from flavorbot.searching.words import further_words, words_of
from flavorbot.storage.sqlite_database import Row
from flavorbot.storage.sqlite_versions import recipe_of

COLUMNS = ("title", "tags", "ingredients", "notes", "instructions")
PART = {"title": TITLE, "tags": TAGS, "ingredients": INGREDIENTS, "notes": FURTHER, "instructions": FURTHER}
# Behind every text that begins with a given one.
LAST = "\U0010ffff"
# How many recipes of before are read in one transaction.
BATCH = 500
# Words of one box whose places are remembered; they take up to 2.5 KB each in a box of 5,000.
MOST_REMEMBERED = 1000
UNREAD = "gone IS NULL AND words_of IS NOT version"

_PUT = f"INSERT INTO recipe_search (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608
_TAKE = (
    f"INSERT INTO recipe_search (recipe_search, rowid, {', '.join(COLUMNS)})"  # noqa: S608
    " VALUES ('delete', ?, ?, ?, ?, ?, ?)"
)


def put_words(connection: sqlite3.Connection, rowid: int, user_id: str, recipe: Recipe) -> None:
    """Have a recipe found by its words as they are now."""
    take_words(connection, rowid)
    texts = _texts(user_id, recipe)
    connection.execute(_PUT, [rowid, *texts])
    connection.execute(
        "UPDATE recipes SET words = ?, words_of = version WHERE rowid = ?",
        [zlib.compress(json.dumps(texts).encode()), rowid],
    )


def take_words(connection: sqlite3.Connection, rowid: int) -> None:
    """Have a recipe found by no words any more."""
    row = connection.execute("SELECT words FROM recipes WHERE rowid = ?", [rowid]).fetchone()
    if row is None or row["words"] is None:
        return
    connection.execute(_TAKE, [rowid, *json.loads(zlib.decompress(row["words"]))])
    connection.execute("UPDATE recipes SET words = NULL, words_of = NULL WHERE rowid = ?", [rowid])


def is_unread(connection: sqlite3.Connection, user_id: str) -> bool:
    """Whether this person has recipes whose words are not known yet."""
    found = connection.execute(f"SELECT 1 FROM recipes WHERE user_id = ? AND {UNREAD} LIMIT 1", [user_id])  # noqa: S608
    return found.fetchone() is not None


def read_unread(connection: sqlite3.Connection, user_id: str) -> None:
    """Read the words of some of these recipes."""
    rows: list[Row] = connection.execute(
        f"SELECT rowid, * FROM recipes WHERE user_id = ? AND {UNREAD} LIMIT ?",  # noqa: S608
        [user_id, BATCH],
    ).fetchall()
    for row in rows:
        put_words(connection, row["rowid"], user_id, recipe_of(row))


class Known:
    """The places of a box by the rows of its recipes, and where the words stand that were asked for before."""

    def __init__(self, place_by_rowid: Mapping[int, int]) -> None:
        self.place_by_rowid = place_by_rowid
        self._standing: dict[str, Standing] = {}
        self._vocabulary: Sequence[str] | None = None

    @property
    def size_bytes(self) -> int:
        """About how much memory it may come to take: a bit for each place, part and word, and the words themselves."""
        return (400 + MOST_REMEMBERED * PARTS // 8) * len(self.place_by_rowid)

    def vocabulary(self, read: Callable[[], Sequence[str]]) -> Sequence[str]:
        if self._vocabulary is None:
            self._vocabulary = read()
        return self._vocabulary

    def standing(self, key: str, read: Callable[[], Standing]) -> Standing:
        found = self._standing.get(key)
        if found is None:
            if len(self._standing) >= MOST_REMEMBERED:
                self._standing = {}
            found = self._standing[key] = read()
        return found


class StoredWords:
    """`IWords` of one person, read from the table."""

    def __init__(self, connection: sqlite3.Connection, user_id: str, known: Known) -> None:
        self._connection = connection
        self._sign = sign_of(user_id)
        self._known = known

    def exactly(self, word: str) -> Standing:
        return self._known.standing(word, lambda: self._read(word, word))

    def beginning(self, start: str) -> Standing:
        return self._known.standing(f"{start}*", lambda: self._read(start, start + LAST))

    def vocabulary(self) -> Sequence[str]:
        return self._known.vocabulary(self._terms)

    def _terms(self) -> Sequence[str]:
        terms = self._rows("SELECT term FROM recipe_terms WHERE term >= ? AND term <= ?", "", LAST)
        return [str(term).removeprefix(self._sign) for (term,) in terms]

    def _read(self, first: str, last: str) -> Standing:
        places = self._known.place_by_rowid
        found: list[list[int]] = [[] for _ in NOWHERE]
        for rowid, column in self._rows(
            "SELECT doc, col FROM recipe_places WHERE term >= ? AND term <= ?", first, last
        ):
            place = places.get(rowid)
            if place is not None:
                found[PART[column]].append(place)
        return tuple(mask_of(each, len(places)) for each in found)

    def _rows(self, query: str, first: str, last: str) -> Iterable[tuple[Any, ...]]:
        """Rows as plain tuples, of which there may be many."""
        cursor = self._connection.cursor()
        cursor.row_factory = None
        return cursor.execute(query, [self._sign + first, self._sign + last])


def sign_of(user_id: str) -> str:
    """What stands before each of a person's words, always of one length."""
    return hashlib.sha256(user_id.encode()).hexdigest()[:12]


def _texts(user_id: str, recipe: Recipe) -> tuple[str, ...]:
    names = [ingredient.name for ingredient in recipe.ingredients]
    card = (recipe.title, *recipe.tags, *names)
    notes = further_words(card, [recipe.notes])
    steps = further_words((*card, recipe.notes), [step.text for step in recipe.instructions])
    parts = (words_of(recipe.title), _all_words(recipe.tags), _all_words(names), notes, steps)
    sign = sign_of(user_id)
    return tuple(" ".join(f"{sign}{word}" for word in dict.fromkeys(part)) for part in parts)


def _all_words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in words_of(text)]
