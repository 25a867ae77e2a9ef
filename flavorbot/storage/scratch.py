"""What was seen of one store while another is compared with it: on disk meanwhile, so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from types import TracebackType
from typing import Literal, Self

from flavorbot.model import Entry
from flavorbot.storage.codec import fold_email
from flavorbot.storage.kinds import digest, ends_at, key_digest, of_line, to_line

Standing = Literal["same", "differs", "unknown"]

_MAKE = (
    "PRAGMA journal_mode = OFF",
    "BEGIN",
    "CREATE TABLE seen (key BLOB PRIMARY KEY, digest BLOB, kind TEXT, until INTEGER, found INTEGER) WITHOUT ROWID",
    "CREATE TABLE addresses (email TEXT PRIMARY KEY, key BLOB) WITHOUT ROWID",
    "CREATE TABLE doomed (line BLOB)",
)


class Scratch:
    """Entries by their key, each as a digest: about a hundred bytes of temporary disk for one."""

    def __init__(self) -> None:
        # Without a name it is a temporary file.
        self._connection = sqlite3.connect("", isolation_level=None)
        for statement in _MAKE:
            self._connection.execute(statement)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._connection.close()

    def note(self, entry: Entry) -> bool:
        """Seen, in place of what was seen under its key before; whether that was found, and is another."""
        key, now = key_digest(entry), digest(entry)
        before = self._connection.execute("SELECT digest, found FROM seen WHERE key = ?", [key]).fetchone()
        self._connection.execute(
            "INSERT INTO seen (key, digest, kind, until, found) VALUES (?, ?, ?, ?, 0) ON CONFLICT DO UPDATE"
            " SET digest = excluded.digest, until = excluded.until, found = found AND digest = excluded.digest",
            [key, now, entry.kind, ends_at(entry)],
        )
        return before is not None and bool(before[1]) and before[0] != now

    def forget(self, entry: Entry) -> None:
        """As if it had not been seen; its key is enough."""
        self._connection.execute("DELETE FROM seen WHERE key = ?", [key_digest(entry)])

    def find(self, entry: Entry) -> Standing:
        """How what another store holds stands to what was seen; the same is found from now on."""
        key, now = key_digest(entry), digest(entry)
        row = self._connection.execute("SELECT digest FROM seen WHERE key = ?", [key]).fetchone()
        if row is None:
            return "unknown"
        if row[0] != now:
            return "differs"
        self._connection.execute("UPDATE seen SET found = 1 WHERE key = ?", [key])
        return "same"

    def is_found(self, entry: Entry) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM seen WHERE key = ? AND digest = ? AND found", [key_digest(entry), digest(entry)]
        ).fetchone()
        return row is not None

    def is_seen(self, entry: Entry) -> bool:
        """Whether this is what was seen last under its key."""
        row = self._connection.execute(
            "SELECT 1 FROM seen WHERE key = ? AND digest = ?", [key_digest(entry), digest(entry)]
        ).fetchone()
        return row is not None

    def find_none(self) -> None:
        """Begin another comparison."""
        self._connection.execute("UPDATE seen SET found = 0")

    def not_found(self, now: int) -> Counter[str]:
        """How many of each kind were seen and not found, without those whose time is over."""
        rows = self._connection.execute(
            "SELECT kind, count(*) FROM seen WHERE NOT found AND (until IS NULL OR until > ?) GROUP BY kind", [now]
        )
        return Counter(dict(rows.fetchall()))

    def takes_address(self, entry: Entry) -> bool:
        """Whether a person is the first who has this address."""
        email, key = fold_email(str(entry.values["email"])), key_digest(entry)
        self._connection.execute("INSERT OR IGNORE INTO addresses VALUES (?, ?)", [email, key])
        row = self._connection.execute("SELECT key FROM addresses WHERE email = ?", [email]).fetchone()
        return bool(row[0] == key)

    def doom(self, entry: Entry) -> None:
        """Keep it whole until it is deleted."""
        self._connection.execute("INSERT INTO doomed VALUES (?)", [to_line(entry)])

    def doomed(self) -> Iterator[Entry]:
        for (line,) in self._connection.execute("SELECT line FROM doomed"):
            yield of_line(line)
