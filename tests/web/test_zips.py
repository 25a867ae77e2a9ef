"""Many recipes as one zip, on both stores: nothing is lost, names are harmless, memory stays flat."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest

from flavorbot.exchange import RecipeZip, from_jsonld
from flavorbot.interfaces import IStorage
from flavorbot.model import Recipe
from flavorbot.web.services import Services
from tests.storage.values import a_recipe
from tests.web.boxes import write
from tests.web.client import CarefulClient
from tests.web.conftest import REGION, TABLE, Clock, MakeApp, browser, sign_up


@pytest.fixture(params=["sqlite", "dynamodb"])
def client(request: pytest.FixtureRequest, make_app: MakeApp) -> CarefulClient:
    where = {}
    if request.param == "dynamodb":
        request.getfixturevalue("aws")
        where = {"table_name": TABLE, "region": REGION}
    made = browser(make_app(**where))
    sign_up(made)
    return made


@pytest.fixture
def storage(client: CarefulClient) -> IStorage:
    found: Services = client.application.extensions["flavorbot"]
    return found.storage


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
        if name.endswith(".jsonld"):
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
        assert sorted(archive.namelist()) == [
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
