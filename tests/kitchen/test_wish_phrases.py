"""Wishes as people phrase them, in several languages, against `wishes.csv`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.needs import allowed
from flavorbot.kitchen.wishes import read_wish

_FILE = Path(__file__).with_name("wishes.csv")


def _rows() -> list[dict[str, str]]:
    with _FILE.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["text"])
def test_a_wish_comes_to_what_its_words_say(row: dict[str, str]) -> None:
    read = read_wish(row["text"])
    if row["diets"] != "*":
        assert read.needs.diets == _list(row["diets"])
    if row["allergies"] != "*":
        assert read.needs.allergies == _list(row["allergies"])
    if row["wanted"] != "*":
        assert set(read.ingredients) == set(_list(row["wanted"]))
    if row["told"] != "?":
        assert bool(read.not_understood) == (row["told"] == "yes")


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["text"])
def test_a_wish_bars_what_it_names_and_nothing_else(row: dict[str, str]) -> None:
    needs = read_wish(row["text"]).needs
    assert not [name for name in _list(row["barred"]) if allowed(foods()[name], needs)]
    assert not [name for name in _list(row["left"]) if not allowed(foods()[name], needs)]
