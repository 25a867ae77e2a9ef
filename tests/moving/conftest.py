"""Databases to move in from, and a store to move into."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flavorbot.cli_moving import db_migrate, db_verify
from flavorbot.errors import StorageUnavailable
from flavorbot.model import Arrival, Brought
from flavorbot.settings import Settings
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.setup import setup_table
from flavorbot.storage.sqlite import SQLiteStorage
from flavorbot.storage.sqlite_moving import SQLiteMoving
from flavorbot.storage.table import recipe_count_key
from tests.moving.servers import mariadb, postgresql
from tests.storage.values import new_id


@dataclass
class Target:
    """A store with what names it to a command."""

    storage: SQLiteStorage | DynamoDBStorage
    environment: dict[str, str]
    folder: Path

    def migrate(self, source: str, *options: str) -> Result:
        return self._run(db_migrate, [source, "--processes", "1", *options])

    def verify(self, source: str, *options: str) -> Result:
        return self._run(db_verify, [source, "--processes", "1", *options])

    def left(self, doing: str = "move") -> list[dict[str, object]]:
        """What was left in the last run."""
        files = sorted((self.folder / "moving").glob(f"{doing}-*.jsonl"), key=lambda path: path.stat().st_mtime)
        return [json.loads(line) for line in files[-1].read_text(encoding="utf-8").splitlines()]

    def counted(self, user_id: str) -> int:
        """How many recipes the table says that a box holds."""
        assert isinstance(self.storage, DynamoDBStorage)
        item = self.storage.table.get(recipe_count_key(user_id))
        return 0 if item is None else int(item["held"]["N"])

    def _run(self, command: object, arguments: list[str]) -> Result:
        result = CliRunner(env=self.environment).invoke(command, arguments)  # type: ignore[arg-type]
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result


@contextmanager
def breaking_off(after: int) -> Iterator[None]:
    """Let the embedded store fail once so many batches are in."""
    calls, bring_in = [0], SQLiteMoving.bring_in

    def failing(store: SQLiteMoving, things: Sequence[Brought]) -> Sequence[Arrival]:
        calls[0] += 1
        if calls[0] > after:
            raise StorageUnavailable("The store is down.")
        return bring_in(store, things)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flavorbot.moving.working.PATIENCE_S", 0)
        patch.setattr(SQLiteMoving, "bring_in", failing)
        yield


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def mariadb_url() -> Iterator[str]:
    with mariadb() as url:
        yield url


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Target]:
    """The embedded store, empty."""
    folder = tmp_path / "data"
    storage = SQLiteStorage(folder, b"")
    yield Target(storage, {"FLAVORBOT_DATA": str(folder), "DYNAMODB_TABLE_NAME": ""}, folder)
    storage.close()


@pytest.fixture
def dynamodb_target(tmp_path: Path, dynamodb_local: str) -> Target:
    """A new table of DynamoDB Local."""
    settings = Settings(table_name=f"moving-{new_id()}", endpoint=dynamodb_local)
    setup_table(settings)
    environment = {
        "FLAVORBOT_DATA": str(tmp_path / "data"),
        "DYNAMODB_TABLE_NAME": settings.table_name or "",
        "DYNAMODB_ENDPOINT": dynamodb_local,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "local")
        return Target(DynamoDBStorage(settings, b""), {**os.environ, **environment}, tmp_path / "data")
