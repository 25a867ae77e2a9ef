"""Tokens: what a script may do with one, and what only a person may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from flavorbot.counting import LogNames
from tests.web.client import CarefulClient
from tests.web.conftest import Clock, MakeApp, browser, sign_in, sign_up

RECIPE = {"title": "Rice", "ingredients": ["200 g rice"]}
Visitor = Callable[[], CarefulClient]


class Script:
    """Speaks with a token alone, from nowhere in particular."""

    def __init__(self, client: CarefulClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}", "Sec-Fetch-Site": "cross-site"}

    def __call__(self, method: str, path: str, **sent: Any) -> TestResponse:  # noqa: ANN401
        return self.client.open(path, method=method, headers=self.headers | sent.pop("headers", {}), **sent)


def make(client: CarefulClient, **values: object) -> dict[str, Any]:
    answer = client.post("/api/v1/tokens", json={"name": "backup", **values})
    assert answer.status_code == 201
    made: dict[str, Any] = answer.get_json()
    return made


@pytest.fixture
def reader(client: CarefulClient, visitor: Visitor) -> Script:
    sign_up(client)
    return Script(visitor(), make(client)["token"])


@pytest.fixture
def writer(client: CarefulClient, visitor: Visitor) -> Script:
    sign_up(client)
    return Script(visitor(), make(client, scope="write")["token"])


def test_a_token_is_told_once(client: CarefulClient) -> None:
    sign_up(client)
    made = make(client, scope="write", days=7)
    assert made["token"].startswith("fbt_")
    assert len(made["token"]) == 47
    listed = client.get("/api/v1/tokens").get_json()["items"]
    assert listed == [
        {
            "id": made["id"],
            "name": "backup",
            "scope": "write",
            "created_at": "2026-11-21T12:00:00Z",
            "expires_at": "2026-11-28T12:00:00Z",
            "last_used_at": None,
        }
    ]
    assert made["expires_at"] == "2026-11-28T12:00:00Z"


def test_a_reading_token_reads_and_changes_nothing(client: CarefulClient, reader: Script) -> None:
    recipe = client.post("/api/v1/recipes", json=RECIPE).get_json()
    assert reader("GET", "/api/v1/me").get_json()["user"]["name"] == "Ada"
    assert [each["title"] for each in reader("GET", "/api/v1/recipes").get_json()["items"]] == ["Rice"]
    assert reader("GET", f"/recipes/{recipe['id']}.md").status_code == 200
    refused = [
        reader("POST", "/api/v1/recipes", json=RECIPE),
        reader("PATCH", f"/api/v1/recipes/{recipe['id']}", json={"title": "x"}, headers={"If-Match": '"1"'}),
        reader("DELETE", f"/api/v1/recipes/{recipe['id']}"),
        reader("POST", f"/recipes/{recipe['id']}/delete"),
        reader("POST", "/api/v1/generate", json={"ingredients": ["rice"]}),
    ]
    assert [answer.status_code for answer in refused] == [403] * 5
    assert client.get(f"/api/v1/recipes/{recipe['id']}").get_json() == recipe


def test_a_writing_token_saves_and_deletes(client: CarefulClient, writer: Script) -> None:
    made = writer("POST", "/api/v1/recipes", json=RECIPE)
    assert made.status_code == 201
    assert client.get(made.location).get_json()["title"] == "Rice"
    assert writer("DELETE", made.location).status_code == 204


def test_a_script_gets_no_cookie_and_no_session(writer: Script, calls: list[str]) -> None:
    writer("GET", "/api/v1/me")
    calls.clear()
    answer = writer("POST", "/api/v1/recipes", json=RECIPE)
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Authorization"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert calls == ["access_token", "get_user", "create_recipe"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/tokens"),
        ("POST", "/api/v1/tokens"),
        ("DELETE", "/api/v1/tokens/01KB0000000000000000000000"),
        ("GET", "/api/v1/sessions"),
        ("DELETE", "/api/v1/sessions"),
        ("POST", "/api/v1/auth/login"),
        ("POST", "/api/v1/auth/logout"),
        ("POST", "/api/v1/auth/register"),
        ("GET", "/account"),
        ("POST", "/account"),
        ("GET", "/account/tokens"),
        ("POST", "/account/tokens"),
        ("POST", "/account/sessions/end-others"),
    ],
)
def test_a_token_does_not_open_the_account(client: CarefulClient, writer: Script, method: str, path: str) -> None:
    sent = {"json": {"name": "more"}} if path.startswith("/api") else {"data": {"name": "more"}}
    assert writer(method, path, **(sent if method == "POST" else {})).status_code == 403
    assert len(client.get("/api/v1/tokens").get_json()["items"]) == 1
    assert client.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "fbt_", "fbt_" + "A" * 43, "fbt_" + "é" * 43, "fbt_" + "A" * 9_000])
def test_what_is_no_token_opens_nothing_not_even_beside_a_cookie(client: CarefulClient, token: str) -> None:
    sign_up(client)
    answer = Script(client, token)("GET", "/api/v1/me")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "Set-Cookie" not in answer.headers
    assert Script(client, token)("POST", "/api/v1/recipes", json=RECIPE).status_code == 401


def test_a_token_counts_before_the_cookie_beside_it(client: CarefulClient, visitor: Visitor) -> None:
    sign_up(client)
    token = make(client)["token"]
    bea = visitor()
    sign_up(bea, "bea@example.com", "Bea")
    assert Script(bea, token)("GET", "/api/v1/me").get_json()["user"]["name"] == "Ada"
    assert bea.get("/api/v1/me").get_json()["user"]["name"] == "Bea"


def test_an_ended_token_opens_nothing(client: CarefulClient, visitor: Visitor) -> None:
    sign_up(client)
    made = make(client)
    script = Script(visitor(), made["token"])
    assert script("GET", "/api/v1/me").status_code == 200
    assert client.delete(f"/api/v1/tokens/{made['id']}").status_code == 204
    assert script("GET", "/api/v1/me").status_code == 401
    assert client.delete(f"/api/v1/tokens/{made['id']}").status_code == 404


def test_a_token_ends_with_its_days(client: CarefulClient, visitor: Visitor, clock: Clock) -> None:
    sign_up(client)
    script = Script(visitor(), make(client, days=1)["token"])
    clock.pass_by(hours=23)
    assert script("GET", "/api/v1/me").status_code == 200
    clock.pass_by(hours=1)
    assert script("GET", "/api/v1/me").status_code == 401


def test_use_is_noted_at_most_once_an_hour(
    client: CarefulClient, reader: Script, clock: Clock, calls: list[str]
) -> None:
    for minutes, noted in ((0, True), (59, False), (2, True)):
        clock.pass_by(minutes=minutes)
        calls.clear()
        reader("GET", "/api/v1/me")
        assert ("touch_access_token" in calls) is noted
    assert client.get("/api/v1/tokens").get_json()["items"][0]["last_used_at"] == "2026-11-21T13:01:00Z"


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scope": "admin"}, {"days": 0}, {"days": 366}, {"days": "soon"}])
def test_a_token_that_cannot_be_made_says_why(client: CarefulClient, wrong: dict[str, object]) -> None:
    sign_up(client)
    answer = client.post("/api/v1/tokens", json={"name": "x", **wrong})
    assert answer.status_code == 422
    assert [each["field"] for each in answer.get_json()["errors"]] == list(wrong)
    page = client.post("/account/tokens", data={"name": "kept", **wrong})
    assert page.status_code == 422
    assert "name" in wrong or 'value="kept"' in page.text
    assert client.get("/api/v1/tokens").get_json()["items"] == []


def test_fifty_tokens_are_enough(client: CarefulClient) -> None:
    sign_up(client)
    for _ in range(50):
        make(client)
    assert client.post("/api/v1/tokens", json={"name": "one more"}).status_code == 409
    assert client.post("/account/tokens", data={"name": "one more"}).status_code == 409


def test_the_page_makes_shows_and_ends_tokens(client: CarefulClient, visitor: Visitor) -> None:
    sign_up(client)
    made = client.post("/account/tokens", data={"name": "<b>cron</b>", "scope": "write", "days": "30"})
    assert made.status_code == 201
    assert made.headers["Cache-Control"] == "private, no-store"
    text = made.text.partition('value="fbt_')[2].partition('"')[0]
    assert Script(visitor(), f"fbt_{text}")("GET", "/api/v1/me").status_code == 200
    page = client.get("/account/tokens").text
    assert "&lt;b&gt;cron&lt;/b&gt;" in page
    assert text not in page
    token_id = client.get("/api/v1/tokens").get_json()["items"][0]["id"]
    ended = client.post(f"/account/tokens/{token_id}/end")
    assert ended.location == "/account/tokens?done=token-ended"
    assert Script(visitor(), f"fbt_{text}")("GET", "/api/v1/me").status_code == 401


def test_guessing_tokens_is_slowed_down(make_app: MakeApp) -> None:
    script = Script(browser(make_app(rates=True)), "fbt_" + "A" * 43)
    answers = [script("GET", "/api/v1/me").status_code for _ in range(61)]
    assert answers == [401] * 60 + [429]


def test_the_log_names_the_person_and_never_the_token(
    client: CarefulClient, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    user_id = sign_up(client)
    token = make(client)["token"]
    caplog.clear()
    Script(visitor(), token)("GET", "/api/v1/me")
    names: LogNames = client.application.extensions["flavorbot"].log_names
    assert names.of(user_id) in caplog.text
    assert user_id not in caplog.text
    assert token[4:] not in caplog.text


def test_tokens_stay_when_a_device_signs_out(client: CarefulClient, visitor: Visitor) -> None:
    sign_up(client)
    script = Script(visitor(), make(client)["token"])
    client.post("/logout")
    assert script("GET", "/api/v1/me").status_code == 200
    sign_in(client)
    assert len(client.get("/api/v1/tokens").get_json()["items"]) == 1
