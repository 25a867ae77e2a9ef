"""Ingredient lines as people write them: recognised, nothing missed, look-alikes left alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from flavorbot.kitchen.checker import check
from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.reading import read_line


def rows(name: str) -> list[dict[str, str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


PHRASES = rows("phrases.csv")


def test_nearly_every_phrase_is_recognised() -> None:
    found = [row for row in PHRASES if read_line(row["phrase"]).kind == "food"]
    assert len(found) / len(PHRASES) >= 0.98


def test_nearly_every_phrase_names_the_right_food() -> None:
    wrong = [row["phrase"] for row in PHRASES if getattr(read_line(row["phrase"]).food, "name", None) != row["food"]]
    assert len(wrong) / len(PHRASES) <= 0.02, wrong


def test_no_allergen_of_a_phrase_is_missed() -> None:
    for row in PHRASES:
        line = check([row["phrase"]]).lines[0]
        assert {*filter(None, row["contains"].split("|"))} <= {*line.contains, *line.may_contain}, row["phrase"]


def test_false_alarms_are_rare() -> None:
    false = [
        row["phrase"]
        for row in PHRASES
        if set(check([row["phrase"]]).lines[0].contains) - set(row["contains"].split("|"))
    ]
    assert len(false) / len(PHRASES) <= 0.02, false


def test_every_name_of_the_food_table_is_found() -> None:
    names = [(food, name) for food in foods().values() for name in (food.name, food.plural, *food.aliases)]
    lost = [name for _, name in names if read_line(name).kind != "food"]
    missed = [name for food, name in names if food.contains - read_line(name).contains - read_line(name).may]
    assert not lost
    assert not missed


@pytest.mark.parametrize("row", rows("hidden.csv"), ids=lambda row: f"{row['phrase']}-{row['allergen']}")
def test_hidden_sources_are_told(row: dict[str, str]) -> None:
    line = check([row["phrase"]]).lines[0]
    assert row["allergen"] in {*line.contains, *line.may_contain}


@pytest.mark.parametrize("row", rows("innocent.csv"), ids=lambda row: f"{row['phrase']}-{row['allergen']}")
def test_look_alikes_raise_no_alarm(row: dict[str, str]) -> None:
    line = check([row["phrase"]]).lines[0]
    assert row["allergen"] not in {*line.contains, *line.may_contain}
