"""Acting on many recipes at once, on both stores: what was done is told, and what was not, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from flavorbot.errors import StorageUnavailable, VersionConflict
from flavorbot.interfaces import IStorage
from flavorbot.web import bulk
from tests.web.boxes import read, titles, write
from tests.web.client import CarefulClient
from tests.web.conftest import Clock, browser, sign_up
from tests.web.forms import form_in


@pytest.fixture
def app(app_of_each_store: Flask) -> Flask:
    return app_of_each_store


@pytest.fixture
def client(client: CarefulClient) -> CarefulClient:
    """Ada, signed in."""
    sign_up(client)
    return client


def act(client: CarefulClient, do: str, ids: list[str], **fields: str) -> str:
    """Tick these, press this button, and read the page that tells what became of it."""
    answer = client.post("/recipes/bulk", data={"do": do, "id": ids, "back": "/recipes?q=egg", **fields})
    assert answer.status_code == 303, answer.text
    return client.get(answer.location).text


def act_on_all(client: CarefulClient, do: str, back: str = "/recipes", **fields: str) -> str:
    """The same for a whole list, step by step, as its pages lead on."""
    answer = client.post("/recipes/bulk", data={"do": do, "all": "1", "back": back, **fields})
    assert answer.status_code == 303, answer.text
    page = client.get(answer.location).text
    while "Continue" in page:
        answer = client.post("/recipes/bulk", data=form_in(page, "/recipes/bulk") | {"do": do})
        page = client.get(answer.location).text
    return page


def write_many(client: CarefulClient, count: int, **fields: object) -> list[str]:
    return [write(client, f"Dish {number}", **fields) for number in range(1, count + 1)]


def test_ticked_recipes_get_and_lose_a_tag(client: CarefulClient) -> None:
    ids = write_many(client, 3, tags=["Old", "quick"])
    page = act(client, "tag", ids[:2], tag=" Für Gäste ")
    assert "2 recipes have the tag “Für Gäste”" in page
    assert 'href="/recipes?q=egg"' in page
    assert [read(client, each)["tags"] for each in ids] == [["Old", "quick", "Für Gäste"]] * 2 + [["Old", "quick"]]
    assert "3 recipes are without the tag “OLD”" in act(client, "untag", ids, tag="OLD")
    assert [read(client, each)["tags"] for each in ids] == [["quick", "Für Gäste"]] * 2 + [["quick"]]


def test_a_tag_that_is_there_in_another_spelling_stays(client: CarefulClient) -> None:
    (recipe,) = write_many(client, 1, tags=["Gäste"])
    act(client, "tag", [recipe], tag="GASTE")
    assert (read(client, recipe)["tags"], read(client, recipe)["version"]) == (["Gäste"], 1)


def test_kind_and_rating_are_set_at_once(client: CarefulClient) -> None:
    ids = write_many(client, 2)
    assert "2 recipes are now: Dessert" in act(client, "category", ids, category="dessert")
    assert "2 recipes rated with 4 stars" in act(client, "rate", ids, rating="4")
    assert {(read(client, each)["category"], read(client, each)["rating"]) for each in ids} == {("dessert", 4)}
    assert "without a rating" in act(client, "rate", ids, rating="")
    assert {read(client, each)["rating"] for each in ids} == {None}


def test_binned_ones_come_back_with_undo(client: CarefulClient) -> None:
    ids = write_many(client, 3)
    page = act(client, "bin", ids[:2])
    assert "2 recipes moved to the bin" in page
    assert titles(client) == {"Dish 3"}
    answer = client.post("/recipes/bulk", data=form_in(page, "/recipes/bulk") | {"do": "restore"})
    assert "2 recipes are back in your box" in client.get(answer.location).text
    assert titles(client) == {"Dish 1", "Dish 2", "Dish 3"}


def test_a_full_box_says_which_did_not_come_back(client: CarefulClient) -> None:
    ids = write_many(client, 2)
    page = act(client, "bin", ids)
    write_many(client, 24)
    answer = client.post("/recipes/bulk", data=form_in(page, "/recipes/bulk") | {"do": "restore"})
    told = client.get(answer.location).text
    assert "1 recipe is back in your box" in told
    assert "1 not done:</strong> not back, since your box is full" in told


def test_someone_elses_and_unknown_ones_are_the_same(client: CarefulClient) -> None:
    (mine,) = write_many(client, 1)
    other = browser(client.application)
    sign_up(other, "bea@example.com")
    hers = write(other, "Secret")
    for do, fields in (("tag", {"tag": "x"}), ("bin", {}), ("restore", {})):
        page = act(client, do, [hers, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "nonsense"], **fields)
        assert "3 not done:</strong> not in your box" in page
        assert "Secret" not in page
    assert read(other, hers)["version"] == 1
    assert read(client, mine)["version"] == 1


def test_nothing_ticked_and_nothing_typed_are_said(client: CarefulClient) -> None:
    (recipe,) = write_many(client, 1)
    for data, message in (
        ({"do": "bin"}, "Tick at least one recipe first."),
        ({"do": "tag", "id": [recipe], "tag": " "}, "Please fill this in."),
        ({"do": "tag", "id": [recipe], "tag": "x" * 81}, "Use at most 80 characters"),
        ({"do": "rate", "id": [recipe], "rating": "9"}, "Use 5 or less."),
        ({"do": "category", "id": [recipe], "category": "soup"}, "Choose"),
        ({"do": "explode", "id": [recipe]}, "Choose what to do"),
        ({"do": "bin", "id": ["x"] * 101}, "At most 100 recipes can be ticked; 101 were."),
    ):
        answer = client.post("/recipes/bulk", data=data)
        assert answer.status_code == 422
        assert message in answer.text
    kept = client.post("/recipes/bulk", data={"do": "tag", "id": [recipe], "tag": "y" * 81})
    assert form_in(kept.text, "/recipes/bulk")["id"] == [recipe]
    assert form_in(kept.text, "/recipes/bulk")["tag"] == ["y" * 81]
    assert read(client, recipe)["version"] == 1


def test_fifty_tags_are_enough(client: CarefulClient) -> None:
    full, free = write(client, "Full", tags=[f"t{n}" for n in range(50)]), write(client, "Free")
    page = act(client, "tag", [full, free], tag="more")
    assert "1 recipe has the tag “more”" in page
    assert "1 not done:</strong> left as it was, since it has 50 tags already" in page
    assert f'<a href="/recipes/{full}">Full</a>' in page


def test_an_edit_that_comes_between_is_kept(
    client: CarefulClient, storage: IStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    (recipe,) = write_many(client, 1)
    update, others = storage.update_recipe, ["mine"]

    def late(user_id: str, before: Any, after: Any) -> Any:  # noqa: ANN401
        if others:
            headers = {"If-Match": '"1"'}
            client.patch(f"/api/v1/recipes/{recipe}", json={"notes": others.pop()}, headers=headers)
        return update(user_id, before, after)

    monkeypatch.setattr(storage, "update_recipe", late)
    act(client, "tag", [recipe], tag="new")
    assert (read(client, recipe)["notes"], read(client, recipe)["tags"]) == ("mine", ["new"])


def test_one_that_always_changes_is_named(
    client: CarefulClient, storage: IStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = write_many(client, 2)
    update = storage.update_recipe

    def contended(user_id: str, before: Any, after: Any) -> Any:  # noqa: ANN401
        if before.id == ids[0]:
            raise VersionConflict("again")
        return update(user_id, before, after)

    monkeypatch.setattr(storage, "update_recipe", contended)
    page = act(client, "tag", ids, tag="new")
    assert "1 recipe has the tag" in page
    assert "1 not done:</strong> changed somewhere else again and again" in page


def fail_after(count: int, method: Callable[..., Any]) -> Callable[..., Any]:
    done = []

    def call(*args: object) -> object:
        done.append(args)
        if len(done) > count:
            raise StorageUnavailable("nobody answers")
        return method(*args)

    return call


def test_a_store_that_stops_answering_leaves_a_report(
    client: CarefulClient, storage: IStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = write_many(client, 4)
    monkeypatch.setattr(storage, "delete_recipe", fail_after(2, storage.delete_recipe))
    page = act(client, "bin", ids)
    assert "2 recipes moved to the bin" in page
    assert "2 not done:</strong> not reached" in page
    assert len(titles(client)) == 2


@pytest.fixture
def by_threes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long job with three recipes a step."""
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 3)


@pytest.mark.usefixtures("by_threes")
def test_a_whole_list_is_done_step_by_step(client: CarefulClient) -> None:
    ids = write_many(client, 8)
    first = client.post("/recipes/bulk", data={"do": "tag", "all": "1", "back": "/recipes?cursor=x", "tag": "new"})
    told = parse_qs(urlsplit(first.location).query)
    assert (told["changed"], told["left"], told["back"]) == (["3"], ["5"], ["/recipes"])
    assert sum(read(client, each)["tags"] == ["new"] for each in ids) == 3
    page = client.get(first.location).text
    assert "3 recipes done, 5 to go." in page
    assert "8 recipes have the tag “new”" in act_on_all(client, "tag", tag="new")
    assert all(read(client, each)["tags"] == ["new"] for each in ids)
    assert {read(client, each)["version"] for each in ids} == {2}


@pytest.mark.usefixtures("by_threes")
@pytest.mark.parametrize(
    "query",
    [
        "q=soup",
        "tag=mine",
        "category=dessert",
        "diet=vegan",
        "free_of=eggs",
        "have=apple",
        "q=soup&sort=title&cursor=x&done=noted",
    ],
)
def test_only_what_the_list_shows_is_meant(client: CarefulClient, query: str) -> None:
    write_many(client, 4)
    for number in range(4):
        write(client, f"Soup {number}", tags=["mine"], category="dessert", ingredients=["1 apple"])
    shown = set(re.findall(r"(?:Soup|Dish) \d", client.get(f"/recipes?{query.partition('&')[0]}").text))
    assert shown == {f"Soup {number}" for number in range(4)}
    assert "4 recipes moved to the bin" in act_on_all(client, "bin", f"/recipes?{query}")
    assert titles(client) == {f"Dish {number}" for number in range(1, 5)}


@pytest.mark.usefixtures("by_threes")
def test_the_whole_list_comes_back_with_undo(client: CarefulClient, clock: Clock) -> None:
    ids = write_many(client, 8)
    client.post(f"/recipes/{ids[0]}/delete")
    clock.pass_by(minutes=1)
    page = act_on_all(client, "bin")
    assert "7 recipes moved to the bin" in page
    sent = form_in(page, "/recipes/bulk")
    back = act_on_all(client, "restore", sent["back"][0], since=sent["since"][0])
    assert "7 recipes are back in your box" in back
    assert titles(client) == {f"Dish {number}" for number in range(2, 9)}


@pytest.mark.parametrize("back", ["/recipes?q=" + "x" * 1_300, "https://evil.example/", "/usage", "", "/recipes/new"])
def test_a_list_that_is_not_known_is_never_the_whole_box(client: CarefulClient, back: str) -> None:
    write_many(client, 2)
    for do in ("bin", "collect"):
        answer = client.post("/recipes/bulk", data={"do": do, "all": "1", "back": back})
        assert answer.status_code == 422
    assert client.get("/recipes/export.zip", query_string={"all": "1", "back": back}).status_code == 422
    assert len(titles(client)) == 2


@pytest.mark.usefixtures("by_threes")
def test_a_long_job_goes_on_where_the_store_stopped(
    client: CarefulClient, storage: IStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many(client, 5)
    with monkeypatch.context() as broken:
        broken.setattr(storage, "delete_recipe", fail_after(2, storage.delete_recipe))
        answer = client.post("/recipes/bulk", data={"do": "bin", "all": "1", "back": "/recipes"})
    page = client.get(answer.location).text
    assert "2 recipes done, 3 to go." in page
    answer = client.post("/recipes/bulk", data=form_in(page, "/recipes/bulk") | {"do": "bin"})
    assert "5 recipes moved to the bin" in client.get(answer.location).text
    assert titles(client) == set()


@pytest.mark.usefixtures("by_threes")
def test_a_whole_list_goes_into_a_collection_and_out(client: CarefulClient) -> None:
    ids = write_many(client, 8)
    there = client.post("/recipes/bulk", data={"do": "collect", "all": "1", "back": "/recipes?q=dish"}).location
    page = client.get(there).text
    assert "Add 8 recipes to a collection" in page
    sent = form_in(page, "/recipes/bulk/collections") | {"name": ["All"]}
    answer = client.post("/recipes/bulk/collections", data=sent)
    assert "8 recipes are in the collection" in client.get(answer.location).text
    shelf = client.get("/api/v1/collections").get_json()["items"][0]
    address, asked = f"/collections/{shelf['id']}", {"collection_id": shelf["id"]}
    assert shelf["count"] == 8
    assert "8 recipes are out of the collection" in act_on_all(client, "remove", f"{address}?page=2", **asked)
    assert client.get(f"/api/v1{address}").get_json()["recipe_ids"] == []
    assert len(titles(client)) == len(ids)


def test_ticked_ones_go_into_several_collections(client: CarefulClient) -> None:
    ids = write_many(client, 3)
    kept = client.post("/api/v1/collections", json={"name": "Kept", "recipe_ids": ids[:1]}).get_json()
    there = client.post(
        "/recipes/bulk", data={"do": "collect", "id": [*ids[:2], "01ARZ3NDEKTSV4RRFFQ69G5FAV"]}
    ).location
    sent = form_in(client.get(there).text, "/recipes/bulk/collections")
    refused = client.post("/recipes/bulk/collections", data=sent)
    assert refused.status_code == 422
    assert "Tick a collection, or name a new one." in refused.text
    answer = client.post("/recipes/bulk/collections", data=sent | {"collection": [kept["id"]], "name": "New"})
    page = client.get(answer.location).text
    assert "2 recipes are in the collection" in page
    assert "1 not done:</strong> not in your box" in page
    assert [each["count"] for each in client.get("/api/v1/collections").get_json()["items"]] == [2, 2]


def test_the_list_ticks_its_whole_page_without_script(client: CarefulClient) -> None:
    write_many(client, 2)
    link = 'href="/recipes?select=page&amp;q=egg"'
    assert link in client.get("/recipes?q=egg").text
    assert client.get("/recipes?q=egg").text.count(" checked>") == 0
    assert 'href="/recipes?select=page&amp;x=1&amp;x=2"' in client.get("/recipes?x=1&x=2&done=noted").text
    assert client.get("/recipes?q=egg&select=page").text.count(" checked>") == 2
