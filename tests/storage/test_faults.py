"""A store that fails: within its time, with an error that says what to do, and without being asked too often."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import NoCredentialsError, SSLError

from flavorbot import waiting
from flavorbot.errors import StorageError, StorageMisconfigured, StorageThrottled, StorageUnavailable
from flavorbot.settings import Settings
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.items import put
from flavorbot.storage.retries import MOST
from flavorbot.storage.table import session_key
from tests.storage.conftest import SECRET, Store, fresh
from tests.storage.hooks import answering, hooked
from tests.storage.values import a_session, a_user, new_id


@pytest.fixture(params=["ours", "botocore's"])
def local(request: pytest.FixtureRequest, local_store: Store) -> Store:
    """By our own transport, and by botocore's."""
    store = fresh(local_store)
    if request.param == "ours":
        return store
    settings = replace(store.settings, fast_transport=False)
    storage = DynamoDBStorage(settings, SECRET, store.clock, store.calls.append)
    return replace(store, storage=storage, settings=settings)


def refusal(code: str) -> bytes:
    return json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "no"}).encode()


@pytest.mark.parametrize("times", [1, 2, 3])
def test_short_throttling_goes_unnoticed(local: Store, times: int) -> None:
    session = a_session(local.clock())
    with answering(local, times, 400, refusal("ProvisionedThroughputExceededException")):
        local.storage.start_session(session)
    with answering(local, times, 400, refusal("ThrottlingException")):
        assert local.storage.load_session(session.sid) == session


def test_lasting_throttling_is_told(local: Store) -> None:
    began = time.monotonic()
    with answering(local, 999, 400, refusal("ThrottlingException")), pytest.raises(StorageThrottled):
        local.storage.load_session(new_id())
    assert time.monotonic() - began < 2


def test_colliding_transactions_are_tried_again(local: Store) -> None:
    reasons = {
        "__type": "TransactionCanceledException",
        "message": "no",
        "CancellationReasons": [{"Code": "TransactionConflict"}],
    }
    with answering(local, 3, 400, json.dumps(reasons).encode()):
        local.storage.create_user(a_user(local.clock()))
    assert local.calls == ["transact_write_items"] * 4


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"<html>"), (503, b""), (200, b"<html>OK"), (200, b'{"Item": {'), (200, b"[1]"), (200, b""), (200, b"\xff")],
)
def test_garbage_is_not_taken_for_absence(local: Store, status: int, body: bytes) -> None:
    session = a_session(local.clock())
    local.storage.start_session(session)
    with answering(local, 1, status, body):
        assert local.storage.load_session(session.sid) == session
    with answering(local, 9, status, body), pytest.raises(StorageUnavailable):
        local.storage.load_session(session.sid)
    with answering(local, 9, status, body), pytest.raises(StorageUnavailable):
        local.storage.create_user(a_user(local.clock()))


def test_unprocessed_items_are_asked_for_again(local: Store) -> None:
    user = a_user(local.clock())
    sessions = [a_session(local.clock(), user_id=user.id) for _ in range(12)]
    local.storage.create_user(user)
    for session in sessions:
        local.storage.start_session(session)
    with hooked(local, "after-call.dynamodb.BatchGetItem", leave_all_but_one):
        found = local.storage.list_sessions(user.id)
    assert {session.sid for session in found} == {session.sid for session in sessions}
    assert local.calls.count("batch_get_item") == 12


def test_a_batch_that_gets_nothing_done_is_given_up(local: Store) -> None:
    user = a_user(local.clock())
    local.storage.create_user(user, a_session(local.clock(), user_id=user.id))
    with hooked(local, "after-call.dynamodb.BatchGetItem", leave_all), pytest.raises(StorageThrottled):
        local.storage.list_sessions(user.id)


def leave_all(parsed: dict[str, Any], **_: object) -> None:
    ((table, items),) = parsed["Responses"].items()
    parsed["UnprocessedKeys"] = {table: {"Keys": [{"PK": item["PK"], "SK": {"S": "DATA"}} for item in items]}}
    items.clear()


def leave_all_but_one(parsed: dict[str, Any], **_: object) -> None:
    """Hold items back, as a store near its limits does."""
    ((table, items),) = parsed["Responses"].items()
    left = [{"PK": item["PK"], "SK": {"S": "DATA"}} for item in items[1:]]
    del items[1:]
    if left:
        parsed["UnprocessedKeys"] = {table: {"Keys": left}}


def test_failing_store_is_asked_twice(local: Store) -> None:
    with answering(local, 9, 500, b"{}"), pytest.raises(StorageUnavailable):
        local.storage.load_session(new_id())
    assert local.calls == ["get_item"] * 2


def test_a_store_that_goes_on_failing_is_asked_once(local: Store) -> None:
    with answering(local, 99, 500, b"{}"):
        for _ in range(20):
            with pytest.raises(StorageUnavailable):
                local.storage.load_session(new_id())
    assert len(local.calls) == 20 + MOST
    local.storage.load_session(new_id())
    with answering(local, 1, 500, b"{}"):
        local.storage.load_session(new_id())


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("AccessDeniedException", "grant"),
        ("UnrecognizedClientException", "AWS_ACCESS_KEY_ID"),
        ("ExpiredTokenException", "get new ones"),
        ("InvalidSignatureException", "clock"),
        ("ResourceNotFoundException", "flask db-setup"),
        ("ValidationException", "flask db-setup"),
    ],
)
def test_what_a_person_must_mend_is_told(local: Store, code: str, remedy: str) -> None:
    with answering(local, 9, 400, refusal(code)), pytest.raises(StorageMisconfigured, match=remedy):
        local.storage.load_session(new_id())
    assert len(local.calls) == 1


def test_a_page_in_place_of_an_answer_is_told_in_one_line(local: Store) -> None:
    page = b"<!DOCTYPE HTML>\n<title>Not here</title>\n" + b"<p>Nothing.</p>\n" * 100
    with answering(local, 9, 501, page), pytest.raises(StorageUnavailable, match="whether it is a DynamoDB") as told:
        local.storage.load_session(new_id())
    assert len(told.value.detail.splitlines()) == 1
    assert "Not here" in told.value.detail
    assert len(told.value.detail) < 500


def test_missing_credentials_are_told(local: Store) -> None:
    with answering(local, 9, error=NoCredentialsError()), pytest.raises(StorageMisconfigured, match="credentials"):
        local.storage.load_session(new_id())


def test_broken_encryption_is_unavailable(local: Store) -> None:
    broken = SSLError(endpoint_url="https://store", error=ValueError("certificate"))
    with answering(local, 9, error=broken), pytest.raises(StorageUnavailable):
        local.storage.load_session(new_id())


def test_missing_table_is_told(dynamodb_local: str) -> None:
    storage = DynamoDBStorage(Settings(table_name="nowhere", endpoint=dynamodb_local), SECRET)
    with pytest.raises(StorageMisconfigured, match="flask db-setup"):
        storage.check()
    with pytest.raises(StorageMisconfigured, match="flask db-setup"):
        storage.load_session("x")


@pytest.fixture
def silent() -> Iterator[str]:
    """A server that takes connections and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=50)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def timed(call: Callable[[], object]) -> float:
    began = time.monotonic()
    with pytest.raises(StorageUnavailable):
        call()
    return time.monotonic() - began


def test_silent_store_is_given_up_in_time(silent: str) -> None:
    storage = DynamoDBStorage(Settings(table_name="silent", endpoint=silent), SECRET)
    storage.table.clients.single()
    storage.table.clients.transactions()
    assert timed(lambda: storage.load_session("x")) < 2.5
    assert timed(lambda: storage.create_user(a_user(storage.table.now()))) < 5


def test_a_request_does_not_wait_for_one_thing_after_the_other(silent: str) -> None:
    storage = DynamoDBStorage(Settings(table_name="silent", endpoint=silent), SECRET)
    waiting.begin()
    began = time.monotonic()
    for _ in range(4):
        with pytest.raises(StorageUnavailable):
            storage.create_user(a_user(storage.table.now()))
    waiting.end()
    assert time.monotonic() - began < 5


def test_absent_store_is_given_up_at_once() -> None:
    storage = DynamoDBStorage(Settings(table_name="absent", endpoint="http://127.0.0.1:9"), SECRET)
    storage.table.clients.single()
    assert timed(lambda: storage.load_session("x")) < 1


def test_nothing_is_connected_to_before_use() -> None:
    storage = DynamoDBStorage(Settings(table_name="absent", endpoint="http://no.such.host.invalid"), SECRET)
    with pytest.raises(StorageError):
        storage.check()


def test_check_passes_on_a_sound_store(store: Store) -> None:
    store.storage.check()


def test_corrupt_item_is_no_answer(local: Store) -> None:
    """A session item that something else wrote."""
    sid = new_id()
    assert isinstance(local.storage, DynamoDBStorage)
    local.storage.table.write(put(session_key(sid), {"data": {"B": b"\x80\x04pickle"}}))
    assert local.storage.load_session(sid) is None
