"""A person's links to their recipes: the page that makes, renews and ends them, and the same over JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from flavorbot.sharing import Tokens
from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, Break, Clock, MakeApp, browser, sign_up

RECIPE = {"title": "Crème & rice", "ingredients": ["200 g rice"], "notes": "Mine."}


@pytest.fixture
def address(client: CarefulClient) -> str:
    """The path of a recipe's page."""
    sign_up(client)
    return f"/recipes/{client.post('/api/v1/recipes', json=RECIPE).get_json()['id']}"


def shown(client: CarefulClient, address: str) -> str | None:
    """The link on its page."""
    found = re.search(r'<input id="f-link" type="url" value="([^"]+)" readonly>', client.get(f"{address}/share").text)
    return unescape(found[1]) if found else None


def test_the_recipe_leads_to_its_page(client: CarefulClient, address: str) -> None:
    assert f'href="{address}/share"' in client.get(address).text
    page = client.get(f"{address}/share")
    assert ">Crème &amp; rice</a></p>\n<h1>Share</h1>" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_a_link_is_made_and_shown(client: CarefulClient, address: str, visitor: Callable[[], CarefulClient]) -> None:
    assert shown(client, address) is None
    answer = client.post(f"{address}/share", data={"days": "7"})
    assert (answer.status_code, answer.location) == (303, f"{address}/share?done=shared")
    assert "28 November 2026" in client.get(answer.location).text
    link = shown(client, address)
    assert link is not None
    assert visitor().get(link).status_code == 200


def test_making_it_again_renews_it(client: CarefulClient, address: str, clock: Clock) -> None:
    client.post(f"{address}/share", data={"days": "7", "published": "true"})
    link = shown(client, address)
    clock.pass_by(days=5)
    client.post(f"{address}/share", data={"days": "30"})
    page = client.get(f"{address}/share").text
    assert shown(client, address) == link
    assert "26 December 2026" in page
    assert 'name="published" value="true">' in page


def test_whether_it_is_published_shows(client: CarefulClient, address: str) -> None:
    client.post(f"{address}/share", data={"days": "7", "published": "true"})
    assert 'name="published" value="true" checked' in client.get(f"{address}/share").text


def test_it_is_taken_back(client: CarefulClient, address: str, visitor: Callable[[], CarefulClient]) -> None:
    client.post(f"{address}/share", data={"days": "7"})
    link = shown(client, address)
    answer = client.post(f"{address}/share/end")
    assert answer.location == f"{address}/share?done=unshared"
    assert "leads nowhere" in client.get(answer.location).text
    assert shown(client, address) is None
    assert visitor().get(link or "").status_code == 404
    assert client.post(f"{address}/share/end").status_code == 404


def test_a_link_to_a_recipe_in_the_bin_can_be_taken_back(client: CarefulClient, address: str) -> None:
    client.post(f"{address}/share", data={"days": "7"})
    client.post(f"{address}/delete")
    assert client.get(f"{address}/share").status_code == 404
    assert client.delete(f"/api/v1{address}/share").status_code == 204
    client.post(f"{address}/restore")
    assert shown(client, address) is None


@pytest.mark.parametrize("days", ["0", "366", "-1", "soon", "1.5", "9" * 40])
def test_a_time_that_is_none_is_told(client: CarefulClient, address: str, days: str) -> None:
    answer = client.post(f"{address}/share", data={"days": days, "published": "true"})
    assert answer.status_code == 422
    assert f"<option selected>{days}</option>" in answer.text
    assert 'value="true" checked' in answer.text
    assert shown(client, address) is None


def test_scripts_make_and_end_links(client: CarefulClient, address: str, clock: Clock) -> None:
    answer = client.post(f"/api/v1{address}/share")
    body = answer.get_json()
    assert answer.status_code == 201
    assert set(body) == {"url", "expires_at", "published"}
    assert body["url"] == shown(client, address)
    assert body["expires_at"] == (clock() + timedelta(days=30)).isoformat().replace("+00:00", "Z")
    again = client.post(f"/api/v1{address}/share", json={"days": 365, "published": True}).get_json()
    assert (again["url"], again["published"]) == (body["url"], True)
    # What is left out stays as it is.
    assert client.post(f"/api/v1{address}/share", json={"days": 1}).get_json()["published"] is True
    assert client.delete(f"/api/v1{address}/share").status_code == 204
    assert client.delete(f"/api/v1{address}/share").status_code == 404


@pytest.mark.parametrize("body", [{"days": 0}, {"days": 366}, {"published": "yes"}, []])
def test_scripts_are_told_what_is_wrong(client: CarefulClient, address: str, body: object) -> None:
    assert client.post(f"/api/v1{address}/share", json=body).status_code in (400, 422)
    assert shown(client, address) is None


def test_links_have_the_sites_own_address(make_app: MakeApp) -> None:
    client = browser(make_app(public_url="https://cook.example"))
    sign_up(client)
    address = f"/api/v1/recipes/{client.post('/api/v1/recipes', json=RECIPE).get_json()['id']}"
    assert client.post(f"{address}/share").get_json()["url"].startswith("https://cook.example/r/")


def test_another_secret_makes_another_link(
    client: CarefulClient, address: str, app: Flask, visitor: Callable[[], CarefulClient]
) -> None:
    before = client.post(f"/api/v1{address}/share").get_json()["url"]
    app.extensions["flavorbot"] = replace(app.extensions["flavorbot"], share_tokens=Tokens(b"another secret"))
    assert visitor().get(before).status_code == 200
    assert shown(client, address) is None
    client.post(f"{address}/share", data={"days": "7"})
    link = shown(client, address)
    assert link not in (None, before)
    assert visitor().get(link or "").status_code == 200
    assert visitor().get(before).status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example"])
def test_nobody_else_says_where_links_lead(client: CarefulClient, host: str) -> None:
    there = f"http://{host}"
    account = {"email": "ada@example.com", "password": PASSWORD}
    assert client.post("/api/v1/auth/register", json=account, base_url=there).status_code == 201
    recipe = client.post("/api/v1/recipes", json=RECIPE, base_url=there).get_json()["id"]
    made = client.post(f"/api/v1/recipes/{recipe}/share", base_url=there).get_json()
    assert made["url"].startswith("http://localhost:8000/r/")
    assert "evil" not in client.get(f"/recipes/{recipe}/share", base_url=there).text


def test_storage_down_is_told(client: CarefulClient, address: str, break_storage: Break) -> None:
    break_storage("get_share", "share_by_token")
    for answer in (client.get(f"{address}/share"), client.get("/r/" + "A" * 43)):
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
