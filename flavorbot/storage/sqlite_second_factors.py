"""What makes the codes of people's authenticator apps, in the embedded store."""

from __future__ import annotations

from dataclasses import replace

from flavorbot.model import SecondFactor
from flavorbot.storage.limits import is_key
from flavorbot.storage.records import second_factor_of, second_factor_record
from flavorbot.storage.sqlite_database import Part


class SQLiteSecondFactors(Part):
    """`ISecondFactors` over the table `second_factors`."""

    def put_second_factor(self, factor: SecondFactor) -> None:
        row = second_factor_record(factor)
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        with self.db.write("put_second_factor") as connection:
            connection.execute(f"INSERT OR REPLACE INTO second_factors ({names}) VALUES ({values})", row)  # noqa: S608

    def get_second_factor(self, user_id: str) -> SecondFactor | None:
        if not is_key(user_id):
            return None
        with self.db.read("get_second_factor") as connection:
            row = connection.execute("SELECT * FROM second_factors WHERE user_id = ?", [user_id]).fetchone()
        return None if row is None else second_factor_of(row)

    def update_second_factor(self, factor: SecondFactor) -> bool:
        row = second_factor_record(replace(factor, version=factor.version + 1))
        with self.db.write("update_second_factor") as connection:
            changed = connection.execute(
                "UPDATE second_factors SET recovery = :recovery, last_step = :last_step, version = :version"
                " WHERE user_id = :user_id AND nonce = :nonce AND version = :version - 1",
                row,
            )
            return changed.rowcount > 0

    def delete_second_factor(self, user_id: str) -> None:
        if not is_key(user_id):
            return
        with self.db.write("delete_second_factor") as connection:
            connection.execute("DELETE FROM second_factors WHERE user_id = ?", [user_id])
