"""The short way to DynamoDB: the same as botocore's own, answer by answer, and never a request sent twice."""

from __future__ import annotations

import json
import socket
import time
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials, RefreshableCredentials
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ReadTimeoutError,
    SSLError,
)

from flavorbot.settings import Settings
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.dynamodb_clients import make_client
from tests.fetching.site import certificate
from tests.storage.conftest import SECRET, Store
from tests.storage.values import a_session
from tests.storage.wire import Asked, Wire, says, sends, sends_and_leaves, sends_and_waits, wired

READ_S = 0.4
KEY = {"PK": {"S": "a"}, "SK": {"S": "b"}}
RAW = b64encode(b"\x00\xff").decode()
ITEM = {
    **KEY,
    "n": {"N": "12.50"},
    "raw": {"B": RAW},
    "some": {"BS": [RAW, ""]},
    "words": {"SS": ["é", "B"]},
    "numbers": {"NS": ["1"]},
    "map": {"M": {"B": {"B": RAW}, "list": {"L": [{"B": RAW}, {"NULL": True}, {"M": {}}]}}},
    "yes": {"BOOL": False},
}
BYTES = {
    "raw": {"B": b"\x00\xff"},
    "some": {"BS": [b"", bytearray(b"\x01")]},
    "map": {"M": {"é": {"B": b"\x02"}, "list": {"L": [{"B": b"\x03"}, {"BOOL": True}]}}},
}
UNITS = {"TableName": "t", "CapacityUnits": 1}
NAMED: dict[str, Any] = {"TableName": "t", "Key": KEY}
# Each hot operation with what is asked and what may be answered.
ASKED: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "get_item": (NAMED, [{"Item": ITEM, "ConsumedCapacity": UNITS}, {}, {"Item": None}, {"Later": {"x": 1}}]),
    "put_item": ({"TableName": "t", "Item": {**KEY, "raw": {"B": b"\x00"}}}, [{}, {"Attributes": ITEM}]),
    "update_item": ({**NAMED, "UpdateExpression": "ADD n :n"}, [{"Attributes": ITEM}]),
    "delete_item": (NAMED, [{}, {"ConsumedCapacity": UNITS}]),
    "query": (
        {"TableName": "t", "KeyConditionExpression": "PK = :p"},
        [{"Items": [ITEM, KEY], "Count": 2, "ScannedCount": 3, "LastEvaluatedKey": KEY}, {"Items": [], "Count": 0}],
    ),
    "transact_write_items": (
        {"TransactItems": [{"Delete": NAMED}], "ClientRequestToken": "x"},
        [{}, {"ConsumedCapacity": [UNITS]}],
    ),
    "batch_get_item": (
        {"RequestItems": {"t": {"Keys": [KEY]}}},
        [
            {"Responses": {"t": [ITEM]}, "UnprocessedKeys": {}, "ConsumedCapacity": [UNITS]},
            {"Responses": {}, "UnprocessedKeys": {"t": {"Keys": [{"PK": {"B": RAW}}]}}},
        ],
    ),
    "batch_write_item": (
        {"RequestItems": {"t": [{"DeleteRequest": {"Key": KEY}}, {"PutRequest": {"Item": {**KEY, **BYTES}}}]}},
        [{"UnprocessedItems": {}}, {"UnprocessedItems": {"t": [{"PutRequest": {"Item": ITEM}}]}}],
    ),
}
FOUND = json.dumps({"Item": KEY}).encode()
ERROR = json.dumps({"__type": "x#ConditionalCheckFailedException", "message": "no", "Item": ITEM}).encode()
CANCELLED = json.dumps(
    {
        "__type": "com.amazonaws#TransactionCanceledException",
        "Message": "no",
        "CancellationReasons": [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Message": "no"}],
    }
).encode()
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n" + FOUND[:5] + b"\r\n"
REST = f"{len(FOUND) - 5:x}".encode() + b"\r\n" + FOUND[5:] + b"\r\n0\r\n\r\n"


@pytest.fixture(scope="module")
def session() -> botocore.session.Session:
    session = botocore.session.Session()
    session.set_credentials("an-id", "a-secret", "a-token")
    session.set_config_variable("region", "eu-central-1")
    return session


@pytest.fixture
def wire() -> Iterator[Wire]:
    with wired() as running:
        yield running


def client_of(session: botocore.session.Session, wire: Wire, fast: bool = True) -> Any:  # noqa: ANN401
    settings = Settings(table_name="t", endpoint=wire.address, fast_transport=fast)
    return make_client(session, settings, READ_S)


def pair(session: botocore.session.Session, wire: Wire) -> tuple[Any, Any]:
    """The short way, and botocore's own."""
    return client_of(session, wire), client_of(session, wire, fast=False)


def is_fast(wire: Wire) -> bool:
    """Whether the latest request came the short way: botocore signs the kind of content, too."""
    return "content-type" not in wire.asked[-1].headers["authorization"]


def outcome(client: Any, operation: str = "get_item", asked: dict[str, Any] = NAMED) -> object:  # noqa: ANN401
    """What a call gives, or raises, without what differs from one request to the next."""
    try:
        answer = getattr(client, operation)(**asked)
    except ClientError as error:
        said = str(error).replace(" (reached max retries: 0)", "")
        return type(error).__name__, said, without_metadata(dict(error.response))
    except Exception as error:
        return type(error).__name__, str(error)
    return without_metadata(answer)


def without_metadata(answer: dict[str, Any]) -> dict[str, Any]:
    metadata = answer["ResponseMetadata"]
    kept = {name: metadata[name] for name in ("RequestId", "HTTPStatusCode", "RetryAttempts") if name in metadata}
    return {**answer, "ResponseMetadata": {"RetryAttempts": 0, **kept}}


def test_every_answer_reads_as_botocore_reads_it(session: botocore.session.Session, wire: Wire) -> None:
    ours, theirs = pair(session, wire)
    for operation, (asked, answers) in ASKED.items():
        for answer in answers:
            wire.replies = [sends(says(json.dumps(answer).encode()))]
            found = outcome(ours, operation, asked)
            assert is_fast(wire)
            sent = wire.asked[-1].body
            assert found == outcome(theirs, operation, asked), answer
            assert wire.asked[-1].body == sent
            assert not is_fast(wire)


@pytest.mark.parametrize(
    ("pieces", "status"),
    [
        ([says(ERROR, "400 Bad Request")], 400),
        ([says(CANCELLED, "400 Bad Request")], 400),
        ([says(b'{"__type":"ThrottlingException"}', "400 Bad Request")], 400),
        ([says(b'{"__type":"InternalServerError"}', "500 Internal Server Error")], 500),
        ([says(b"<html>busy", "503 Service Unavailable")], 503),
        ([says(b"", "500 Internal Server Error")], 500),
        ([says(b"", "307 Temporary Redirect", Location="http://elsewhere.invalid/")], 307),
        ([says(b"<html>fine")], 200),
        ([says(b"[1]")], 200),
        ([says(b"")], 200),
        ([says(b'{"Item": {"a": {"S": "x", "N": "1"}}}')], 200),
        ([says(b'{"Item": {"a": {"B": "!"}}}')], 200),
        ([says(b'{"Item": 7}')], 200),
        ([CHUNKED, REST], 200),
        ([b"HTTP/1.1 100 Continue\r\n\r\n", says(FOUND)], 200),
        ([b"HTTP/1.1 200 OK\r\nContent-Le", b"ngth: %d\r\n\r" % len(FOUND), b"\n" + FOUND[:3], FOUND[3:]], 200),
        ([says(FOUND, Connection="close")], 200),
        ([says(FOUND, x_amz_crc32="1")], 0),
        ([says(FOUND, "400 Bad Request", x_amz_crc32="1")], 0),
    ],
)
def test_the_unusual_comes_to_the_same(
    session: botocore.session.Session, wire: Wire, pieces: list[bytes], status: int
) -> None:
    outcomes = []
    for client in pair(session, wire):
        wire.replies = [sends(*pieces)]
        outcomes.append(outcome(client))
    assert outcomes[0] == outcomes[1]
    assert len(wire.asked) == 2
    assert (status == 0) is (isinstance(outcomes[0], tuple) and outcomes[0][0] == "ChecksumError")


def test_reasons_of_a_cancelled_transaction_are_told(session: botocore.session.Session, wire: Wire) -> None:
    wire.replies = [sends(says(CANCELLED, "400 Bad Request"))]
    with pytest.raises(ClientError) as caught:
        client_of(session, wire).transact_write_items(**ASKED["transact_write_items"][0])
    assert [reason["Code"] for reason in caught.value.response["CancellationReasons"]] == [
        "None",
        "ConditionalCheckFailed",
    ]


def test_an_answer_that_is_lost_is_not_asked_for_again(session: botocore.session.Session, wire: Wire) -> None:
    whole, client = says(FOUND), client_of(session, wire)
    for broken in (b"", b"HTTP/1.1 200 OK\r\n", b"SSH-2.0-x\r\n", whole[:-1], CHUNKED, b"HTTP/1.1 2x0 ?\r\n\r\n"):
        # On a connection that carried a request already, too.
        wire.replies = [sends(whole), sends_and_leaves(broken)]
        assert client.get_item(**NAMED)["Item"] == KEY
        wire.asked.clear()
        with pytest.raises(ConnectionClosedError):
            client.put_item(TableName="t", Item=KEY)
        assert len(wire.asked) == 1


def test_what_could_not_be_sent_goes_botocores_way(
    session: botocore.session.Session, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dumb(*given: Any) -> socket.socket:  # noqa: ANN401
        connection = connect(*given)
        connection.shutdown(socket.SHUT_WR)
        return connection

    def absent(*_: object) -> socket.socket:
        raise ConnectionRefusedError

    connect = socket.create_connection
    wire.replies = [sends(says(FOUND))]
    for way in (dumb, absent):
        wire.asked.clear()
        monkeypatch.setattr(socket, "create_connection", way)
        assert client_of(session, wire).put_item(TableName="t", Item=KEY)["ResponseMetadata"]["HTTPStatusCode"] == 200
        assert len(wire.asked) == 1
        assert not is_fast(wire)


def test_silence_ends_in_time(session: botocore.session.Session, wire: Wire) -> None:
    client = client_of(session, wire)
    for begun in (b"", says(FOUND)[:-1]):
        wire.replies = [sends_and_waits(wire, begun)]
        wire.asked.clear()
        began = time.monotonic()
        with pytest.raises(ReadTimeoutError):
            client.get_item(**NAMED)
        assert READ_S <= time.monotonic() - began < READ_S + 1
        assert len(wire.asked) == 1


def test_a_connection_is_kept_and_one_that_was_closed_is_not_used(
    session: botocore.session.Session, wire: Wire
) -> None:
    client = client_of(session, wire)
    wire.replies = [sends(says(FOUND)), sends(says(ERROR, "400 Bad Request")), sends(CHUNKED, REST), sends(says(FOUND))]
    for _ in range(4):
        outcome(client)
    assert wire.connections == 1
    wire.replies = [sends_and_leaves(says(FOUND)), sends(says(FOUND))]
    for _ in range(3):
        assert client.put_item(TableName="t", Item=KEY)["ResponseMetadata"]["HTTPStatusCode"] == 200
        time.sleep(0.02)
    assert wire.connections == 2
    assert len(wire.asked) == 7


def test_bytes_after_an_answer_are_no_answer_to_the_next(session: botocore.session.Session, wire: Wire) -> None:
    client = client_of(session, wire)
    wire.replies = [sends(says(b'{"Item": {}}') + says(FOUND)), sends(says(b"{}"))]
    assert client.get_item(**NAMED)["Item"] == {}
    assert "Item" not in client.get_item(**NAMED)
    assert wire.connections == 2


def test_many_threads_get_their_own_answers(session: botocore.session.Session, wire: Wire) -> None:
    client = client_of(session, wire)
    wire.replies = [lambda connection, asked: connection.sendall(says(json.dumps({"Item": asked["Key"]}).encode()))]

    def ask(number: int) -> bool:
        key = {"PK": {"S": str(number)}}
        return bool(client.get_item(TableName="t", Key=key)["Item"] == key)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(400)))
    assert wire.connections <= 8


def test_certificates_are_checked(
    session: botocore.session.Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with wired(certificate(tmp_path, "localhost")) as wire:
        wire.replies = [sends(says(FOUND))]
        for client in pair(session, wire):
            with pytest.raises(SSLError):
                client.get_item(**NAMED)
        assert not wire.asked
        monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "ca.pem"))
        trusting = botocore.session.Session()
        trusting.set_credentials("an-id", "a-secret")
        trusting.set_config_variable("region", "eu-central-1")
        client = client_of(trusting, wire)
        assert [client.get_item(**NAMED)["Item"] for _ in range(2)] == [KEY] * 2
        assert is_fast(wire)
        with wired(certificate(tmp_path, "elsewhere.example")) as other:
            monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "ca.pem"))
            other.replies = [sends(says(FOUND))]
            with pytest.raises(SSLError):
                client_of(trusting, other).get_item(**NAMED)
            assert not other.asked


def signature(asked: Asked, wire: Wire, *credentials: str) -> str:
    """Botocore's own, for a request as it came."""
    signed = asked.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0]
    request = AWSRequest("POST", f"{wire.address}/", {name: asked.headers[name] for name in signed.split(";")})
    request.data = asked.body
    request.context["timestamp"] = asked.headers["x-amz-date"]
    theirs: Any = SigV4Auth(Credentials(*credentials), "dynamodb", "eu-central-1")
    text = theirs.string_to_sign(request, theirs.canonical_request(request))
    return f", Signature={theirs.signature(text, request)}"


def test_requests_are_signed_as_botocore_signs(session: botocore.session.Session, wire: Wire) -> None:
    wire.replies = [sends(says(FOUND))]
    client_of(session, wire).get_item(**NAMED)
    (asked,) = wire.asked
    assert asked.first == "POST / HTTP/1.1"
    signed = asked.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0]
    assert signed == "host;x-amz-date;x-amz-security-token;x-amz-target"
    assert asked.headers["x-amz-security-token"] == "a-token"
    assert asked.headers["authorization"].endswith(signature(asked, wire, "an-id", "a-secret", "a-token"))
    sent = datetime.strptime(asked.headers["x-amz-date"], "%Y%m%dT%H%M%S%z")
    assert abs(datetime.now(UTC) - sent) < timedelta(seconds=60)


def test_credentials_that_end_are_fetched_anew(wire: Wire) -> None:
    wire.replies = [sends(says(FOUND))]
    fetched: list[str] = []

    def fetch() -> dict[str, str]:
        fetched.append(f"id-{len(fetched)}")
        ends = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        return {"access_key": fetched[-1], "secret_key": fetched[-1], "token": "y", "expiry_time": ends}

    session = botocore.session.Session()
    session.set_config_variable("region", "eu-central-1")
    credentials = RefreshableCredentials.create_from_metadata(fetch(), fetch, "tests")
    session._credentials = credentials  # type: ignore[attr-defined]
    client = client_of(session, wire)
    client.get_item(**NAMED)
    credentials._expiry_time = datetime.now(UTC)  # type: ignore[attr-defined]
    client.get_item(**NAMED)
    for number, asked in enumerate(wire.asked):
        assert f"Credential=id-{number}/" in asked.headers["authorization"]
        assert asked.headers["authorization"].endswith(signature(asked, wire, f"id-{number}", f"id-{number}", "y"))
    assert is_fast(wire)


@pytest.mark.parametrize("token", ["two\r\nX-Other: lines", "é"])
def test_no_credential_begins_another_header(wire: Wire, token: str) -> None:
    wire.replies = [sends(says(FOUND))]
    session = botocore.session.Session()
    session.set_config_variable("region", "eu-central-1")
    session.set_credentials("an-id", "a-secret", token)
    outcomes = [outcome(client) for client in pair(session, wire)]
    assert outcomes[0] == outcomes[1]
    assert not any("x-other" in asked.headers or is_fast(wire) for asked in wire.asked)


def test_other_ways_are_left_to_botocore(
    session: botocore.session.Session, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Operations that nobody waits for, clients that repeat by themselves, proxies, and addresses with a path."""
    wire.replies = [sends(says(FOUND))]
    client_of(session, wire).describe_table(TableName="t")
    assert not is_fast(wire)
    settings = Settings(table_name="t", endpoint=wire.address)
    make_client(session, settings, READ_S, attempts=2).get_item(**NAMED)
    assert not is_fast(wire)
    deeper = replace(settings, endpoint=f"{wire.address}/deeper")
    make_client(session, deeper, READ_S).get_item(**NAMED)
    assert wire.asked[-1].first == "POST /deeper HTTP/1.1"
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, wire.address)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    named = wire.address.replace("127.0.0.1", "localhost")
    make_client(session, replace(settings, endpoint=named), READ_S).get_item(**NAMED)
    assert wire.asked[-1].first == f"POST {named}/ HTTP/1.1"


def test_stores_of_the_contract_take_both_ways(local: Store, moto_store: Store) -> None:
    """DynamoDB Local is asked the short way, moto botocore's."""
    for store, fast in ((local, True), (moto_store, False)):
        assert isinstance(store.storage, DynamoDBStorage)
        seen: list[str] = []

        def note(request: Any, seen: list[str] = seen, **_: object) -> None:  # noqa: ANN401
            seen.append(str(request.headers["Authorization"]))

        events = store.storage.table.clients.single().meta.events
        events.register_first("before-send.dynamodb", note)
        store.storage.load_session("nobody")
        events.unregister("before-send.dynamodb", note)
        assert ("content-type" not in seen[0]) is fast


def test_moto_answers_the_short_way_too(moto_store: Store) -> None:
    storage = DynamoDBStorage(replace(moto_store.settings, fast_transport=True), SECRET, moto_store.clock)
    session = a_session(moto_store.clock())
    storage.start_session(session)
    assert storage.load_session(session.sid) == session
    assert moto_store.storage.load_session(session.sid) == session
