"""Ingredient lines as people write them: recognised, nothing missed, look-alikes left alone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from flavorbot.kitchen.checked import Line
from flavorbot.kitchen.checker import check
from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.reading import read_line

DIET_FLAGS = ("vegan", "vegetarian", "gluten_free")


def rows(name: str) -> list[dict[str, str]]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def cell(row: dict[str, str], name: str) -> set[str]:
    return set(filter(None, row[name].split("|")))


PHRASES = rows("phrases.csv")


@pytest.fixture(scope="module")
def read() -> list[tuple[dict[str, str], Line]]:
    return [(row, check([row["phrase"]]).lines[0]) for row in PHRASES]


Read = list[tuple[dict[str, str], Line]]


def test_the_list_is_long_enough_to_tell() -> None:
    assert len(PHRASES) >= 1100
    assert len({row["phrase"].casefold() for row in PHRASES}) == len(PHRASES)


def test_nearly_every_phrase_is_recognised(read: Read) -> None:
    unknown = [row["phrase"] for row, line in read if not line.recognised]
    assert len(unknown) / len(read) <= 0.02, unknown


def test_nearly_every_phrase_names_the_right_food(read: Read) -> None:
    wrong = [f"{row['phrase']}: {line.name}" for row, line in read if line.recognised and line.name != row["food"]]
    assert len(wrong) / len(read) <= 0.02, wrong


def test_no_allergen_of_a_phrase_is_missed(read: Read) -> None:
    missed = [
        f"{row['phrase']}: {', '.join(sorted(absent))}"
        for row, line in read
        if line.recognised and (absent := cell(row, "contains") - {*line.contains, *line.may_contain})
    ]
    assert not missed


def test_false_alarms_are_rare(read: Read) -> None:
    false = [
        f"{row['phrase']}: {', '.join(sorted(alarms))}"
        for row, line in read
        if (alarms := set(line.contains) - cell(row, "contains") - cell(row, "may"))
    ]
    assert len(false) / len(read) <= 0.02, false


def test_no_diet_is_claimed_in_vain(read: Read) -> None:
    unsafe = [
        f"{row['phrase']} ({line.name}): {diet}"
        for row, line in read
        for diet in cell(row, "not")
        if getattr(line, diet) is True
    ]
    assert not unsafe


def test_diets_are_rarely_denied_in_vain(read: Read) -> None:
    denied = [
        f"{row['phrase']} ({line.name}): {diet}"
        for row, line in read
        for diet in DIET_FLAGS
        if getattr(line, diet) is False and diet not in cell(row, "not")
    ]
    assert len(denied) / (len(read) * len(DIET_FLAGS)) <= 0.01, denied


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
