"""Many recipes as one zip, on both stores: nothing is lost, names are harmless, memory stays flat."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from random import Random
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from flask import Flask

from flavorbot.exchange import RecipeZip, from_jsonld
from flavorbot.interfaces import IStorage
from flavorbot.model import Recipe
from tests.storage.values import a_recipe
from tests.web.boxes import write
from tests.web.client import CarefulClient
from tests.web.conftest import Clock, browser, sign_up


@pytest.fixture
def app(app_of_each_store: Flask) -> Flask:
    return app_of_each_store


@pytest.fixture
def client(client: CarefulClient) -> CarefulClient:
    """Ada, signed in."""
    sign_up(client)
    return client


def fetch(client: CarefulClient, address: str, **query: Any) -> ZipFile:  # noqa: ANN401
    answer = client.get(address, query_string=query)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert "private" in answer.headers["Cache-Control"]
    archive = ZipFile(BytesIO(answer.data))
    assert archive.testzip() is None
    return archive


def loaded(archive: ZipFile) -> dict[str, Recipe]:
    """What its JSON-LD says, by the files' names."""
    found = {}
    for name in archive.namelist():
        if name.startswith("recipes/") and name.endswith(".jsonld"):
            recipe = from_jsonld(json.loads(archive.read(name)))
            assert recipe is not None
            found[name] = recipe
    return found


def content(recipe: Recipe) -> Recipe:
    """Without what the box gives it."""
    return replace(recipe, id=None, created_at=None, updated_at=None, version=0)


def test_everything_comes_along(client: CarefulClient, storage: IStorage) -> None:
    user_id = client.get("/api/v1/me").get_json()["user"]["id"]
    kept = [storage.create_recipe(user_id, a_recipe(title=title, tags=("a", "b")), None) for title in ("Rice", "Soup")]
    gone = write(client, "Gone")
    client.delete(f"/api/v1/recipes/{gone}")
    for address in ("/recipes/export.zip", "/api/v1/export"):
        archive = fetch(client, address)
        assert sorted(name for name in archive.namelist() if not name.startswith("flavorbot-data/")) == [
            "README.txt",
            "collections.json",
            "recipes/rice.jsonld",
            "recipes/rice.md",
            "recipes/soup.jsonld",
            "recipes/soup.md",
        ]
        assert {content(each) for each in loaded(archive).values()} == {content(each) for each in kept}
        assert "2 recipes from FlavorBot" in archive.read("README.txt").decode()
        assert archive.read("recipes/rice.md").startswith(b"# Rice")


def test_collections_come_along_in_order(client: CarefulClient) -> None:
    ids = [write(client, title) for title in ("One", "Two", "Three")]
    body = {"name": "Öfter", "description": "Schön", "recipe_ids": [ids[2], ids[0]]}
    made = client.post("/api/v1/collections", json=body).get_json()
    listed = {
        "name": "Öfter",
        "description": "Schön",
        "recipes": ["recipes/three.jsonld", "recipes/one.jsonld"],
    }
    assert json.loads(fetch(client, "/recipes/export.zip").read("collections.json")) == {"collections": [listed]}
    answer = client.get(f"/collections/{made['id']}/export.zip")
    assert answer.headers["Content-Disposition"] == "attachment; filename=ofter-2026-11-21.zip"
    archive = fetch(client, f"/collections/{made['id']}/export.zip", format="cook")
    assert archive.namelist() == ["recipes/three.cook", "recipes/one.cook", "collections.json", "README.txt"]


@pytest.mark.parametrize(("kind", "endings"), [("all", ["jsonld", "md"]), ("md", ["md"]), ("cook", ["cook"])])
def test_chosen_ones_come_alone(client: CarefulClient, kind: str, endings: list[str]) -> None:
    ids = [write(client, title) for title in ("One", "Two", "Three")]
    archive = fetch(client, "/recipes/export.zip", id=[ids[0], ids[2], "nonsense"], format=kind)
    assert archive.namelist() == [f"recipes/{name}.{end}" for name in ("one", "three") for end in endings] + [
        "README.txt"
    ]
    assert "A recipe that you chose is not in your box." in archive.read("README.txt").decode()


def test_all_of_a_list_comes(client: CarefulClient) -> None:
    write(client, "Soup", tags=["mine"])
    write(client, "Rice")
    archive = fetch(client, "/recipes/export.zip", all="1", back="/recipes?tag=mine")
    assert [each.title for each in loaded(archive).values()] == ["Soup"]


def test_an_empty_box_is_a_zip_too(client: CarefulClient) -> None:
    archive = fetch(client, "/recipes/export.zip")
    assert archive.namelist() == ["collections.json", "README.txt"]


def test_nothing_of_others_is_in_it(client: CarefulClient) -> None:
    other = browser(client.application)
    sign_up(other, "bea@example.com")
    hers = write(other, "Secret")
    assert client.get("/recipes/export.zip", query_string={"id": hers}).status_code == 404
    assert client.get("/recipes/export.zip", query_string={"format": "exe"}).status_code == 422
    assert fetch(client, "/recipes/export.zip").namelist() == ["collections.json", "README.txt"]


ODD = ["../../etc/passwd", "CON", "con", "a/b\\c", "名前", "Ünï", "Soup", "soup", "Soup 2", "x" * 200, "nul.txt", ". ."]


def test_names_are_safe_and_each_once(client: CarefulClient) -> None:
    for title in ODD:
        write(client, title)
    archive = fetch(client, "/recipes/export.zip")
    names = [name for name in archive.namelist() if name.startswith("recipes/")]
    stems = {name.removeprefix("recipes/").rpartition(".")[0] for name in names}
    assert len({name.casefold() for name in names}) == len(names) == 2 * len(ODD)
    assert all(stem.isascii() and stem.replace("-", "").isalnum() and len(stem) <= 64 for stem in stems)
    assert not stems & {"con", "nul"}
    assert {each.title for each in loaded(archive).values()} == set(ODD)


def test_a_time_before_1980_does_no_harm(client: CarefulClient, clock: Clock) -> None:
    clock.time = clock.time.replace(year=1979)
    recipe = replace(a_recipe(), updated_at=clock())
    packed = b"".join(RecipeZip([recipe], ("md",)))
    assert ZipFile(BytesIO(packed)).infolist()[0].date_time[0] == 1980


def test_a_large_box_takes_little_memory() -> None:
    def many() -> Iterator[Recipe]:
        numbers = Random(7)
        for number in range(500):
            yield a_recipe(title=f"Dish {number}", notes=numbers.randbytes(20_000).hex())

    tracemalloc.start()
    size = sum(len(chunk) for chunk in RecipeZip(many(), ("jsonld", "md")))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 20_000_000
    assert peak < 4_000_000


def shelves(client: CarefulClient) -> list[dict[str, Any]]:
    """Every collection with the titles of its recipes, in order."""
    found = []
    for each in client.get("/api/v1/collections").get_json()["items"]:
        kept = client.get(f"/api/v1/collections/{each['id']}").get_json()
        titles = [client.get(f"/api/v1/recipes/{id_}").get_json()["title"] for id_ in kept["recipe_ids"]]
        found.append({"name": kept["name"], "description": kept["description"], "titles": titles})
    return found


def bring(client: CarefulClient, content: bytes) -> str:
    """The report, once all is in."""
    form = {"request_id": str(uuid4()), "files": (BytesIO(content), "flavorbot.zip")}
    page = client.post("/import", data=form, content_type="multipart/form-data").location
    while "data-go" in client.get(page).text:
        assert client.post(f"{page}/continue").status_code == 303
    return client.get(page).text


def test_a_zip_makes_the_same_box_and_the_same_collections(client: CarefulClient) -> None:
    more = {"tags": ["a", "b"], "notes": "Mine", "rating": 4, "ingredients": ["200 g rice", "1 tbsp butter, soft"]}
    ids = [write(client, f"Dish {place}", description=f"No. {place}", **more) for place in range(5)]
    for name, held in (("Öfter", [ids[3], ids[0], ids[4]]), ("Empty", []), ("Guests", [ids[0], ids[1]])):
        body = {"name": name, "description": f"All of {name}\nas it was", "recipe_ids": held}
        assert client.post("/api/v1/collections", json=body).status_code == 201
    packed = client.get("/recipes/export.zip").data
    other = browser(client.application)
    sign_up(other, "bea@example.com")
    report = bring(other, packed)
    assert report.count('<a href="/collections/') == 3
    again = ZipFile(BytesIO(other.get("/recipes/export.zip").data))
    first, second = (loaded(archive) for archive in (ZipFile(BytesIO(packed)), again))
    assert {content(each) for each in first.values()} == {content(each) for each in second.values()}
    assert shelves(other) == shelves(client)
    before = shelves(other)
    bring(other, packed)
    assert (shelves(other), len(loaded(ZipFile(BytesIO(other.get("/recipes/export.zip").data))))) == (before, 5)


def test_one_recipe_comes_with_its_collection(client: CarefulClient) -> None:
    kept = client.post("/api/v1/collections", json={"name": "Öfter", "recipe_ids": [write(client, "Soup")]}).get_json()
    packed = client.get(f"/collections/{kept['id']}/export.zip").data
    other = browser(client.application)
    sign_up(other, "bea@example.com")
    assert "Öfter</a>" in bring(other, packed)
    assert [each["titles"] for each in shelves(other)] == [["Soup"]]
