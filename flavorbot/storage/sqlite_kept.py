"""All that a person has of a kind, from the embedded store; and everybody, for whoever runs this."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flavorbot.model import Draft, Exchange, Owner, Recipe, Share, Unreadable, UsageEvent, User
from flavorbot.storage.codec import UNREADABLE, recipe_or_name
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import draft_of, event_of, exchange_of, holds, share_of, user_of
from flavorbot.storage.sqlite_database import Part, Row
from flavorbot.storage.sqlite_usage import owner_key
from flavorbot.storage.sqlite_versions import recipe_of

# Read in one transaction.
BATCH = 100


class SQLiteKept(Part):
    """`IKept` over the tables of each kind, and `IOperating` over the table `users`."""

    def read_bin(self, user_id: str) -> Iterator[Recipe | Unreadable]:
        where = "user_id = ? AND gone > ?"
        for row in self._ordered("read_bin", "recipes", ("id",), where, [user_id, self.db.moment()]):
            yield recipe_or_name(row, row["id"])

    def read_versions(self, user_id: str) -> Iterator[Recipe | Unreadable]:
        tables = (
            "(SELECT recipe_versions.*, recipe_id AS id, created FROM recipe_versions JOIN recipes"
            " ON recipes.user_id = recipe_versions.user_id AND recipes.id = recipe_id)"
        )
        where = "user_id = ? AND expires > ?"
        for row in self._ordered("read_versions", tables, ("id", "version"), where, [user_id, self.db.moment()]):
            yield _past(row)

    def read_drafts(self, user_id: str) -> Iterator[Draft]:
        now = self.db.moment()
        for row in self._ordered("read_drafts", "drafts", ("request_id",), "owner = ?", [_owner(user_id)]):
            draft = draft_of(row)
            if holds(draft, now):
                yield draft

    def read_questions(self, user_id: str) -> Iterator[Exchange]:
        given: list[str | int] = [_owner(user_id), self.db.moment()]
        rows = self._ordered("read_questions", "questions", ("request_id",), "owner = ? AND expires > ?", given)
        return map(exchange_of, rows)

    def read_shares(self, user_id: str) -> Iterator[Share]:
        given: list[str | int] = [user_id, self.db.moment()]
        return map(
            share_of, self._ordered("read_shares", "shares", ("recipe_id",), "user_id = ? AND expires > ?", given)
        )

    def read_usage_events(self, user_id: str) -> Iterator[UsageEvent]:
        given: list[str | int] = [_owner(user_id), self.db.moment()]
        rows = self._ordered("read_usage_events", "usage_log", ("id",), "owner = ? AND expires > ?", given)
        return map(event_of, rows)

    def every_user(self) -> Iterator[User]:
        return map(user_of, self._ordered("every_user", "users", ("id",), "1", []))

    def _ordered(
        self, name: str, table: str, order: Sequence[str], where: str, given: Sequence[str | int]
    ) -> Iterator[Row]:
        """Rows by their own keys, a handful in each transaction."""
        if not all(is_key(each) for each in given if isinstance(each, str)):
            return
        key, marks = ", ".join(order), ", ".join("?" * len(order))
        after: list[object] = ["", -1][: len(order)]
        while True:
            with self.db.read(name) as connection:
                rows = connection.execute(
                    f"SELECT * FROM {table} WHERE {where} AND ({key}) > ({marks}) ORDER BY {key} LIMIT ?",  # noqa: S608
                    [*given, *after, BATCH],
                ).fetchall()
            yield from rows
            if len(rows) < BATCH:
                return
            after = [rows[-1][column] for column in order]


def _owner(user_id: str) -> str:
    return owner_key(Owner("user", user_id))


def _past(row: Row) -> Recipe | Unreadable:
    try:
        return recipe_of(row)
    except UNREADABLE:
        return Unreadable(row["id"], "")
