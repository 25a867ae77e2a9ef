"""Nobody reaches what is someone else's, by any route that takes an id."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from flavorbot.model import Identity
from flavorbot.web.services import Services
from tests.web.authenticator import Device
from tests.web.client import CarefulClient
from tests.web.conftest import sign_up

FORM = {
    "question": "for 8",
    "title": "Stolen",
    "name": "Stolen",
    "step": "out",
    "ingredients": "1 egg",
    "version": "1",
    "instruction": "spicier",
    "request_id": str(uuid4()),
    "on": "2026-11-20",
}
JSON = {
    "name": "Stolen",
    "recipe_ids": ["01ARZ3NDEKTSV4RRFFQ69G5FAV"],
    "title": "Stolen",
    "ingredients": ["1 egg"],
    "instruction": "spicier",
    "on": "2026-11-20",
}
ROUTES = [
    ("GET", "/recipes/{recipe}"),
    ("GET", "/recipes/{recipe}?servings=4&units=us"),
    ("GET", "/recipes/{recipe}/edit"),
    ("GET", "/recipes/{recipe}.jsonld"),
    ("GET", "/recipes/{recipe}.md"),
    ("GET", "/recipes/{recipe}.cook"),
    ("GET", "/recipes/{recipe}/print"),
    ("GET", "/recipes/{recipe}/picture"),
    ("GET", "/recipes/{recipe}/cook"),
    ("POST", "/recipes/{recipe}/cooked"),
    ("POST", "/recipes/{recipe}/cooked/delete"),
    ("POST", "/recipes/{recipe}/note"),
    ("GET", "/recipes/{recipe}/history"),
    ("GET", "/recipes/{recipe}/history/1"),
    ("POST", "/recipes/{recipe}/history/1/restore"),
    ("GET", "/recipes/{recipe}/share"),
    ("POST", "/recipes/{recipe}/share"),
    ("POST", "/recipes/{recipe}/share/end"),
    ("POST", "/recipes/{recipe}/share/send"),
    ("GET", "/recipes/{recipe}/collections"),
    ("POST", "/recipes/{recipe}/collections"),
    ("GET", "/collections/{collection}"),
    ("GET", "/collections/{collection}/edit"),
    ("POST", "/collections/{collection}/edit"),
    ("POST", "/collections/{collection}/move"),
    ("POST", "/collections/{collection}/delete"),
    ("GET", "/collections/{collection}/export.zip"),
    ("POST", "/recipes/{recipe}/delete"),
    ("POST", "/recipes/{deleted}/restore"),
    ("POST", "/recipes/{deleted}/purge"),
    ("GET", "/import/{import}"),
    ("POST", "/import/{import}/continue"),
    ("POST", "/import/{import}/retry"),
    ("POST", "/import/{import}/delete"),
    ("GET", "/drafts/{draft}"),
    ("GET", "/?from={draft}"),
    ("POST", "/drafts/{draft}/refine"),
    ("POST", "/drafts/{draft}/ask"),
    ("POST", "/drafts/{draft}/ask/{question}/accept"),
    ("POST", "/drafts/{draft}/ask/{question}/refuse"),
    ("POST", "/recipes/{recipe}/ask"),
    ("POST", "/recipes/{recipe}/ask/{question}/accept"),
    ("POST", "/recipes/{recipe}/ask/{question}/refuse"),
    ("GET", "/api/v1/recipes/{recipe}"),
    ("PUT", "/api/v1/recipes/{recipe}"),
    ("PATCH", "/api/v1/recipes/{recipe}"),
    ("DELETE", "/api/v1/recipes/{recipe}"),
    ("POST", "/api/v1/recipes/{deleted}/restore"),
    ("POST", "/api/v1/recipes/{recipe}/cooked"),
    ("POST", "/api/v1/recipes/{recipe}/share"),
    ("DELETE", "/api/v1/recipes/{recipe}/share"),
    ("GET", "/api/v1/collections/{collection}"),
    ("PUT", "/api/v1/collections/{collection}"),
    ("DELETE", "/api/v1/collections/{collection}"),
    ("POST", "/api/v1/collections/{collection}/recipes"),
    ("DELETE", "/api/v1/collections/{collection}/recipes/{recipe}"),
    ("GET", "/api/v1/drafts/{draft}"),
    ("POST", "/api/v1/drafts/{draft}/refine"),
    ("DELETE", "/api/v1/sessions/{session}"),
    ("DELETE", "/api/v1/tokens/{access}"),
    ("POST", "/account/tokens/{access}/end"),
    ("POST", "/account/passkeys/{passkey}/delete"),
    ("POST", "/account/identities/{identity}/unlink"),
]
# Refused otherwise, or shown without anything of Ada's: looked at one by one below. What a link shows: test_public.py.
ALSO = {
    "/recipes/<recipe_id>/edit", "/account/sessions/<sid>/end", "/api/v1/usage/<month>", "/static/<path:filename>",
    "/r/<token>", "/r/<token>/copy", "/r/<token>/picture", "/deleted/<ticket>", "/deleted/<ticket>/continue",
    "/reset/<token>", "/confirm/<token>",
    "/login/<provider:provider>", "/login/<provider:provider>/callback", "/account/identities/<provider>/link",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("generator")


@pytest.fixture
def hers(client: CarefulClient) -> dict[str, Any]:
    """What Ada owns, and how it is found."""
    sign_up(client)
    made = [client.post("/api/v1/recipes", json={**JSON, "title": "Ada's secret"}).get_json() for _ in range(2)]
    client.delete(f"/api/v1/recipes/{made[1]['id']}")
    client.patch(f"/api/v1/recipes/{made[0]['id']}", json={"notes": "secret"}, headers={"If-Match": '"1"'})
    hers_alone = client.post(f"/api/v1/recipes/{made[0]['id']}/share").get_json()["url"].partition("/r/")[2]
    draft = client.post("/api/v1/generate", json={"ingredients": ["secret"]}).get_json()
    question = str(uuid4())
    client.post(f"/drafts/{draft['draft_id']}/ask", data={"question": "for 8", "request_id": question})
    brought = client.post("/import", data={"text": json.dumps([{"@type": "Recipe", "name": "secret"}, "x"] * 2)})
    session = client.get("/api/v1/sessions").get_json()["items"][0]
    shelf = client.post("/api/v1/collections", json={"name": "Ada's secret", "recipe_ids": [made[0]["id"]]}).get_json()
    hers = {"recipe": made[0]["id"], "deleted": made[1]["id"], "draft": draft["draft_id"], "session": session["id"]}
    access = client.post("/api/v1/tokens", json={"name": "secret"}).get_json()["id"]
    ids = {"question": question, "collection": shelf["id"], "import": brought.location.rpartition("/")[2]}
    return (
        hers | ids | {"token": hers_alone, "access": access, "passkey": add_passkey(client), "identity": link(client)}
    )


def link(client: CarefulClient) -> str:
    """Ada signs in with an outside identity, too."""
    found: Services = client.application.extensions["flavorbot"]
    owner = client.get("/api/v1/me").get_json()["user"]["id"]
    identity = Identity(
        issuer="https://id.example.com", subject="ada-1", user_id=owner, label="secret", created_at=found.now()
    )
    found.storage.add_identity(identity)
    return identity.id


def add_passkey(client: CarefulClient) -> str:
    device = Device()
    made = device.make(client.post("/account/passkeys/options").get_json())
    client.post("/account/passkeys", data={"credential": made, "name": "secret"})
    return hashlib.sha256(device.credential_id).hexdigest()


@pytest.fixture
def stranger(visitor: Callable[[], CarefulClient]) -> CarefulClient:
    browser = visitor()
    sign_up(browser, "bea@example.com")
    return browser


def everything(client: CarefulClient, hers: dict[str, Any]) -> list[Any]:
    """All that Ada has, as she sees it."""
    own = (
        f"/api/v1/recipes/{hers['recipe']}",
        f"/api/v1/drafts/{hers['draft']}",
        "/api/v1/usage",
        "/api/v1/collections",
        "/api/v1/tokens",
    )
    paths = ("/api/v1/recipes", f"/api/v1/collections/{hers['collection']}", *own)
    return [
        *(client.get(path).get_json() for path in paths),
        re.findall(r"<h2>.*?</h2>", client.get("/recipes/bin").text),
        client.get(f"/import/{hers['import']}").text,
        client.get(f"/recipes/{hers['recipe']}/share").text,
        client.get("/account/passkeys").text,
        client.get("/account/identities").text,
    ]


def send(browser: CarefulClient, method: str, path: str) -> Any:  # noqa: ANN401
    if path.startswith("/api/") and method in ("POST", "PUT", "PATCH"):
        return browser.open(path, method=method, json=JSON, headers={"If-Match": '"1"'})
    return browser.open(path, method=method, data=FORM if method == "POST" else None)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_stranger_finds_nothing(
    client: CarefulClient, stranger: CarefulClient, hers: dict[str, Any], method: str, path: str
) -> None:
    before = everything(client, hers)
    answer = send(stranger, method, path.format(**hers))
    assert answer.status_code == 404
    assert "secret" not in answer.text
    assert everything(client, hers) == before


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_visitor_finds_nothing(
    client: CarefulClient, visitor: Callable[[], CarefulClient], hers: dict[str, Any], method: str, path: str
) -> None:
    before = everything(client, hers)
    answer = send(visitor(), method, path.format(**hers))
    assert answer.status_code in (303, 401, 404)
    assert "secret" not in answer.text
    assert everything(client, hers) == before


def test_a_strangers_edit_stays_theirs(client: CarefulClient, stranger: CarefulClient, hers: dict[str, Any]) -> None:
    before = everything(client, hers)
    answer = stranger.post(f"/recipes/{hers['recipe']}/edit", data=FORM)
    assert answer.status_code == 404
    assert "secret" not in answer.text
    assert everything(client, hers) == before


def test_saving_takes_only_own_drafts(stranger: CarefulClient, hers: dict[str, Any]) -> None:
    assert stranger.post("/recipes", data={"draft_id": hers["draft"]}).status_code == 404
    assert stranger.post("/api/v1/recipes", json={"draft_id": hers["draft"]}).status_code == 404


def test_asking_is_about_ones_own(stranger: CarefulClient, hers: dict[str, Any]) -> None:
    for about in ({"draft_id": hers["draft"]}, {"recipe_id": hers["recipe"]}):
        assert stranger.post("/api/v1/ask", json={"question": "What is in it?", **about}).status_code == 404


def test_emptying_the_bin_empties_ones_own(
    client: CarefulClient, stranger: CarefulClient, hers: dict[str, Any]
) -> None:
    assert "secret" not in stranger.get("/recipes/bin").text
    stranger.post("/recipes/bin/empty")
    assert "secret" in client.get("/recipes/bin").text


def test_lists_and_cursors_are_ones_own(client: CarefulClient, stranger: CarefulClient, hers: dict[str, Any]) -> None:
    client.post("/api/v1/recipes", json=JSON)
    cursor = client.get("/api/v1/recipes?limit=1").get_json()["next_cursor"]
    assert stranger.get("/api/v1/recipes?q=secret").get_json()["items"] == []
    assert stranger.get("/api/v1/recipes", query_string={"limit": 1, "cursor": cursor}).status_code == 400
    assert client.get("/api/v1/recipes", query_string={"limit": 1, "cursor": cursor}).status_code == 200


def test_a_stranger_cannot_end_her_session(
    client: CarefulClient, stranger: CarefulClient, hers: dict[str, Any]
) -> None:
    assert stranger.post(f"/account/sessions/{hers['session']}/end").status_code == 404
    assert client.get("/api/v1/me").status_code == 200


def test_every_route_with_an_id_is_listed(app: Flask) -> None:
    tried = {path.partition("?")[0] for _, path in ROUTES}
    for rule in app.url_map.iter_rules():
        if rule.arguments and rule.rule not in ALSO:
            name = rule.rule.replace("<recipe_id>", "{recipe}").replace("<draft_id>", "{draft}")
            name = name.replace("<sid>", "{session}").replace("<session_id>", "{session}")
            name = name.replace("<collection_id>", "{collection}").replace("<import_id>", "{import}")
            name = name.replace("<request_id>", "{question}").replace("<version>", "1")
            name = name.replace("<token_id>", "{access}").replace("<passkey_id>", "{passkey}")
            name = name.replace("<identity_id>", "{identity}")
            assert {name, name.replace("{recipe}", "{deleted}")} & tried, rule.rule
