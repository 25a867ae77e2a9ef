"""What whoever has a link to a recipe sees of it, and what not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask

from flavorbot.model import Plan, RecipeQuery
from tests.web.client import CarefulClient
from tests.web.conftest import REGION, TABLE, Clock, MakeApp, browser, sign_up

RECIPE = {
    "title": 'Gran\'s <img src=x onerror="alert(1)"> risotto </script>',
    "description": "A bowl.",
    "servings": 4,
    "ingredients": ["300 g risotto rice", "60 g parmesan", "1 tsp salt"],
    "instructions": ["Boil the rice for 20 minutes.", "Stir in the parmesan."],
    "tags": ["weeknight"],
    "notes": "PRIVATE note",
    "rating": 2,
    "image_url": "https://pictures.example/risotto.jpg",
}
Visitor = Callable[[], CarefulClient]


@pytest.fixture(params=["sqlite", "dynamodb"])
def store(request: pytest.FixtureRequest) -> dict[str, str]:
    """The settings of each store."""
    if request.param == "sqlite":
        return {}
    request.getfixturevalue("aws")
    return {"table_name": TABLE, "region": REGION}


@pytest.fixture
def app(make_app: MakeApp, store: dict[str, str]) -> Flask:
    return make_app(**store)


@pytest.fixture
def recipe(client: CarefulClient) -> str:
    """Ada's recipe: where she has it in the API."""
    sign_up(client, name="Ada Lovelace")
    return f"/api/v1/recipes/{client.post('/api/v1/recipes', json=RECIPE).get_json()['id']}"


@pytest.fixture
def link(client: CarefulClient, recipe: str) -> str:
    return share(client, recipe)


def share(client: CarefulClient, recipe: str, **terms: object) -> str:
    """The path of its link."""
    answer = client.post(f"{recipe}/share", json=terms)
    assert answer.status_code == 201, answer.text
    return "/r/" + str(answer.get_json()["url"]).partition("/r/")[2]


def edit(client: CarefulClient, recipe: str, **changes: object) -> None:
    version = client.get(recipe).get_json()["version"]
    assert client.patch(recipe, json=changes, headers={"If-Match": f'"{version}"'}).status_code == 200


def jsonld(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def preview(page: str) -> dict[str, str]:
    """OpenGraph, as a chat program reads it."""
    return {name: unescape(text) for name, text in re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page)}


def copied(client: CarefulClient, link: str) -> dict[str, Any]:
    """Copy it and read the copy."""
    answer = client.post(f"{link}/copy")
    assert answer.status_code == 303, answer.text
    assert answer.location.endswith("?done=copied")
    found: dict[str, Any] = client.get("/api/v1" + answer.location.partition("?")[0]).get_json()
    return found


def test_whoever_has_the_link_reads_the_recipe(visitor: Visitor, link: str) -> None:
    anybody = visitor()
    answer = anybody.get(link)
    assert answer.status_code == 200
    for text in ("300 g</b> risotto rice", "Stir in the parmesan.", "Contains milk", "weeknight", "Written by hand."):
        assert text in answer.text
    assert anybody.cookie is None


def test_nothing_of_its_owner_is_shown(client: CarefulClient, visitor: Visitor, recipe: str, link: str) -> None:
    owner = client.get("/api/v1/me").get_json()["user"]
    page = visitor().get(link).text
    for private in (
        "PRIVATE", "Ada Lovelace", owner["email"], owner["id"], recipe.rpartition("/")[2], "of 5 stars", "/edit",
    ):  # fmt: skip
        assert private not in page
    inside = json.loads(jsonld(page)["encoding"]["text"])
    assert (inside["notes"], inside["rating"], inside["cooked"], inside["id"]) == ("", None, [], None)


def test_scripts_in_a_recipe_stay_text(visitor: Visitor, link: str) -> None:
    page = visitor().get(link).text
    assert "<img src=x" not in page
    assert "risotto </script>" not in page
    assert jsonld(page)["name"] == RECIPE["title"]
    assert preview(page)["title"] == RECIPE["title"]


def test_machines_read_what_it_is(visitor: Visitor, link: str) -> None:
    page = visitor().get(link).text
    told = jsonld(page)
    assert (told["@type"], told["url"]) == ("Recipe", f"http://localhost{link}")
    assert told["recipeIngredient"] == ["300 g risotto rice", "60 g parmesan", "1 tsp salt"]
    assert preview(page) == {
        "title": RECIPE["title"],
        "description": "A bowl.",
        "site_name": "FlavorBot",
        "type": "article",
        "url": f"http://localhost{link}",
        "image": RECIPE["image_url"],
    }


def test_a_recipe_without_description_is_described(client: CarefulClient, visitor: Visitor, recipe: str) -> None:
    edit(client, recipe, description="")
    told = preview(visitor().get(share(client, recipe)).text)["description"]
    assert told == "A recipe for 4: risotto rice, parmesan, salt"


def test_search_engines_wait_until_it_is_published(client: CarefulClient, visitor: Visitor, recipe: str) -> None:
    noindex = '<meta name="robots" content="noindex">'
    answer = visitor().get(share(client, recipe))
    assert (noindex in answer.text, answer.headers["X-Robots-Tag"]) == (True, "noindex")
    answer = visitor().get(share(client, recipe, published=True))
    assert (noindex in answer.text, answer.headers.get("X-Robots-Tag")) == (False, None)
    answer = visitor().get(share(client, recipe, published=False))
    assert noindex in answer.text


def test_no_other_site_learns_the_link(visitor: Visitor, link: str) -> None:
    assert visitor().get(link).headers["Referrer-Policy"] == "same-origin"


def test_it_is_asked_for_anew_each_time(client: CarefulClient, visitor: Visitor, link: str) -> None:
    anybody = visitor()
    answer = anybody.get(link)
    assert (answer.headers["Cache-Control"], answer.headers["Vary"]) == ("private, no-cache", "Cookie")
    again = anybody.get(link, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    signed_in = client.get(link)
    assert signed_in.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in signed_in.headers


def test_an_edit_shows_at_once(client: CarefulClient, visitor: Visitor, recipe: str, link: str) -> None:
    anybody = visitor()
    before = anybody.get(link).headers["ETag"]
    edit(client, recipe, title="Better risotto")
    answer = anybody.get(link, headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert "Better risotto" in answer.text


def test_a_recipe_in_the_bin_is_not_shown(client: CarefulClient, visitor: Visitor, recipe: str, link: str) -> None:
    client.delete(recipe)
    assert visitor().get(link).status_code == 404
    client.post(f"{recipe}/restore")
    assert visitor().get(link).status_code == 200


def test_a_purged_recipe_is_gone_for_all(client: CarefulClient, visitor: Visitor, recipe: str, clock: Clock) -> None:
    link = share(client, recipe, days=365)
    client.delete(recipe)
    clock.pass_by(days=31)
    assert visitor().get(link).status_code == 404


def test_a_recipe_purged_by_hand_is_gone_for_all(
    client: CarefulClient, visitor: Visitor, recipe: str, link: str
) -> None:
    client.delete(recipe)
    assert client.post(f"{recipe.removeprefix('/api/v1')}/purge").status_code == 303
    assert visitor().get(link).status_code == 404
    assert client.delete(f"{recipe}/share").status_code == 204


def test_a_link_ends_when_its_time_is_over(visitor: Visitor, link: str, clock: Clock) -> None:
    clock.pass_by(days=29, hours=23)
    assert visitor().get(link).status_code == 200
    clock.pass_by(hours=1)
    assert visitor().get(link).status_code == 404


def test_a_link_taken_back_leads_nowhere(client: CarefulClient, visitor: Visitor, recipe: str, link: str) -> None:
    assert client.delete(f"{recipe}/share").status_code == 204
    answer = visitor().get(link)
    assert answer.status_code == 404
    assert "taken back" in answer.text
    assert client.post(f"{link}/copy").status_code == 404
    assert share(client, recipe) != link
    assert visitor().get(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 2_000, "%00", "%ED%A0%80", "../recipes", "A" * 42 + "%0A"])
def test_what_is_no_link_is_a_404(visitor: Visitor, token: str) -> None:
    assert visitor().get(f"/r/{token}").status_code == 404


def test_one_cannot_read_a_link_out_of_the_store(
    client: CarefulClient, visitor: Visitor, app: Flask, link: str
) -> None:
    services = app.extensions["flavorbot"]
    user_id = client.get("/api/v1/me").get_json()["user"]["id"]
    [recipe] = services.storage.list_recipes(user_id, RecipeQuery(), 10, None).items
    kept = services.storage.get_share(user_id, recipe.id)
    for stored in (kept.token_hash, kept.nonce):
        assert stored not in link
        assert visitor().get(f"/r/{stored}").status_code == 404


def test_its_address_is_long_and_never_twice_the_same(client: CarefulClient, recipe: str) -> None:
    found = set()
    for _ in range(20):
        found.add(share(client, recipe))
        client.delete(f"{recipe}/share")
    assert len(found) == 20
    # 43 characters of base64 are 256 bits.
    assert {len(link.removeprefix("/r/")) for link in found} == {43}


def test_it_is_scaled_and_converted(visitor: Visitor, link: str) -> None:
    anybody = visitor()
    assert f'href="{link}?servings=5&amp;units=metric#ingredients"' in anybody.get(link).text
    page = anybody.get(f"{link}?servings=8&units=us").text
    assert "2 tsp</b> salt" in page
    assert "Scaled from 4 to 8 servings" in page
    assert "cups</b> risotto rice" in page
    assert anybody.get(f"{link}?servings=0").status_code == 422


def test_readers_get_their_own_units_and_warnings(visitor: Visitor, link: str) -> None:
    reader = visitor()
    sign_up(reader, "bea@example.com", "Bea")
    needs = {"name": "Bea", "units": "us", "theme": "dark", "version": "1", "allergies": "milk", "diets": "vegan"}
    assert reader.post("/account", data=needs).status_code == 303
    page = reader.get(link).text
    assert "Parmesan contains milk." in page
    assert "Parmesan is not vegan." in page
    assert "cups</b> risotto rice" in page
    assert "Parmesan contains milk." not in visitor().get(link).text


def test_a_reader_copies_it_into_their_own_box(client: CarefulClient, visitor: Visitor, recipe: str, link: str) -> None:
    reader = visitor()
    sign_up(reader, "bea@example.com")
    copy = copied(reader, link)
    assert (copy["title"], copy["notes"], copy["rating"]) == (RECIPE["title"], "", None)
    assert copy["ingredients"] == client.get(recipe).get_json()["ingredients"]
    assert copy["source"] == {"kind": "import", "model": None, "url": f"http://localhost{link}"}
    assert copied(reader, link)["id"] == copy["id"]
    assert len(reader.get("/api/v1/recipes").get_json()["items"]) == 1


def test_a_copy_is_its_owners_own(client: CarefulClient, visitor: Visitor, recipe: str, link: str) -> None:
    reader = visitor()
    sign_up(reader, "bea@example.com")
    copy = f"/api/v1/recipes/{copied(reader, link)['id']}"
    edit(reader, copy, title="Bea's")
    edit(client, recipe, title="Ada's")
    assert reader.get(copy).get_json()["title"] == "Bea's"
    assert client.get(recipe).get_json()["title"] == "Ada's"
    assert copied(reader, link)["title"] == "Bea's"
    reader.delete(copy)
    assert copied(reader, link)["title"] == "Bea's"


def test_a_copy_keeps_where_the_recipe_came_from(client: CarefulClient, visitor: Visitor, generator: object) -> None:
    sign_up(client)
    draft = client.post("/api/v1/generate", json={"ingredients": ["rice"]}).get_json()["draft_id"]
    made = client.post("/api/v1/recipes", json={"draft_id": draft}).get_json()
    link = share(client, f"/api/v1/recipes/{made['id']}")
    reader = visitor()
    sign_up(reader, "bea@example.com")
    copy = copied(reader, link)
    assert copy["source"] == made["source"] | {"url": f"http://localhost{link}"}
    # Whoever gets it from Bea learns nothing of Ada's link.
    assert link not in visitor().get(share(reader, f"/api/v1/recipes/{copy['id']}")).text


def test_whoever_is_signed_out_signs_in_and_comes_back(visitor: Visitor, link: str) -> None:
    reader = visitor()
    sign_up(reader, "bea@example.com")
    reader.post("/logout")
    answer = reader.post(f"{link}/copy")
    assert (answer.status_code, answer.location) == (303, f"/login?next={link}")
    form = {"email": "bea@example.com", "password": "a long enough phrase", "next": link}
    assert reader.post("/login", data=form).location == link
    assert copied(reader, link)["title"] == RECIPE["title"]


def test_its_owner_is_led_to_the_original(client: CarefulClient, recipe: str, link: str) -> None:
    assert "Change the link" in client.get(link).text
    own = recipe.removeprefix("/api/v1")
    assert client.post(f"{link}/copy").location == own
    assert len(client.get("/api/v1/recipes").get_json()["items"]) == 1


def test_a_full_box_says_so(make_app: MakeApp, store: dict[str, str], link: str) -> None:
    reader = browser(make_app(**store, plans={"free": Plan("free", 10, 50, saved=0)}))
    sign_up(reader, "bea@example.com")
    answer = reader.post(f"{link}/copy")
    assert answer.status_code == 403
    assert "risotto rice" in answer.text
    assert 'role="alert"' in answer.text


def test_another_site_cannot_have_it_copied(visitor: Visitor, link: str) -> None:
    reader = visitor()
    sign_up(reader, "bea@example.com")
    assert reader.post(f"{link}/copy", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert reader.get("/api/v1/recipes").get_json()["items"] == []


def test_guessing_is_slowed_down(make_app: MakeApp) -> None:
    anybody = browser(make_app(rates=True))
    guesses = [anybody.get(f"/r/{place:043}").status_code for place in range(62)]
    assert guesses == [404] * 60 + [429] * 2


def test_its_page_costs_two_calls(visitor: Visitor, link: str, calls: list[str]) -> None:
    anybody = visitor()
    calls.clear()
    anybody.get(link)
    assert len(calls) == 2
    calls.clear()
    anybody.get("/r/too-short")
    assert calls == []
