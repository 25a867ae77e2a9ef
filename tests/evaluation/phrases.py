"""How well the checker reads: ingredient lines as people write them, hidden allergens, innocent look-alikes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from flavorbot.kitchen.checked import Line
from flavorbot.kitchen.checker import check
from flavorbot.kitchen.reading import read_line
from tests.evaluation.figures import Figure, none, share

FOLDER = Path(__file__).parents[1] / "kitchen"
# What contains one of these cannot be said to suit the diet.
BARRED = {
    "vegan": frozenset({"milk", "eggs", "fish", "crustaceans", "molluscs"}),
    "vegetarian": frozenset({"fish", "crustaceans", "molluscs"}),
    "gluten_free": frozenset({"gluten"}),
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the checker's lists."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def figures() -> Iterator[Figure]:
    known = [(row["phrase"], frozenset(filter(None, row["contains"].split("|")))) for row in rows("phrases.csv")]
    read = [(phrase, contains, _line(phrase)) for phrase, contains in known]
    hidden, innocent = rows("hidden.csv"), rows("innocent.csv")
    yield share("ingredient phrases recognised", ((line.recognised, phrase) for phrase, _, line in read), 0.98)
    missed = (f"{phrase}: {contains - _told(line)}" for phrase, contains, line in read if contains - _told(line))
    yield none("allergens missed on phrases", missed, len(read))
    lost = (
        f"{row['phrase']}: {row['allergen']}" for row in hidden if row["allergen"] not in _told(_line(row["phrase"]))
    )
    yield none("hidden allergens missed", lost, len(hidden))
    yield none("unsafe diet claims", (phrase for phrase, contains, line in read if _unsafe(contains, line)), len(read))
    alarms = ((not set(line.contains) - contains, f"{phrase}: {line.contains}") for phrase, contains, line in read)
    yield share("phrases without a false alarm", alarms, 0.98)
    fooled = (row["phrase"] for row in innocent if row["allergen"] in _told(_line(row["phrase"])))
    yield none("look-alikes taken for an allergen", fooled, len(innocent))
    named = (
        (_name(row["phrase"]) == row["food"], f"{row['phrase']}: {_name(row['phrase'])}") for row in rows("phrases.csv")
    )
    yield share("phrases read as the right food", named, 0.98)


def _line(phrase: str) -> Line:
    return check([phrase]).lines[0]


def _told(line: Line) -> frozenset[str]:
    return frozenset(line.contains) | frozenset(line.may_contain)


def _unsafe(contains: frozenset[str], line: Line) -> bool:
    return any(getattr(line, diet) and contains & barred for diet, barred in BARRED.items())


def _name(phrase: str) -> str:
    food = read_line(phrase).food
    return food.name if food else ""
