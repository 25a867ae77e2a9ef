"""The account page: what a person says about themselves, and where they are signed in."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from flavorbot.interfaces import IStorage
from flavorbot.sessions.tokens import sid_of
from tests.web.client import CarefulClient
from tests.web.conftest import Clock, sign_in, sign_up

Visitor = Callable[[], CarefulClient]
PROFILE = {"name": "Ada", "version": "1", "units": "metric", "theme": "auto"}


def test_the_account_page_keeps_what_it_is_told(client: CarefulClient) -> None:
    sign_up(client)
    changed = {"name": "Ada L.", "diets": ["vegan", "halal"], "allergies": ["nuts"], "exclude": "mushrooms, kale"}
    answer = client.post("/account", data=PROFILE | changed | {"units": "us", "theme": "dark"})
    assert (answer.status_code, answer.location) == (303, "/account?done=needs")
    user = client.get("/api/v1/me").get_json()["user"]
    assert user["diets"] == ["vegan", "halal"]
    assert user["exclude"] == ["mushrooms", "kale"]
    assert (user["name"], user["units"], user["theme"], user["version"]) == ("Ada L.", "us", "dark", 2)


@pytest.mark.parametrize(
    ("ticked", "kept"),
    [({}, None), ({"allergies_answered": "1"}, []), ({"allergies_answered": "1", "allergies": ["milk"]}, ["milk"])],
)
def test_no_allergies_is_not_the_same_as_not_asked(client: CarefulClient, ticked: dict[str, str], kept: object) -> None:
    sign_up(client)
    client.post("/account", data=PROFILE | ticked)
    assert client.get("/api/v1/me").get_json()["user"]["allergies"] == kept


def test_changes_reach_every_device(client: CarefulClient, visitor: Visitor) -> None:
    sign_up(client)
    phone = visitor()
    sign_in(phone)
    client.post("/account", data=PROFILE | {"allergies": ["peanuts"]})
    assert phone.get("/api/v1/me").get_json()["user"]["allergies"] == ["peanuts"]


def test_a_stale_account_form_is_a_conflict(client: CarefulClient) -> None:
    sign_up(client)
    client.post("/account", data=PROFILE | {"name": "First"})
    answer = client.post("/account", data=PROFILE | {"name": "Second"})
    assert answer.status_code == 409
    assert 'value="Second"' in answer.text
    assert 'name="version" value="2"' in answer.text
    assert client.get("/api/v1/me").get_json()["user"]["name"] == "First"


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "x" * 81}, {"diets": "carnivore"}, {"units": "stone"}, {"version": "one"}]
)
def test_a_wrong_account_form_is_shown_again(client: CarefulClient, wrong: dict[str, str]) -> None:
    sign_up(client)
    answer = client.post("/account", data=PROFILE | {"exclude": "sprouts"} | wrong)
    assert answer.status_code == 422
    assert "sprouts" in answer.text
    assert client.get("/api/v1/me").get_json()["user"]["version"] == 1


def test_devices_are_listed_and_ended(client: CarefulClient, visitor: Visitor, clock: Clock) -> None:
    sign_up(client)
    clock.pass_by(minutes=1)
    phone = visitor()
    sign_in(phone)
    devices = client.get("/api/v1/sessions").get_json()["items"]
    assert [device["current"] for device in devices] == [False, True]
    assert client.post(f"/account/sessions/{devices[0]['id']}/end").location == "/account?done=ended"
    assert phone.get("/api/v1/me").status_code == 401
    assert client.get("/api/v1/me").status_code == 200


def test_all_other_devices_are_ended(client: CarefulClient, visitor: Visitor) -> None:
    sign_up(client)
    others = [visitor(), visitor()]
    for other in others:
        sign_in(other)
    assert client.delete("/api/v1/sessions").status_code == 204
    assert [other.get("/api/v1/me").status_code for other in others] == [401, 401]
    assert client.get("/account").status_code == 200


def test_ending_ones_own_device_signs_out(client: CarefulClient) -> None:
    sign_up(client)
    [device] = client.get("/api/v1/sessions").get_json()["items"]
    assert client.delete(f"/api/v1/sessions/{device['id']}").status_code == 204
    assert client.cookie is None


def test_nobody_ends_anothers_device(client: CarefulClient, visitor: Visitor) -> None:
    sign_up(client)
    [device] = client.get("/api/v1/sessions").get_json()["items"]
    bob = visitor()
    sign_up(bob, "bob@example.com")
    assert bob.delete(f"/api/v1/sessions/{device['id']}").status_code == 404
    assert bob.post(f"/account/sessions/{device['id']}/end").status_code == 404
    assert client.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("sid", ["x", "%00", "%23", "..", "%F0%9F%A5%95", "a" * 3_000])
def test_odd_device_ids_are_not_found(client: CarefulClient, sid: str) -> None:
    sign_up(client)
    assert client.delete(f"/api/v1/sessions/{sid}").status_code == 404


@pytest.mark.parametrize("copy", [None, [], "x", {}, {"id": "other"}, {"diets": 5}])
def test_a_damaged_copy_of_the_profile_is_nobody(client: CarefulClient, storage: IStorage, copy: object) -> None:
    sign_up(client)
    damaged = {"user": json.dumps(copy)}
    storage.save_session(sid_of(client.cookie or ""), damaged, datetime(2026, 12, 1, tzinfo=UTC))
    assert client.get("/api/v1/me").status_code == 401
    assert client.get("/login").status_code == 200


def test_a_newer_copy_of_the_profile_is_read(client: CarefulClient, storage: IStorage) -> None:
    sign_up(client)
    user = client.get("/api/v1/me").get_json()["user"]
    newer = {"user": json.dumps(user | {"photo": "x"})}
    storage.save_session(sid_of(client.cookie or ""), newer, datetime(2026, 12, 1, tzinfo=UTC))
    assert client.get("/api/v1/me").get_json()["user"] == user


def test_new_allergies_are_looked_for_in_saved_recipes(client: CarefulClient) -> None:
    sign_up(client)
    for title, food in (("Cheese toast", "200 g cheddar"), ("Boiled rice", "100 g rice"), ("Mango salad", "1 mango")):
        client.post("/api/v1/recipes", json={"title": title, "ingredients": [food]})
    answer = client.post("/account", data=PROFILE | {"allergies": ["milk"], "exclude": "mango"})
    assert answer.location == "/account?done=needs"
    page = client.get(answer.location).text
    assert "2 saved recipes do not suit" in page
    assert "contains milk" in page
    assert "Boiled rice" not in page
    cards = client.get("/recipes").text
    assert cards.count("Not for you:") == 2


def test_nothing_against_new_needs_is_no_clearance(client: CarefulClient) -> None:
    sign_up(client)
    client.post("/api/v1/recipes", json={"title": "Boiled rice", "ingredients": ["100 g rice"]})
    page = client.get(client.post("/account", data=PROFILE | {"allergies": ["milk"]}).location or "").text
    assert "That is no proof" in page
    assert "safe" not in page


def test_a_change_of_the_name_alone_looks_for_nothing(client: CarefulClient) -> None:
    sign_up(client)
    client.post("/account", data=PROFILE | {"allergies": ["milk"]})
    answer = client.post("/account", data=PROFILE | {"allergies": ["milk"], "name": "Eve", "version": "2"})
    assert answer.location == "/account?done=account"
