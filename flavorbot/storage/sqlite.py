"""The embedded store: one SQLite file, no server, safe for several worker processes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flavorbot.errors import REMEDIES, StorageMisconfigured
from flavorbot.model import Rate, StoreCall
from flavorbot.storage.clock import Clock, to_moment, utcnow, window_of
from flavorbot.storage.cursors import Cursors
from flavorbot.storage.limits import check_key
from flavorbot.storage.sqlite_access_tokens import SQLiteAccessTokens
from flavorbot.storage.sqlite_collections import SQLiteCollections
from flavorbot.storage.sqlite_database import Database, Part, schema_version
from flavorbot.storage.sqlite_drafts import SQLiteDrafts
from flavorbot.storage.sqlite_erasing import SQLiteErasing
from flavorbot.storage.sqlite_events import SQLiteEvents
from flavorbot.storage.sqlite_identities import SQLiteIdentities
from flavorbot.storage.sqlite_imports import SQLiteImports
from flavorbot.storage.sqlite_kept import SQLiteKept
from flavorbot.storage.sqlite_mail_tokens import SQLiteMailTokens
from flavorbot.storage.sqlite_metering import SQLiteMetering
from flavorbot.storage.sqlite_moving import SQLiteMoving
from flavorbot.storage.sqlite_passkeys import SQLitePasskeys
from flavorbot.storage.sqlite_questions import SQLiteQuestions
from flavorbot.storage.sqlite_reading import SQLiteReading
from flavorbot.storage.sqlite_recipes import SQLiteRecipes
from flavorbot.storage.sqlite_records import SQLiteRecords
from flavorbot.storage.sqlite_schema import STEPS
from flavorbot.storage.sqlite_second_factors import SQLiteSecondFactors
from flavorbot.storage.sqlite_sessions import SQLiteSessions
from flavorbot.storage.sqlite_shares import SQLiteShares
from flavorbot.storage.sqlite_spending import SQLiteSpending
from flavorbot.storage.sqlite_users import SQLiteUsers
from flavorbot.storage.sqlite_whole import SQLiteWhole


class SQLiteRates(Part):
    """`IRates` over the table `rates`."""

    def check_rate(self, action: str, subject: str, limit: int, window_s: int) -> Rate:
        check_key(subject, "subject")
        starts_at, resets_at = window_of(self.db.now(), window_s)
        with self.db.write("check_rate") as connection:
            count = connection.execute(
                "INSERT INTO rates (action, subject, starts, window_s, count, expires) VALUES (?, ?, ?, ?, 1, ?)"
                " ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count",
                [action, subject, to_moment(starts_at), window_s, to_moment(resets_at)],
            ).fetchone()["count"]
        return Rate(count <= limit, count, resets_at)


class SQLiteStorage(
    SQLiteUsers,
    SQLiteSessions,
    SQLiteAccessTokens,
    SQLiteMailTokens,
    SQLiteEvents,
    SQLitePasskeys,
    SQLiteIdentities,
    SQLiteSecondFactors,
    SQLiteRecipes,
    SQLiteReading,
    SQLiteCollections,
    SQLiteShares,
    SQLiteDrafts,
    SQLiteQuestions,
    SQLiteImports,
    SQLiteMetering,
    SQLiteSpending,
    SQLiteRecords,
    SQLiteKept,
    SQLiteErasing,
    SQLiteMoving,
    SQLiteRates,
    SQLiteWhole,
):
    """`IStorage` in the file `flavorbot.sqlite` of `data_dir`; see `open_storage` for what hears of transactions."""

    def __init__(
        self,
        data_dir: Path,
        secret: bytes,
        now: Clock = utcnow,
        on_call: Callable[[str], None] | None = None,
        on_done: Callable[[StoreCall], None] | None = None,
    ) -> None:
        super().__init__(Database(data_dir, now, on_call, on_done), Cursors(secret))
        self._sound = False

    def check(self) -> None:
        with self.db.write("check") as connection:
            if schema_version(connection) < len(STEPS):
                raise StorageMisconfigured(f"{self.db.path} is older than this FlavorBot and was not upgraded")
            if not self._sound:
                found = connection.execute("PRAGMA quick_check(1)").fetchone()["quick_check"]
                if found != "ok":
                    raise StorageMisconfigured(f"{self.db.path}: {REMEDIES['damaged']} ({found})", "damaged")
                self._sound = True

    def close(self) -> None:
        """Close this thread's connection."""
        self.db.close()
