"""What a session promises: when it costs something, what is kept, and when it ends."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from flask import Flask

from flavorbot.errors import InvalidInput
from flavorbot.interfaces import IStorage
from flavorbot.sessions import StorageSession
from flavorbot.sessions.browser import browser_name
from flavorbot.sessions.tokens import is_ours, new_value, sid_of
from tests.web.client import CarefulClient
from tests.web.conftest import Break, Clock, MakeApp, sign_up
from tests.web.toys import add_toys, tab

FOREVER = "Thu, 01 Jan 1970"


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return add_toys(make_app())


def test_anonymous_visitors_get_no_cookie(client: CarefulClient, calls: list[str]) -> None:
    assert client.get("/look").json == {}
    assert client.cookie is None
    assert calls == []


@pytest.mark.parametrize(
    "value",
    [new_value(b"another secret"), "x" * 3_000, "x" * 8_000, "", "é", "a.b", f"{'A' * 43}.{'A' * 43}", "\x00;="],
    ids=range(8),
)
def test_a_made_up_cookie_costs_nothing(app: Flask, calls: list[str], value: str) -> None:
    answer = app.test_client(use_cookies=False).get("/look", headers={"Cookie": f"flavorbot={value}"})
    assert answer.json == {}
    assert calls == []


def test_of_two_cookies_ours_counts(app: Flask, client: CarefulClient) -> None:
    client.post("/put", data={"colour": "red"})
    both = {"Cookie": f"flavorbot=made-up; flavorbot={client.cookie}"}
    assert app.test_client(use_cookies=False).get("/look", headers=both).json == {"colour": "red"}


def test_tokens_never_repeat() -> None:
    values = {new_value(b"key") for _ in range(1_000)}
    assert len(values) == 1_000
    assert all(is_ours(value, b"key") and not is_ours(value, b"another") for value in values)
    assert all(len(value) == 87 for value in values)


def test_a_changed_token_is_not_ours() -> None:
    value = new_value(b"key")
    for position in (0, 20, 42, 43, 44, 60, 86):
        other = "B" if value[position] == "A" else "A"
        assert not is_ours(value[:position] + other + value[position + 1 :], b"key")


def test_the_store_keeps_a_hash_of_the_cookie(client: CarefulClient, storage: IStorage) -> None:
    client.post("/put", data={"colour": "red"})
    assert client.cookie
    sid = hashlib.sha256(client.cookie.encode()).hexdigest()
    stored = storage.load_session(sid)
    assert stored
    assert stored.data == {"colour": '"red"'}


@pytest.mark.parametrize(("env", "name"), [("production", "__Host-flavorbot"), ("development", "flavorbot")])
def test_the_cookie_follows_the_settings(make_app: MakeApp, env: str, name: str) -> None:
    app = add_toys(make_app(env=env))
    answer = app.test_client().post("/put", data={"a": "b"}, base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{name}=")
    assert all(part in cookie for part in ("HttpOnly", "Path=/", "SameSite=Lax", "Expires=Mon, 21 Dec 2026"))
    assert ("Secure" in cookie) == (env == "production")
    assert "Domain" not in cookie


@pytest.mark.parametrize("path", ["/look", "/has"])
def test_looking_varies_by_cookie(client: CarefulClient, path: str) -> None:
    assert client.get(path).headers["Vary"] == "Cookie"


@pytest.mark.parametrize("path", ["/blind", "/static/css/base.css", "/nowhere", "/healthz"])
def test_pages_that_do_not_look_cost_nothing(client: CarefulClient, calls: list[str], path: str) -> None:
    client.post("/put", data={"colour": "red"})
    calls.clear()
    answer = client.get(path)
    assert calls == []
    assert "cookie" not in answer.headers.get("Vary", "").lower()
    assert "Set-Cookie" not in answer.headers


def test_looking_costs_one_call(client: CarefulClient, calls: list[str]) -> None:
    client.post("/put", data={"colour": "red"})
    assert calls == ["start_session"]
    client.get("/look")
    assert calls == ["start_session", "load_session"]


def test_changing_costs_one_call_more(client: CarefulClient, calls: list[str]) -> None:
    client.post("/put", data={"colour": "red"})
    calls.clear()
    assert "Set-Cookie" in client.post("/put", data={"colour": "blue"}).headers
    assert calls == ["load_session", "save_session"]


def test_writing_the_same_again_saves_nothing(client: CarefulClient, calls: list[str]) -> None:
    client.post("/put", data={"colour": "red"})
    calls.clear()
    assert "Set-Cookie" not in client.post("/put", data={"colour": "red"}).headers
    assert calls == ["load_session"]


def test_changes_inside_a_value_are_saved(client: CarefulClient) -> None:
    client.post("/append")
    client.post("/append")
    assert client.get("/look").json == {"list": [1, 1]}


def test_requests_that_change_different_keys_keep_both(client: CarefulClient, app: Flask) -> None:
    client.post("/put", data={"colour": "red"})
    app.config["MEANWHILE"] = lambda: tab(client).post("/put", data={"colour": "blue", "size": "9"})
    client.post("/slow")
    assert client.get("/look").json == {"colour": "blue", "size": "9", "slow": "done"}


def test_a_session_is_touched_every_five_minutes(client: CarefulClient, calls: list[str], clock: Clock) -> None:
    client.post("/put", data={"colour": "red"})
    calls.clear()
    clock.pass_by(minutes=4)
    assert "Set-Cookie" not in client.get("/look").headers
    clock.pass_by(minutes=1)
    assert "Set-Cookie" in client.get("/look").headers
    assert "Set-Cookie" not in client.get("/look").headers
    assert calls == ["load_session", "load_session", "save_session", "load_session"]


def test_idle_sessions_end(client: CarefulClient, clock: Clock) -> None:
    client.post("/put", data={"colour": "red"})
    clock.pass_by(days=29)
    assert client.get("/look").json == {"colour": "red"}
    clock.pass_by(days=30)
    assert client.get("/look").json == {}


def test_busy_sessions_end_too(client: CarefulClient, clock: Clock) -> None:
    client.post("/put", data={"colour": "red"})
    for _ in range(8):
        clock.pass_by(days=11)
        assert client.get("/look").json == {"colour": "red"}
    clock.pass_by(days=2)
    assert client.get("/look").json == {}


def test_clearing_ends_the_session(client: CarefulClient, calls: list[str]) -> None:
    client.post("/put", data={"colour": "red"})
    calls.clear()
    assert FOREVER in client.post("/clear").headers["Set-Cookie"]
    assert calls == ["load_session", "end_session"]


def test_an_unknown_id_is_never_adopted(client: CarefulClient, app: Flask) -> None:
    value = new_value(app.session_interface.key)  # type: ignore[attr-defined]
    client.set_cookie("flavorbot", value)
    client.post("/put", data={"colour": "red"})
    assert client.cookie != value
    assert client.get("/look").json == {"colour": "red"}


@pytest.mark.parametrize(
    "use",
    [
        lambda one: "colour" in one, lambda one: one["colour"] == "red", lambda one: len(one) == 1, bool, list, dict,
        lambda one: one == {"colour": "red"}, lambda one: one.get("colour"), lambda one: one.copy(),
        lambda one: one | {"size": "9"} == {"colour": "red", "size": "9"}, lambda one: list(one.items()),
        lambda one: one.pop("colour"), lambda one: one.setdefault("colour") == "red", lambda one: one.popitem(),
    ],
)  # fmt: skip
def test_every_way_of_looking_reads_it(client: CarefulClient, storage: IStorage, use: Callable[..., object]) -> None:
    client.post("/put", data={"colour": "red"})
    sid = sid_of(client.cookie or "")
    one = StorageSession(storage.load_session, sid)
    assert use(one)
    assert one.looked_at


def test_every_way_of_changing_reads_it_first(client: CarefulClient, storage: IStorage) -> None:
    client.post("/put", data={"colour": "red"})
    one = StorageSession(storage.load_session, sid_of(client.cookie or ""))
    one |= {"size": "9"}
    assert one.changes() == {"size": '"9"'}
    one.clear()
    assert one.changes() == {"colour": None}


def test_over_32_kb_is_refused_where_it_is_written() -> None:
    one = StorageSession(lambda sid: None)
    one["small"] = "x" * 1_000
    with pytest.raises(InvalidInput):
        one["large"] = "é" * 16_000
    assert dict(one) == {"small": "x" * 1_000}


def test_only_json_can_be_written() -> None:
    with pytest.raises(TypeError):
        StorageSession(lambda sid: None)["when"] = object()


def test_nothing_is_saved_on_a_failure(client: CarefulClient, calls: list[str]) -> None:
    client.post("/put", data={"colour": "red"})
    calls.clear()
    assert client.post("/fail", data={"colour": "blue"}).status_code == 500
    assert calls == ["load_session"]


def test_pages_without_session_work_when_storage_is_down(client: CarefulClient, break_storage: Break) -> None:
    break_storage("load_session")
    assert client.get("/blind").status_code == 200
    assert client.get("/login").status_code == 200


def test_other_pages_are_unavailable_and_keep_the_cookie(client: CarefulClient, break_storage: Break) -> None:
    client.post("/put", data={"colour": "red"})
    own = client.cookie
    break_storage("load_session")
    for answer in (client.get("/look"), client.get("/login"), client.post("/logout")):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert "Set-Cookie" not in answer.headers
    assert client.cookie == own


def test_a_change_that_cannot_be_saved_is_told(client: CarefulClient, break_storage: Break) -> None:
    client.post("/put", data={"colour": "red"})
    break_storage("save_session")
    answer = client.post("/put", data={"colour": "blue"})
    assert answer.status_code == 503
    assert "Set-Cookie" not in answer.headers
    assert "put" not in answer.text.split("<body>")[0]


def test_a_touch_that_fails_harms_nobody(client: CarefulClient, break_storage: Break, clock: Clock) -> None:
    client.post("/put", data={"colour": "red"})
    clock.pass_by(minutes=6)
    break_storage("save_session")
    answer = client.get("/look")
    assert answer.json == {"colour": "red"}
    assert "Set-Cookie" not in answer.headers


def test_regenerating_keeps_the_data_under_a_new_id(client: CarefulClient) -> None:
    client.post("/put", data={"colour": "red"})
    old = tab(client)
    client.post("/regenerate")
    assert client.get("/look").json == {"colour": "red"}
    assert old.get("/look").json == {}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("<script>alert(1)</script>", "Unknown browser"),
    ],
)
def test_a_device_is_named_by_its_browser(line: str, name: str) -> None:
    assert browser_name(line) == name


def test_sign_in_carries_the_guest_along(client: CarefulClient) -> None:
    client.post("/put", data={"guest": "g1"})
    sign_up(client)
    sign_up(client, "bob@example.com")
    assert client.get("/look").json["guest"] == "g1"  # type: ignore[index]
