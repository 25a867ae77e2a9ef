"""Makes the store ready, or says why it cannot be: what `flask db-setup` and `setup_table.py` do."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from flavorbot.errors import StorageMisconfigured, StorageUnavailable
from flavorbot.settings import Settings
from flavorbot.storage.dynamodb_clients import make_client, open_session
from flavorbot.storage.dynamodb_faults import ConditionFailed, fault_of
from flavorbot.storage.table import ATTRIBUTES, INDEX, INDEX_SCHEMA, KEY_SCHEMA, TTL, differences, has_our_keys

READ_S = 10.0
ATTEMPTS = 3
POLL_S = 0.5
# Adding an index to a table that holds much takes minutes.
PATIENCE_S = 600.0

MISSING = frozenset({"ResourceNotFoundException", "TableNotFoundException"})
BUSY = frozenset({"ResourceInUseException", "TableInUseException", "LimitExceededException"})
NOT_YET = BUSY | {"ContinuousBackupsUnavailableException"}
UNKNOWN = frozenset({"UnknownOperationException", "NotImplementedException", "UnknownOperation", "InternalFailure"})

Described = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """What was done, and what could not be mended; `ready` when the store can be used."""

    done: tuple[str, ...]
    differs: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        return not self.differs


@dataclass(frozen=True, slots=True)
class Feature:
    """Something a table should have beyond its keys; engines differ in what they know."""

    name: str
    is_on: Callable[[Described], bool]
    parameters: Mapping[str, Any]
    described_by: str = "describe_table"
    operation: str = "update_table"


def setup_table(settings: Settings) -> Report:
    """Make the table, or bring an existing one up to date; twice or in parallel does no harm."""
    return _Setup(settings).run()


def lacking(settings: Settings) -> list[str]:
    """What a table for people's data should have and has not; nothing is changed. Raises `StorageError`."""
    return _Setup(settings).look()


class _Setup:
    """One run over the table, with what it did so far."""

    def __init__(self, settings: Settings) -> None:
        if not settings.table_name:
            raise StorageMisconfigured("DYNAMODB_TABLE_NAME is not set, so there is no table to set up")
        self.settings = settings
        self.name = settings.table_name
        self.where = f"DynamoDB table {self.name} ({settings.endpoint or settings.region or 'default region'})"
        self.until = time.monotonic() + PATIENCE_S
        self.done: list[str] = []
        self._client: Any = None

    def run(self) -> Report:
        table = self.settled()
        if table is None:
            table = self.make()
        if not has_our_keys(table):
            return self.report()
        if all(index["IndexName"] != INDEX for index in table.get("GlobalSecondaryIndexes", ())):
            self.add_index()
        for feature in _features(self.settings):
            self.switch_on(feature)
        self.switch_on_ttl()
        return self.report()

    def look(self) -> list[str]:
        table = self.settled()
        if table is None:
            return ["there is no such table: run `flask db-setup`"]
        off = [feature.name for feature in _features(self.settings) if not self.has(feature)]
        return [*differences(table, self.time_to_live()), *(f"{name} is not on: run `flask db-setup`" for name in off)]

    def has(self, feature: Feature) -> bool:
        try:
            return feature.is_on(self.call(feature.described_by))
        except ClientError as error:
            if _code(error) in UNKNOWN:
                return False
            raise self.error(error) from error

    def make(self) -> Described:
        try:
            self.call("create_table", AttributeDefinitions=ATTRIBUTES, KeySchema=KEY_SCHEMA,
                      GlobalSecondaryIndexes=[INDEX_SCHEMA], BillingMode="PAY_PER_REQUEST")  # fmt: skip
            self.done.append(f"made the table {self.name} with the index {INDEX}")
        except ClientError as error:
            if _code(error) not in BUSY:
                raise self.error(error) from error
            self.done.append("another process is making the table")
        table = self.settled()
        if table is None:
            raise StorageUnavailable(f"{self.where} was made, but is not there: run this again")
        return table

    def add_index(self) -> None:
        change = [{"Create": INDEX_SCHEMA}]
        try:
            self.call("update_table", AttributeDefinitions=ATTRIBUTES, GlobalSecondaryIndexUpdates=change)
            self.done.append(f"added the index {INDEX}")
        except ClientError as error:
            # ValidationException: another process added it in the meantime.
            if _code(error) not in BUSY | {"ValidationException"}:
                raise self.error(error) from error
        self.settled()

    def switch_on(self, feature: Feature) -> None:
        self.settled()
        try:
            if feature.is_on(self.call(feature.described_by)):
                return
            self.patiently(feature.operation, feature.parameters)
            self.done.append(f"switched on {feature.name}")
        except ClientError as error:
            if _code(error) not in (UNKNOWN | {"ValidationException"} if self.settings.endpoint else UNKNOWN):
                raise self.error(error) from error
            self.done.append(f"{feature.name}: not known here ({_code(error)})")

    def switch_on_ttl(self) -> None:
        if self.time_to_live().get("TimeToLiveStatus") in ("ENABLED", "ENABLING"):
            return
        wanted = {"TimeToLiveSpecification": {"Enabled": True, "AttributeName": TTL}}
        try:
            self.patiently("update_time_to_live", wanted)
            self.done.append(f"switched on time-to-live by the attribute {TTL}")
        except ClientError as error:
            # Another process was faster; the report tells whether it did the same.
            if _code(error) != "ValidationException":
                raise self.error(error) from error

    def report(self) -> Report:
        table = self.settled() or {}
        found = differences(table, self.time_to_live())
        done = self.done or ([] if found else ["nothing had to be done"])
        return Report(tuple(done), tuple(found))

    def settled(self) -> Described | None:
        """The table once it and its indexes are at rest; None when there is none."""
        while True:
            try:
                table: Described = self.call("describe_table")["Table"]
            except ClientError as error:
                if _code(error) in MISSING:
                    return None
                raise self.error(error) from error
            states = [
                table.get("TableStatus"),
                *(each.get("IndexStatus") for each in table.get("GlobalSecondaryIndexes", ())),
            ]
            if all(state in (None, "ACTIVE") for state in states):
                return table
            self.pause(f"{self.where} is still {', '.join(str(state) for state in states)}")

    def time_to_live(self) -> Described:
        try:
            described: Described = self.call("describe_time_to_live").get("TimeToLiveDescription", {})
        except ClientError as error:
            raise self.error(error) from error
        return described

    def patiently(self, operation: str, parameters: Mapping[str, Any]) -> None:
        """A change, made again while the table is busy with another one."""
        while True:
            try:
                self.call(operation, **parameters)
                return
            except ClientError as error:
                if _code(error) not in NOT_YET:
                    raise
                self.pause(f"{self.where} is busy: {error}")

    def pause(self, why: str) -> None:
        if time.monotonic() > self.until:
            raise StorageUnavailable(f"{why}; this took over {PATIENCE_S:g} s: run it again later")
        time.sleep(POLL_S)

    def call(self, operation: str, **parameters: object) -> Any:  # noqa: ANN401
        try:
            if self._client is None:
                self._client = make_client(open_session(self.settings), self.settings, READ_S, ATTEMPTS)
            return getattr(self._client, operation)(TableName=self.name, **parameters)
        except ClientError:
            raise
        except Exception as error:
            raise self.error(error) from error

    def error(self, error: Exception) -> Exception:
        fault = fault_of(error, self.where).error
        return error if isinstance(fault, ConditionFailed) else fault


def _features(settings: Settings) -> list[Feature]:
    features = [
        Feature("billing by request", _bills_by_request, {"BillingMode": "PAY_PER_REQUEST"}),
        Feature("deletion protection", _is_protected, {"DeletionProtectionEnabled": True}),
        Feature("encryption with a KMS key", _is_encrypted, {"SSESpecification": {"Enabled": True}}),
        Feature(
            "point-in-time recovery",
            _is_recoverable,
            {"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True}},
            described_by="describe_continuous_backups",
            operation="update_continuous_backups",
        ),
    ]
    return features if settings.table_max_units is None else [*features, _at_most(settings.table_max_units)]


def _at_most(units: int) -> Feature:
    most = {"MaxReadRequestUnits": units, "MaxWriteRequestUnits": units}

    def is_on(described: Described) -> bool:
        return bool(described["Table"].get("OnDemandThroughput") == most)

    index = {"Update": {"IndexName": INDEX, "OnDemandThroughput": most}}
    change = {"OnDemandThroughput": most, "GlobalSecondaryIndexUpdates": [index]}
    return Feature(f"at most {units} units a second", is_on, change)


def _bills_by_request(described: Described) -> bool:
    return bool(described["Table"].get("BillingModeSummary", {}).get("BillingMode") == "PAY_PER_REQUEST")


def _is_protected(described: Described) -> bool:
    return bool(described["Table"].get("DeletionProtectionEnabled"))


def _is_encrypted(described: Described) -> bool:
    return described["Table"].get("SSEDescription", {}).get("Status") in ("ENABLED", "ENABLING", "UPDATING")


def _is_recoverable(described: Described) -> bool:
    recovery = described["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
    return bool(recovery.get("PointInTimeRecoveryStatus") == "ENABLED")


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
