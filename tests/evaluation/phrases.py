"""How well the checker reads: ingredient lines as people write them, hidden allergens, innocent look-alikes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from flavorbot.kitchen.checked import Line
from flavorbot.kitchen.checker import check
from tests.evaluation.figures import Figure, none, share

FOLDER = Path(__file__).parents[1] / "kitchen"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the checker's lists."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def figures() -> Iterator[Figure]:
    """Contains, may contain and barred diets stand in the lists; what some products hold counts neither way."""
    phrases = rows("phrases.csv")
    read = [(row, check([row["phrase"]]).lines[0]) for row in phrases]
    known = [(row, line) for row, line in read if line.recognised]
    hidden, innocent = rows("hidden.csv"), rows("innocent.csv")
    yield share("ingredient phrases recognised", ((line.recognised, row["phrase"]) for row, line in read), 0.98)
    missed = (f"{row['phrase']}: {lost}" for row, line in known if (lost := _cell(row, "contains") - _told(line)))
    yield none("allergens missed on recognised phrases", missed, len(known))
    unseen = (f"{row['phrase']}: {row['allergen']}" for row in hidden if row["allergen"] not in _told_of(row))
    yield none("hidden allergens missed", unseen, len(hidden))
    unsafe = (f"{row['phrase']}: {diet}" for row, line in read for diet in _cell(row, "not") if getattr(line, diet))
    yield none("unsafe diet claims", unsafe, len(read))
    alarms = ((not (false := _alarms(row, line)), f"{row['phrase']}: {false}") for row, line in read)
    yield share("phrases without a false alarm", alarms, 0.98)
    fooled = (f"{row['phrase']}: {row['allergen']}" for row in innocent if row["allergen"] in _told_of(row))
    yield none("look-alikes taken for an allergen", fooled, len(innocent))
    named = ((line.name == row["food"], f"{row['phrase']}: {line.name}") for row, line in known)
    yield share("phrases read as the right food", named, 0.98)


def _cell(row: dict[str, str], name: str) -> frozenset[str]:
    return frozenset(filter(None, row[name].split("|")))


def _told(line: Line) -> frozenset[str]:
    return frozenset(line.contains) | frozenset(line.may_contain)


def _told_of(row: dict[str, str]) -> frozenset[str]:
    return _told(check([row["phrase"]]).lines[0])


def _alarms(row: dict[str, str], line: Line) -> frozenset[str]:
    return frozenset(line.contains) - _cell(row, "contains") - _cell(row, "may")
