"""Recipes in a zip: all of them, each once, and what is missing by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flavorbot.exchange import RecipeZip, from_jsonld
from flavorbot.exchange.reading import read_file
from flavorbot.model import Collection, Recipe, Unreadable
from tests.exchange.recipes import SOUP, recipes

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
