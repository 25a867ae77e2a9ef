"""The ten known faults of Flask-Session 0.8.0's DynamoDB backend, none of which ours may have."""

from __future__ import annotations

import pickle
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from flask import Flask

from flavorbot.interfaces import IStorage
from flavorbot.model import Session
from flavorbot.sessions.tokens import new_value, sid_of
from tests.web.client import CarefulClient
from tests.web.conftest import REGION, TABLE, Break, Clock, MakeApp, sign_up
from tests.web.toys import add_toys, tab

Damage = Callable[[CarefulClient, bytes | str], None]


@pytest.fixture(params=["sqlite", "dynamodb"])
def app(request: pytest.FixtureRequest, make_app: MakeApp) -> Flask:
    if request.param == "sqlite":
        return add_toys(make_app())
    request.getfixturevalue("aws")
    return add_toys(make_app(table_name=TABLE, region=REGION))


@pytest.fixture
def damage(request: pytest.FixtureRequest, app: Flask, tmp_path: Path) -> Damage:
    """Put something else in place of what a session holds under the key `colour`."""

    def in_sqlite(client: CarefulClient, content: bytes | str) -> None:
        content = content if isinstance(content, str) else content.decode("latin-1")  # the column takes no bytes
        with closing(sqlite3.connect(tmp_path / "flavorbot.sqlite")) as connection, connection:
            connection.execute("UPDATE session_values SET value = ? WHERE key = 'colour'", [content])

    def in_dynamodb(client: CarefulClient, content: bytes | str) -> None:
        boto3.resource("dynamodb", REGION).Table(TABLE).update_item(
            Key={"PK": f"SESSION#{sid_of(client.cookie or '')}", "SK": "DATA"},
            UpdateExpression="SET #data.colour = :content",
            ExpressionAttributeNames={"#data": "data"},
            ExpressionAttributeValues={":content": content},
        )

    return in_sqlite if request.node.callspec.params["app"] == "sqlite" else in_dynamodb


class Bomb:
    """Unpickled, it leaves a file behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self.path,))


def test_expired_items_are_not_accepted(app: Flask, client: CarefulClient, storage: IStorage, clock: Clock) -> None:
    value, past = new_value(app.session_interface.key), clock() - timedelta(seconds=1)  # type: ignore[attr-defined]
    stale = Session(
        sid=sid_of(value),
        data={"colour": '"red"'},
        created_at=past - timedelta(days=1),
        last_seen_at=past - timedelta(days=1),
        expires_at=past,
        ends_at=past + timedelta(days=60),
    )
    storage.start_session(stale)
    client.set_cookie("flavorbot", value)
    assert client.get("/look").json == {}


def test_time_to_live_is_switched_on(aws: None, make_app: MakeApp, clock: Clock) -> None:
    table = boto3.client("dynamodb", REGION)
    lives = table.describe_time_to_live(TableName=TABLE)["TimeToLiveDescription"]
    assert (lives["TimeToLiveStatus"], lives["AttributeName"]) == ("ENABLED", "ttl")
    add_toys(make_app(table_name=TABLE, region=REGION)).test_client().post("/put", data={"colour": "red"})
    [item] = table.scan(TableName=TABLE)["Items"]
    assert int(item["ttl"]["N"]) == int((clock() + timedelta(days=30)).timestamp())


def test_expiry_is_right_away_from_utc(
    client: CarefulClient, storage: IStorage, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        answer = client.post("/put", data={"colour": "red"})
        stored = storage.load_session(sid_of(client.cookie or ""))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert stored
    assert stored.expires_at == clock() + timedelta(days=30) == datetime(2026, 12, 21, 12, tzinfo=UTC)
    assert "Expires=Mon, 21 Dec 2026 12:00:00 GMT" in answer.headers["Set-Cookie"]


def test_signing_in_gives_a_new_id(client: CarefulClient, storage: IStorage) -> None:
    client.post("/put", data={"guest": "g1"})
    before = client.cookie or ""
    sign_up(client)
    assert client.cookie != before
    assert storage.load_session(sid_of(before)) is None


def test_a_slow_request_brings_no_session_back(app: Flask, client: CarefulClient) -> None:
    sign_up(client)
    other, cookie = tab(client), client.cookie or ""
    app.config["MEANWHILE"] = lambda: client.post("/logout")
    assert "Set-Cookie" not in other.post("/slow").headers
    other.set_cookie("flavorbot", cookie)
    assert other.get("/look").json == {}


def test_a_stored_pickle_is_never_run(client: CarefulClient, damage: Damage, tmp_path: Path) -> None:
    client.post("/put", data={"colour": "red"})
    damage(client, pickle.dumps(Bomb(tmp_path / "ran")))
    assert client.get("/look").json == {}
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, b"\xdf\xff\xff\xff\xff", b"\xff"])
def test_damaged_items_are_no_session(client: CarefulClient, damage: Damage, content: bytes | str) -> None:
    client.post("/put", data={"colour": "red"})
    damage(client, content)
    answer = client.get("/look")
    assert (answer.status_code, answer.json) == (200, {})


def test_a_long_cookie_is_no_session(app: Flask, calls: list[str]) -> None:
    answer = app.test_client(use_cookies=False).get("/look", headers={"Cookie": f"flavorbot={'x' * 3_000}"})
    assert (answer.status_code, answer.json, calls) == (200, {}, [])


def test_a_store_that_is_down_is_no_500(client: CarefulClient, break_storage: Break) -> None:
    client.post("/put", data={"colour": "red"})
    break_storage("load_session", "save_session")
    assert client.get("/look").status_code == 503
    assert client.get("/blind").status_code == 200


def test_reading_writes_nothing(client: CarefulClient, calls: list[str]) -> None:
    client.post("/put", data={"colour": "red"})
    calls.clear()
    assert "Set-Cookie" not in client.get("/look").headers
    assert len(calls) == 1


@pytest.mark.parametrize("path", ["/blind", "/static/css/base.css"])
def test_pages_that_never_look_read_nothing(client: CarefulClient, calls: list[str], path: str) -> None:
    client.post("/put", data={"colour": "red"})
    calls.clear()
    assert client.get(path).status_code == 200
    assert calls == []


def test_the_cookie_is_deleted_with_secure(make_app: MakeApp) -> None:
    client = make_app(env="production").test_client()
    set_cookie, deleted = (
        client.post(path, json=body, base_url="https://localhost").headers["Set-Cookie"]
        for path, body in (
            ("/api/v1/auth/register", {"email": "ada@example.com", "password": "a long enough phrase"}),
            ("/api/v1/auth/logout", {}),
        )
    )
    for cookie in (set_cookie, deleted):
        assert cookie.startswith("__Host-flavorbot=")
        assert all(part in cookie for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Expires=Thu, 01 Jan 1970" in deleted
