"""Setting up the table: once, twice, in parallel, on one that differs, and where it cannot be done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws

from flavorbot.errors import StorageError, StorageMisconfigured, StorageUnavailable
from flavorbot.settings import Settings
from flavorbot.storage import open_storage
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.dynamodb_clients import make_client, open_session
from flavorbot.storage.setup import setup_table
from flavorbot.storage.sqlite import SQLiteStorage
from flavorbot.storage.table import ATTRIBUTES, INDEX_SCHEMA, KEY_SCHEMA
from tests.storage.conftest import SECRET
from tests.storage.values import new_id, outcomes

Client = Any

ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(dynamodb_local: str) -> Settings:
    return Settings(table_name=f"setup-{new_id()}", endpoint=dynamodb_local)


def client(settings: Settings) -> Client:
    return make_client(open_session(settings), settings, 10.0)


def test_new_table_is_ready(settings: Settings) -> None:
    assert setup_table(settings).ready
    open_storage(settings, SECRET).check()
    table = client(settings).describe_table(TableName=settings.table_name)["Table"]
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["DeletionProtectionEnabled"]


def test_second_setup_makes_nothing(settings: Settings) -> None:
    setup_table(settings)
    report = setup_table(settings)
    assert report.ready
    assert not any(line.startswith(("made", "added", "switched on")) for line in report.done)


def test_parallel_setups_all_succeed(settings: Settings) -> None:
    assert [getattr(each, "ready", each) for each in outcomes(4, lambda _: setup_table(settings))] == [True] * 4
    open_storage(settings, SECRET).check()


def without_index(settings: Settings) -> None:
    client(settings).create_table(
        TableName=settings.table_name,
        AttributeDefinitions=ATTRIBUTES[:2],
        KeySchema=KEY_SCHEMA,
        BillingMode="PAY_PER_REQUEST",
    )


def test_check_tells_what_is_missing(settings: Settings) -> None:
    without_index(settings)
    with pytest.raises(StorageMisconfigured, match="GSI1 is missing; time-to-live is not switched on"):
        open_storage(settings, SECRET).check()


def test_missing_index_is_added() -> None:
    """On moto: DynamoDB Local takes up to half a minute to fill an index, even an empty one."""
    with mock_aws():
        settings = Settings(table_name="older", region="eu-central-1")
        without_index(settings)
        assert setup_table(settings).ready
        open_storage(settings, SECRET).check()


def test_index_that_shows_too_little_is_told(settings: Settings) -> None:
    client(settings).create_table(
        TableName=settings.table_name,
        AttributeDefinitions=ATTRIBUTES,
        KeySchema=KEY_SCHEMA,
        GlobalSecondaryIndexes=[INDEX_SCHEMA | {"Projection": {"ProjectionType": "KEYS_ONLY"}}],
        BillingMode="PAY_PER_REQUEST",
    )
    report = setup_table(settings)
    assert not report.ready
    assert "does not project card and created" in report.differs[0]


def test_foreign_table_is_left_alone(settings: Settings) -> None:
    layout: dict[str, Any] = {
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "N"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    }
    client(settings).create_table(TableName=settings.table_name, BillingMode="PAY_PER_REQUEST", **layout)
    report = setup_table(settings)
    assert (report.ready, report.done) == (False, ())
    assert "choose another name" in report.differs[0]


def test_guard_of_cost_is_set() -> None:
    with mock_aws():
        settings = Settings(table_name="guarded", region="eu-central-1", table_max_units=500)
        assert "switched on at most 500 units a second" in setup_table(settings).done


def test_aws_gets_recovery_and_encryption() -> None:
    with mock_aws():
        settings = Settings(table_name="production", region="eu-central-1")
        done = setup_table(settings).done
        again = setup_table(settings).done
    for line in ("switched on point-in-time recovery", "switched on deletion protection"):
        assert line in done
        assert line not in again
    assert "switched on encryption with a KMS key" in done


def test_unreachable_store_is_told() -> None:
    with pytest.raises(StorageUnavailable, match="nothing answers there"):
        setup_table(Settings(table_name="absent", endpoint="http://127.0.0.1:9"))


def test_missing_region_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    with pytest.raises(StorageError, match="AWS_REGION"):
        setup_table(Settings(table_name="nowhere"))


def run(tmp_path: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "FLAVORBOT_DATA": str(tmp_path), **variables}
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)


def test_setup_script_loads_no_flask(tmp_path: Path, settings: Settings) -> None:
    variables = {"DYNAMODB_TABLE_NAME": settings.table_name or "", "DYNAMODB_ENDPOINT": settings.endpoint or ""}
    done = run(tmp_path, sys.executable, "-X", "importtime", "setup_table.py", **variables)
    assert done.returncode == 0, done.stderr
    assert "is ready" in done.stdout
    assert "flask" not in done.stderr


def test_setup_script_readies_the_file(tmp_path: Path) -> None:
    done = run(tmp_path, sys.executable, "setup_table.py")
    assert (done.returncode, "is ready" in done.stdout) == (0, True)
    assert (tmp_path / "flavorbot.sqlite").is_file()


def test_setup_script_fails_with_one_line(tmp_path: Path) -> None:
    for variables in (
        {"DYNAMODB_TABLE_NAME": "absent", "DYNAMODB_ENDPOINT": "http://127.0.0.1:9"},
        {"DYNAMODB_ENDPOINT": "http://127.0.0.1:9"},
        {"FLAVORBOT_DATA": os.devnull + "/data"},
    ):
        done = run(tmp_path, sys.executable, "setup_table.py", **variables)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_settings_choose_the_store(tmp_path: Path) -> None:
    assert isinstance(open_storage(Settings(data_dir=tmp_path), SECRET), SQLiteStorage)
    assert isinstance(open_storage(Settings(table_name="flavorbot-dev"), SECRET), DynamoDBStorage)
