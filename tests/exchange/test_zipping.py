"""Recipes in a zip: all of them, each once, and what is missing by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flavorbot.exchange import RecipeZip, from_jsonld, to_markdown
from flavorbot.exchange.reading import read_file
from flavorbot.model import Collection, Recipe, Unreadable
from tests.exchange.recipes import SOUP, recipes
from tests.exchange.samples import packed as zipped

# Several recipes at once are much to make up on a busy machine.
SOME = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def packed(found: Iterable[Recipe | Unreadable], kinds: Sequence[str] = ("jsonld", "md"), **more: object) -> ZipFile:
    return ZipFile(BytesIO(b"".join(RecipeZip(found, kinds, **more))))  # type: ignore[arg-type]


@SOME
@given(st.lists(recipes, max_size=3))
def test_what_is_packed_comes_back_as_it_was(box: list[Recipe]) -> None:
    archive = packed(replace(recipe, id=str(place)) for place, recipe in enumerate(box))
    names = [name for name in archive.namelist() if name.endswith(".jsonld")]
    assert [from_jsonld(json.loads(archive.read(name))) for name in names] == box
    assert len({name.casefold() for name in archive.namelist()}) == 2 * len(box) + 1


def test_what_cannot_be_read_is_named() -> None:
    archive = packed([SOUP, Unreadable("x", "Torn\ncard"), Unreadable("y", "")], wanted=["x", "y", "z", SOUP.id or ""])
    said = archive.read("README.txt").decode()
    assert said.startswith("1 recipe from FlavorBot")
    assert "- Torn card could not be read; it is still in your box.\n" in said
    assert "- A recipe could not be read; it is still in your box.\n" in said
    assert said.count("- A recipe that you chose is not in your box.") == 1


def test_a_collection_names_only_files_that_are_there() -> None:
    kept = Collection(id="c", name="Öfter", recipe_ids=("gone", SOUP.id or ""))
    archive = packed([SOUP], ("md",), collections=lambda: [kept])
    (listed,) = json.loads(archive.read("collections.json"))["collections"]
    assert listed["recipes"] == [name for name in archive.namelist() if name.endswith(".md")]


def test_it_comes_in_pieces_before_all_is_read() -> None:
    read = []

    def many() -> Iterable[Recipe]:
        for number in range(1_000):
            read.append(number)
            yield replace(SOUP, id=str(number))

    assert next(iter(RecipeZip(many(), ("jsonld",))))
    assert len(read) < 200


@SOME
@given(st.lists(recipes, min_size=1, max_size=3))
def test_it_comes_in_again_each_recipe_once(box: list[Recipe]) -> None:
    chunks = RecipeZip([replace(recipe, id=str(place)) for place, recipe in enumerate(box)], ("jsonld", "md"), list)
    found = list(read_file("flavorbot.zip", b"".join(chunks)))
    assert [each.recipe for each in found] == box


@pytest.mark.parametrize("kinds", [("jsonld", "md"), ("md",), ("cook",)])
@pytest.mark.parametrize("folder", ["", "My recipes/"])
def test_its_collections_come_in_again_with_their_files(kinds: Sequence[str], folder: str) -> None:
    kept = Collection(id="c", name="Öfter", description="Schön\n& gut", recipe_ids=("2", "gone", "1"))
    box = [replace(SOUP, id="1"), replace(SOUP, id="2", title="Rice")]
    archive = packed(box, kinds, collections=lambda: [kept, Collection(id="d", name="Later")])
    found = list(read_file("x.zip", renamed(archive, folder)))
    assert [each.file for each in found] == [f"{folder}recipes/creme-of-pea-soup", f"{folder}recipes/rice"]
    (beside,) = {each.beside for each in found}
    assert beside
    assert [(each.name, each.description) for each in beside.collections] == [("Öfter", "Schön\n& gut"), ("Later", "")]
    assert beside.collections[0].files == (found[1].file, found[0].file)


def renamed(archive: ZipFile, folder: str) -> bytes:
    """Packed once more inside a folder, as some systems do."""
    entries = {folder + name: archive.read(name).decode() for name in archive.namelist()}
    return zipped(entries)


@pytest.mark.parametrize(
    ("listed", "why"),
    [
        ('{"collections": [{"name": "A"}]}', "not written as"),
        ('{"collections": [{"name": "A", "recipes": [1]}]}', "not written as"),
        ('{"collections": [1]}', "not written as"),
        (json.dumps({"collections": [{"name": str(each), "recipes": []} for each in range(201)]}), "more than 200"),
        (json.dumps({"collections": [{"name": "A", "recipes": ["x"] * 5_001}]}), "more than 5,000"),
        ('{"collections": ', "damaged"),
        ("[" * 100_000, "nested"),
    ],
)
def test_collections_that_cannot_be_read_stop_no_recipe(listed: str, why: str) -> None:
    problem, soup = read_file("x.zip", zipped({"collections.json": listed, "soup.md": to_markdown(SOUP)}))
    assert (problem.title, why in problem.reason, problem.recipe) == ("Collections", True, None)
    assert soup.recipe
    assert soup.beside is None


@pytest.mark.parametrize("listed", ["[]", '{"collections": {}}', '{"sets": []}', "7"])
def test_another_programs_list_is_passed_over(listed: str) -> None:
    (soup,) = read_file("x.zip", zipped({"collections.json": listed, "soup.md": to_markdown(SOUP)}))
    assert soup.recipe
    assert soup.beside is None
