"""What a proposed version changes, line by line and word by word, for a page to mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from flavorbot.model import Recipe
from flavorbot.web.pages import minutes
from flavorbot.writing import ingredient_lines

ALIKE = 0.45
"""Lines at least so alike are shown as one line that changed."""

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
    return Changes(
        facts=tuple(_compared(_facts(before), _facts(after))),
        ingredients=tuple(_compared(ingredient_lines(before), ingredient_lines(after))),
        steps=tuple(_compared([step.text for step in before.instructions], [step.text for step in after.instructions])),
    )


def _facts(recipe: Recipe) -> list[str]:
    time = [f"Takes {minutes(recipe.total_minutes)}"] if recipe.total_minutes else []
    return [f"Title: {recipe.title}", f"Servings: {recipe.servings}", *time]


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    for tag, start, end, from_, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _replaced(before[start:end], after[from_:to])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Lines that are alike as one that changed, the others as gone and new."""
    left = list(new)
    for line in old:
        other = max(left, key=lambda each: _likeness(line, each), default=None)
        if other is None or _likeness(line, other) < ALIKE:
            yield Change("removed", (Part("gone", line),))
            continue
        left.remove(other)
        yield Change("changed", tuple(_words(line, other)))
    for line in left:
        yield Change("added", (Part("new", line),))


def _likeness(one: str, other: str) -> float:
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
