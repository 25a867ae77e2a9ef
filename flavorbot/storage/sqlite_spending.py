"""What answering took, in the embedded store."""

from __future__ import annotations

from collections.abc import Iterator

from flavorbot.model import Spending
from flavorbot.storage.limits import SPENDING_KEPT
from flavorbot.storage.records import spending_of, spending_record
from flavorbot.storage.sqlite_database import Part


class SQLiteSpending(Part):
    """`ISpending` over the table `spending`."""

    def keep_spending(self, process: str, spending: Spending) -> None:
        row = spending_record(spending) | {"process": process, "expires": self.db.moment() + SPENDING_KEPT}
        with self.db.write("keep_spending") as connection:
            connection.execute(
                "INSERT OR REPLACE INTO spending"
                " (month, process, requests, calls, read_halves, write_halves, people, expires) VALUES"
                " (:month, :process, :requests, :calls, :read_halves, :write_halves, :people, :expires)",
                row,
            )

    def list_spending(self, month: str) -> Iterator[Spending]:
        with self.db.read("list_spending") as connection:
            rows = connection.execute("SELECT * FROM spending WHERE month = ?", [month]).fetchall()
        return map(spending_of, rows)
