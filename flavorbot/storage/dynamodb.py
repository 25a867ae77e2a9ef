"""DynamoDB, AWS's or any engine that speaks its API, as the store."""

from __future__ import annotations

import time
from collections.abc import Callable

from flavorbot.errors import StorageMisconfigured
from flavorbot.model import Rate, StoreCall
from flavorbot.settings import Settings
from flavorbot.storage.clock import Clock, to_moment, utcnow, window_of
from flavorbot.storage.cursors import Cursors
from flavorbot.storage.dynamodb_access_tokens import DynamoDBAccessTokens
from flavorbot.storage.dynamodb_collections import DynamoDBCollections
from flavorbot.storage.dynamodb_drafts import DynamoDBDrafts
from flavorbot.storage.dynamodb_erasing import DynamoDBErasing
from flavorbot.storage.dynamodb_events import DynamoDBEvents
from flavorbot.storage.dynamodb_identities import DynamoDBIdentities
from flavorbot.storage.dynamodb_imports import DynamoDBImports
from flavorbot.storage.dynamodb_kept import DynamoDBKept
from flavorbot.storage.dynamodb_mail_tokens import DynamoDBMailTokens
from flavorbot.storage.dynamodb_metering import DynamoDBMetering
from flavorbot.storage.dynamodb_moving import DynamoDBMoving
from flavorbot.storage.dynamodb_passkeys import DynamoDBPasskeys
from flavorbot.storage.dynamodb_questions import DynamoDBQuestions
from flavorbot.storage.dynamodb_reading import DynamoDBReading
from flavorbot.storage.dynamodb_recipes import DynamoDBRecipes
from flavorbot.storage.dynamodb_records import DynamoDBRecords
from flavorbot.storage.dynamodb_second_factors import DynamoDBSecondFactors
from flavorbot.storage.dynamodb_shares import DynamoDBShares
from flavorbot.storage.dynamodb_spending import DynamoDBSpending
from flavorbot.storage.dynamodb_table import Part, Table
from flavorbot.storage.dynamodb_whole import DynamoDBWhole
from flavorbot.storage.items import from_item, to_ttl, update
from flavorbot.storage.limits import check_key
from flavorbot.storage.table import differences, rate_key

# Readiness is asked for every few seconds, and describing a table is limited to a few requests a second.
CHECK_HOLDS_S = 5.0


class DynamoDBRates(Part):
    """`IRates` over `RATE#… | <window>`. An answer that was lost may be counted twice, on the safe side."""

    def check_rate(self, action: str, subject: str, limit: int, window_s: int) -> Rate:
        check_key(subject, "subject")
        starts_at, resets_at = window_of(self.table.now(), window_s)
        key = rate_key(action, subject, f"{starts_at:%Y-%m-%dT%H:%M:%SZ}+{window_s}")
        counted = update(key, "ADD #count :one SET #ttl = :ttl", one=1, ttl=to_ttl(to_moment(resets_at)))
        count = int(from_item(self.table.write(counted, returned="UPDATED_NEW"))["count"] or 0)
        return Rate(count <= limit, count, resets_at)


class DynamoDBStorage(
    DynamoDBMoving,
    DynamoDBAccessTokens,
    DynamoDBMailTokens,
    DynamoDBEvents,
    DynamoDBPasskeys,
    DynamoDBIdentities,
    DynamoDBSecondFactors,
    DynamoDBRecipes,
    DynamoDBReading,
    DynamoDBCollections,
    DynamoDBShares,
    DynamoDBDrafts,
    DynamoDBQuestions,
    DynamoDBImports,
    DynamoDBMetering,
    DynamoDBSpending,
    DynamoDBRecords,
    DynamoDBKept,
    DynamoDBErasing,
    DynamoDBRates,
    DynamoDBWhole,
):
    """`IStorage` in the table that the settings name; see `open_storage` for what hears of every request."""

    def __init__(
        self,
        settings: Settings,
        secret: bytes,
        now: Clock = utcnow,
        on_call: Callable[[str], None] | None = None,
        on_done: Callable[[StoreCall], None] | None = None,
    ) -> None:
        super().__init__(Table(settings, now, on_call, on_done), Cursors(secret))
        self._sound_until = 0.0

    def check(self) -> None:
        if time.monotonic() < self._sound_until:
            return
        table = self.table.describe("describe_table")["Table"]
        time_to_live = self.table.describe("describe_time_to_live").get("TimeToLiveDescription", {})
        found = differences(table, time_to_live)
        if table.get("TableStatus") not in ("ACTIVE", "UPDATING"):
            found.insert(0, f"it is still {table.get('TableStatus')}")
        if found:
            told = f"{self.table.where}: {'; '.join(found)}. Run `flask db-setup`."
            raise StorageMisconfigured(told, "table-different")
        self._sound_until = time.monotonic() + CHECK_HOLDS_S
