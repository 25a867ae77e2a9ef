"""The whole embedded store: read in one transaction, so as of one moment, and written a hundred entries at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Generator, Iterable
from itertools import islice

from flavorbot.model import Entry, Refused
from flavorbot.storage.codec import fold_email
from flavorbot.storage.items import MICROSECONDS, to_ttl
from flavorbot.storage.kinds import KIND, KINDS, Kind, is_over
from flavorbot.storage.limits import ERASURE_KEPT
from flavorbot.storage.sqlite_database import Part, Row
from flavorbot.storage.sqlite_sessions import put_values
from flavorbot.storage.sqlite_words import take_words

# In one transaction, so that nobody who writes beside this waits for long.
BATCH = 100

# Where the rows of a kind are not just those of its table.
_ROWS = {
    "session": (
        "SELECT *, (SELECT json_group_object(key, value) FROM session_values WHERE session_values.sid = sessions.sid)"
        " AS data FROM sessions"
    ),
    "version": (
        "SELECT recipe_versions.*, coalesce(recipes.created, recipe_versions.updated) AS created FROM recipe_versions"
        " LEFT JOIN recipes ON recipes.user_id = recipe_versions.user_id AND recipes.id = recipe_id"
    ),
    "box": (
        "SELECT * FROM (SELECT person AS user_id, changes, changed,"
        " (SELECT count(*) FROM recipes WHERE recipes.user_id = person AND gone IS NULL) AS held,"
        " (SELECT count(*) FROM collections WHERE collections.user_id = person) AS shelves"
        " FROM (SELECT user_id AS person FROM boxes UNION SELECT user_id FROM recipes UNION"
        " SELECT user_id FROM collections) LEFT JOIN boxes ON boxes.user_id = person)"
        " WHERE changes IS NOT NULL OR held OR shelves"
    ),
    # Nobody goes on with what is being cooked just now where this is put back: it was not counted, then.
    "draft": "SELECT * FROM drafts WHERE state = 'done'",
    "usage": (
        "SELECT owner, period, recipe_queries, tokens_in, tokens_out, cost, expires, recipes_generated"
        " - (SELECT count(*) FROM drafts WHERE drafts.owner = usage.owner AND drafts.period = usage.period"
        " AND state = 'running') AS recipes_generated FROM usage"
    ),
}
# What other tables tell of an entry.
_NOT_IN_ROWS = {"session": ("data",), "version": ("created",), "box": ("held", "shelves")}


class SQLiteWhole(Part):
    """`IWhole` over every table."""

    exact = True

    @property
    def where(self) -> str:
        return str(self.db.path)

    def entries(self, kinds: Container[str]) -> Generator[Entry, None, None]:
        now = self.db.moment()
        with self.db.read("entries") as connection:
            for kind in KINDS:
                if kind.name in kinds:
                    for row in connection.execute(_ROWS.get(kind.name, f"SELECT * FROM {kind.table}")):  # noqa: S608
                        entry = _entry(kind, row)
                        if not is_over(entry, now):
                            yield entry

    def put_entries(self, entries: Iterable[Entry]) -> list[Refused]:
        refused = []
        remaining = iter(entries)
        while batch := list(islice(remaining, BATCH)):
            with self.db.write("put_entries") as connection:
                refused += [each for entry in batch if (each := _put(connection, entry))]
        return refused

    def drop_entries(self, entries: Iterable[Entry]) -> None:
        remaining = iter(entries)
        while batch := list(islice(remaining, BATCH)):
            with self.db.write("drop_entries") as connection:
                for entry in batch:
                    _drop(connection, entry)

    def about_how_many(self) -> int:
        with self.db.read("about_how_many") as connection:
            return sum(_count(connection, kind.table) for kind in KINDS)


def _entry(kind: Kind, row: Row) -> Entry:
    values = {name: row[name] for name in kind.names if row.get(name) is not None}
    if "expires" in kind.key_only and "expires" in values:
        # DynamoDB keeps these by the second.
        values["expires"] = to_ttl(values["expires"]) * MICROSECONDS
    if kind.name == "session":
        values["data"] = json.dumps(json.loads(row["data"]), ensure_ascii=False, sort_keys=True)
    return Entry(kind.name, values)


def _put(connection: sqlite3.Connection, entry: Entry) -> Refused | None:
    """Store it in place of the one with its key; refused where another has what only one may have."""
    _drop(connection, entry)
    row = _row(entry)
    if not row:
        return None
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    try:
        connection.execute(f"INSERT INTO {KIND[entry.kind].table} ({names}) VALUES ({marks})", row)  # noqa: S608
    except sqlite3.IntegrityError as error:
        return Refused(entry, str(error))
    if entry.kind == "session":
        put_values(connection, row["sid"], json.loads(str(entry.values["data"])))
    return None


def _row(entry: Entry) -> Row:
    """What its table keeps of it; nothing of a box that only tells what it holds."""
    left_out = _NOT_IN_ROWS.get(entry.kind, ())
    row = {name: value for name, value in entry.values.items() if value is not None and name not in left_out}
    if entry.kind == "user":
        row["email_key"] = fold_email(str(row["email"]))
    if entry.kind == "erasure":
        row["expires"] = int(row["began"]) + ERASURE_KEPT
    return {} if entry.kind == "box" and "changes" not in row else row


def _drop(connection: sqlite3.Connection, entry: Entry) -> None:
    kind = KIND[entry.kind]
    key = {name: entry.values[name] for name in kind.key}
    this = " AND ".join(f"{name} = :{name}" for name in key)
    if kind.name == "recipe":
        for row in connection.execute(f"SELECT rowid FROM recipes WHERE {this}", key).fetchall():  # noqa: S608
            take_words(connection, row["rowid"])
    connection.execute(f"DELETE FROM {kind.table} WHERE {this}", key)  # noqa: S608


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) AS count FROM {table}").fetchone()["count"])  # noqa: S608
