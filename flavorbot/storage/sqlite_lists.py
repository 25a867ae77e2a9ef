"""Lists of recipes in the embedded store, and the search through them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from flavorbot.model import BoxVersion, Card, Page, RecipeQuery
from flavorbot.searching.held import Held, Indexes
from flavorbot.searching.index import BoxIndex, find
from flavorbot.searching.ordering import Place
from flavorbot.storage.clock import from_moment
from flavorbot.storage.codec import unpack_card
from flavorbot.storage.cursors import Cursors
from flavorbot.storage.limits import is_key
from flavorbot.storage.matching import check_query, is_plain, page_of
from flavorbot.storage.sqlite_database import Database, Part, Row
from flavorbot.storage.sqlite_words import Known, StoredWords, is_unread, read_unread


class SQLiteLists(Part):
    """The listing and the search of `IRecipes`."""

    def __init__(self, db: Database, cursors: Cursors) -> None:
        super().__init__(db)
        self._cursors = cursors
        self._indexes: Indexes[Known] = Indexes()

    def box_version(self, user_id: str) -> BoxVersion:
        if not is_key(user_id):
            return BoxVersion()
        with self.db.read("box_version") as connection:
            return _box_version(connection, user_id)

    def list_recipes(self, user_id: str, query: RecipeQuery, limit: int, cursor: str | None = None) -> Page:
        check_query(query, limit)
        if not is_key(user_id):
            return Page((), None)
        after = self._cursors.open(user_id, query, cursor)
        seal = self._cursors.sealer(user_id, query)
        if not is_plain(query):
            return self._search(user_id, query, after, limit, seal)
        with self.db.read("list_recipes") as connection:
            rows = _listed(connection, user_id, query.sort, after)
            return page_of(map(_card, rows), query.sort, limit, seal)

    def _search(
        self, user_id: str, query: RecipeQuery, after: Place | None, limit: int, seal: Callable[[Place], str]
    ) -> Page:
        while True:
            with self.db.read("list_recipes") as connection:
                if not is_unread(connection, user_id):
                    held = self._index(connection, user_id)
                    words = StoredWords(connection, user_id, held.words)
                    return find(held.index, words, query, after, limit, seal)
            with self.db.write("read_words") as connection:
                read_unread(connection, user_id)

    def _index(self, connection: sqlite3.Connection, user_id: str) -> Held[Known]:
        """The index of this person's box as this transaction sees it."""
        version = _box_version(connection, user_id)
        return self._indexes.get_or_read(
            user_id, version, lambda: _read(_listed(connection, user_id, "oldest"), version)
        )


def _read(rows: Iterator[Row], version: BoxVersion) -> Held[Known]:
    places: dict[int, int] = {}
    index = BoxIndex(_noted(rows, places))
    known = Known(places)
    return Held(index, known, version.number, True, index.size_bytes + known.size_bytes)


def _noted(rows: Iterator[Row], places: dict[int, int]) -> Iterator[Card]:
    """The cards of rows in order of their ids, whose places are noted as they pass."""
    for row in rows:
        places[row["rowid"]] = len(places)
        yield _card(row)


def _box_version(connection: sqlite3.Connection, user_id: str) -> BoxVersion:
    row = connection.execute("SELECT changes, changed FROM boxes WHERE user_id = ?", [user_id]).fetchone()
    return BoxVersion() if row is None else BoxVersion(row["changes"], from_moment(row["changed"]))


def _listed(connection: sqlite3.Connection, user_id: str, sort: str, after: Place | None = None) -> Iterator[Row]:
    """A person's cards by id, those after a place only."""
    direction, sign = ("ASC", ">") if sort == "oldest" else ("DESC", "<")
    return connection.execute(
        "SELECT rowid, id, created, card FROM recipes WHERE user_id = :user AND gone IS NULL"  # noqa: S608
        f" AND (:after IS NULL OR id {sign} :after) ORDER BY id {direction}",
        {"user": user_id, "after": after and after[1]},
    )


def _card(row: Row) -> Card:
    return unpack_card(row["card"], row["id"], row["created"])
