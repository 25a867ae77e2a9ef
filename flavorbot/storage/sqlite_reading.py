"""Many recipes at once from the embedded store, a handful in each transaction, so that no slow reader holds it up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flavorbot.model import Recipe, Unreadable
from flavorbot.storage.codec import recipe_or_name
from flavorbot.storage.limits import is_key
from flavorbot.storage.sqlite_database import Part, Row

BATCH = 100
# SQLite's own limit of values in a statement is 999 on old builds.
MOST_VALUES = 500
COLUMNS = "id, version, created, updated, body, card"


class SQLiteReading(Part):
    """`IReading` over the table `recipes`."""

    def read_recipes(self, user_id: str, ids: Sequence[str] | None = None) -> Iterator[Recipe | Unreadable]:
        if not is_key(user_id):
            return
        rows = self._box(user_id) if ids is None else self._chosen(user_id, ids)
        for row in rows:
            yield recipe_or_name(row, row["id"])

    def existing_recipes(self, user_id: str, ids: Sequence[str]) -> frozenset[str]:
        return frozenset(row["id"] for row in self._rows("existing_recipes", user_id, ids, "id", MOST_VALUES))

    def _box(self, user_id: str) -> Iterator[Row]:
        after = ""
        while True:
            with self.db.read("read_recipes") as connection:
                rows = connection.execute(
                    f"SELECT {COLUMNS} FROM recipes WHERE user_id = ? AND id > ? AND gone IS NULL"  # noqa: S608
                    " ORDER BY id LIMIT ?",
                    [user_id, after, BATCH],
                ).fetchall()
            yield from rows
            if len(rows) < BATCH:
                return
            after = rows[-1]["id"]

    def _chosen(self, user_id: str, ids: Sequence[str]) -> Iterator[Row]:
        for at in range(0, len(ids), BATCH):
            wanted = ids[at : at + BATCH]
            found = {row["id"]: row for row in self._rows("read_recipes", user_id, wanted, COLUMNS, BATCH)}
            yield from (found[each] for each in wanted if each in found)

    def _rows(self, name: str, user_id: str, ids: Sequence[str], columns: str, most: int) -> Iterable[Row]:
        usable = [each for each in ids if is_key(each)] if is_key(user_id) else []
        for at in range(0, len(usable), most):
            some = usable[at : at + most]
            marks = ", ".join("?" * len(some))
            with self.db.read(name) as connection:
                rows = connection.execute(
                    f"SELECT {columns} FROM recipes WHERE user_id = ? AND gone IS NULL AND id IN ({marks})",  # noqa: S608
                    [user_id, *some],
                ).fetchall()
            yield from rows
