"""What a proposed version changes, line by line and word by word, for a page to mark."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from flavorbot.kitchen.text import stems
from flavorbot.model import Recipe
from flavorbot.web.pages import minutes
from flavorbot.writing import ingredient_line

ALIKE = 0.45
"""Lines whose subjects are at least so alike are shown as one line that changed."""

_TOKEN = re.compile(r"\s*(?:[\w'’½¼¾⅓⅔⅛°-]+|[^\w\s])")


@dataclass(frozen=True, slots=True)
class Part:
    """Some words that stay, come or go."""

    kind: Literal["same", "new", "gone"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line; its kind is "changed" where parts of it are."""

    kind: Literal["added", "removed", "changed"]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different; each list is empty where nothing is."""

    facts: tuple[Change, ...]
    ingredients: tuple[Change, ...]
    steps: tuple[Change, ...]


def changes_between(before: Recipe, after: Recipe) -> Changes:
    """The two compared: steps in their order, facts and ingredients wherever they stand."""
    return Changes(
        facts=tuple(_paired(*_unshared(_facts(before), _facts(after)))),
        ingredients=tuple(_paired(*_unshared(_ingredients(before), _ingredients(after)))),
        steps=tuple(_in_order(_steps(before), _steps(after))),
    )


def marked_lines(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[Part, ...], ...]:
    """All lines of the new text, and those of the old one that are gone, with marks on what is different."""
    before, after = ([_Line(text, text) for text in side] for side in (old, new))
    return tuple(_marked_lines(before, after))


def _marked_lines(before: list[_Line], after: list[_Line]) -> Iterator[tuple[Part, ...]]:
    for tag, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((Part("same", line.text),) for line in after[from_:to])
        else:
            yield from (change.parts for change in _paired(before[start:end], after[from_:to]))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, and the words in it that tell whether another one is the same thing."""

    text: str
    subject: str


def _facts(recipe: Recipe) -> list[_Line]:
    facts = [_Line(f"Title: {recipe.title}", "title"), _Line(f"Servings: {recipe.servings}", "servings")]
    return [*facts, _Line(f"Takes {minutes(recipe.total_minutes)}", "time")] if recipe.total_minutes else facts


def _ingredients(recipe: Recipe) -> list[_Line]:
    return [_Line(ingredient_line(item), " ".join(stems(item.name))) for item in recipe.ingredients]


def _steps(recipe: Recipe) -> list[_Line]:
    return [_Line(step.text, step.text) for step in recipe.instructions]


def _unshared(before: list[_Line], after: list[_Line]) -> tuple[list[_Line], list[_Line]]:
    """Each without the lines that the other has too, whatever their place."""
    return _without(before, after), _without(after, before)


def _without(lines: list[_Line], others: list[_Line]) -> list[_Line]:
    left = Counter(others)
    kept = []
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            kept.append(line)
    return kept


def _in_order(before: list[_Line], after: list[_Line]) -> Iterator[Change]:
    for tag, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _paired(before[start:end], after[from_:to])


def _paired(old: list[_Line], new: list[_Line]) -> Iterator[Change]:
    """First what is gone, then the new lines in their order, each beside the old one it is most like, if any."""
    before = _partners(old, new)
    for place, line in enumerate(old):
        if place not in before.values():
            yield Change("removed", (Part("gone", line.text),))
    for place, line in enumerate(new):
        if place in before:
            yield Change("changed", tuple(_words(old[before[place]].text, line.text)))
        else:
            yield Change("added", (Part("new", line.text),))


def _partners(old: list[_Line], new: list[_Line]) -> dict[int, int]:
    """The place of the old line for that of a new one; the most alike find each other first."""
    found: dict[int, int] = {}
    pairs = sorted(
        ((_likeness(line, other), -theirs, -ours) for ours, line in enumerate(old) for theirs, other in enumerate(new)),
        reverse=True,
    )
    for (alike, _), theirs, ours in pairs:
        if alike >= ALIKE and -theirs not in found and -ours not in found.values():
            found[-theirs] = -ours
    return found


def _likeness(one: _Line, other: _Line) -> tuple[float, float]:
    """From 0 to 1, by the subjects, and among equals by the whole texts."""
    return _ratio(one.subject, other.subject), _ratio(one.text, other.text)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _words(old: str, new: str) -> Iterator[Part]:
    """The words and marks of both; white space stays outside of what came or went."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    for tag, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part("same", "".join(after[from_:to]))
            continue
        yield from _marked("gone", "".join(before[start:end]))
        yield from _marked("new", "".join(after[from_:to]))


def _marked(kind: Literal["gone", "new"], text: str) -> Iterator[Part]:
    bare = text.lstrip()
    if bare != text:
        yield Part("same", text[: len(text) - len(bare)])
    if bare:
        yield Part(kind, bare)
