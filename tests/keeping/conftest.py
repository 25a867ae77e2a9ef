"""A file and a table that each test has for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from flavorbot.settings import Settings
from tests.storage.conftest import Store, dynamodb_store
from tests.storage.values import new_id
from tests.storage.whole import a_file


@pytest.fixture
def file(tmp_path: Path) -> Store:
    return a_file(tmp_path / "one")


@pytest.fixture
def table(dynamodb_local: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "local")
    return dynamodb_store(Settings(table_name=f"keeping-{new_id()}", endpoint=dynamodb_local))
