"""Every store that must hold the one promise: SQLite, moto, and DynamoDB Local, which is the referee."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from botocore.awsrequest import AWSPreparedRequest
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from flavorbot.settings import Settings
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.retries import Retries
from flavorbot.storage.setup import setup_table
from flavorbot.storage.sqlite import SQLiteStorage
from tests.storage.values import Clock, new_id

SECRET = b"a secret for cursors in these tests"


@dataclass
class Store:
    """A storage with the clock it goes by, and the names of the calls it made."""

    storage: SQLiteStorage | DynamoDBStorage
    clock: Clock
    calls: list[str] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings)


@pytest.fixture(scope="module")
def sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    clock, calls = Clock(), list[str]()
    storage = SQLiteStorage(tmp_path_factory.mktemp("data"), SECRET, clock, calls.append)
    yield Store(storage, clock, calls)
    storage.close()


@pytest.fixture(scope="module")
def moto_store() -> Iterator[Store]:
    """moto answers within the calling thread, where a real store would queue: so one request at a time."""
    lock, answer = threading.Lock(), BotocoreStubber.process_request

    def one_at_a_time(stubber: BotocoreStubber, request: AWSPreparedRequest) -> object:
        with lock:
            return answer(stubber, request)

    with mock_aws(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(BotocoreStubber, "process_request", one_at_a_time)
        # Through botocore's own transport, as DynamoDB Local is asked through ours.
        yield dynamodb_store(Settings(table_name=f"moto-{new_id()}", region="eu-central-1", fast_transport=False))


@pytest.fixture(scope="module")
def local_store(dynamodb_local: str) -> Iterator[Store]:
    """With credentials that it takes, whatever this process has; it looks at their letters alone."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "local")
        yield dynamodb_store(Settings(table_name=f"local-{new_id()}", endpoint=dynamodb_local))


@pytest.fixture(params=["sqlite", "moto", "local"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each store in turn."""
    return fresh(request.getfixturevalue(f"{request.param}_store"))


@pytest.fixture(params=["moto", "local"])
def dynamodb(request: pytest.FixtureRequest) -> Store:
    """Each DynamoDB in turn."""
    return fresh(request.getfixturevalue(f"{request.param}_store"))


@pytest.fixture
def local(local_store: Store) -> Store:
    return fresh(local_store)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Store]:
    """A file of its own."""
    clock, calls = Clock(), list[str]()
    storage = SQLiteStorage(tmp_path, SECRET, clock, calls.append)
    yield Store(storage, clock, calls, Settings(data_dir=tmp_path))
    storage.close()


def dynamodb_store(settings: Settings) -> Store:
    """A store on a new table."""
    setup_table(settings)
    clock, calls = Clock(), list[str]()
    return Store(DynamoDBStorage(settings, SECRET, clock, calls.append), clock, calls, settings)


def fresh(store: Store) -> Store:
    store.clock.reset()
    store.calls.clear()
    if isinstance(store.storage, DynamoDBStorage):
        store.storage.table.retries = Retries()
    return store
