"""The built-in generator's figures reach their targets, on one seed of every request; `make eval` takes three."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from flavorbot.generators.builtin import BuiltInGenerator
from tests.evaluation import amounts, reading, recipes, variety
from tests.evaluation.cooking import Cooked, cooked
from tests.evaluation.figures import Figure
from tests.evaluation.requests import Request, requests


@pytest.fixture(scope="module")
def asked() -> tuple[Request, ...]:
    return requests()


@pytest.fixture(scope="module")
def found(asked: tuple[Request, ...]) -> list[Cooked]:
    return cooked(BuiltInGenerator(), asked, (0,))


def missed(figures: Iterable[Figure]) -> list[Figure]:
    return [figure for figure in figures if not figure.reached]


def test_there_are_requests_enough(asked: tuple[Request, ...]) -> None:
    assert len({request.wish for request in asked}) >= 300


def test_recipes_keep_what_was_asked(found: list[Cooked]) -> None:
    assert missed(recipes.figures(found)) == []


def test_recipes_read_well(found: list[Cooked]) -> None:
    assert missed(reading.figures([each.generated.recipe for each in found if each.generated])) == []


def test_seeds_and_titles_differ(asked: tuple[Request, ...]) -> None:
    assert missed(variety.figures(BuiltInGenerator(), asked)) == []


def test_amounts_stay_what_they_are(asked: tuple[Request, ...]) -> None:
    assert missed(amounts.figures(BuiltInGenerator(), asked)) == []
