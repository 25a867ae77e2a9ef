"""Dishes that people know by name: what goes into them, and whose ingredients someone has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from flavorbot.generators.builtin.book import Formula, formulas, tags
from flavorbot.kitchen.foods import Food, foods

_FAMILIAR, _MORE = 2.4, 0.5
_NOT_BEFORE = r"(?<!no )(?<!not )(?<!not a )(?<!without )(?<!avoid )(?<!hate )(?<!leftover )(?<!left over )"


@dataclass(frozen=True, slots=True, kw_only=True)
class Classic:
    """A dish with a name; `of` are groups of names and classes, of each of which it has one.

    `foods` are what it is made of when it is asked for by one of its `names`, `alone` if nothing may be named beside
    it; `only` are cuisines it needs.
    """

    formula: str
    names: tuple[str, ...]
    foods: tuple[str, ...]
    of: tuple[frozenset[str], ...]
    cuisine: str | None
    only: frozenset[str]
    alone: bool

    def is_of(self, owned: Sequence[Food], cuisine: str | None) -> bool:
        """Whether someone with these foods, who would like that cuisine, has what makes the dish."""
        home = formulas()[self.formula].cuisines
        if (self.only and cuisine not in self.only) or (self.cuisine and cuisine not in (None, self.cuisine)):
            return False
        if cuisine and home and cuisine not in home:
            return False
        return bool(self.of) and all(any(tags(food) & group for food in owned) for group in self.of)

    def left_of(self, text: str) -> str:
        """The text without the dish's names."""
        for name in sorted(self.names, key=len, reverse=True):
            text = re.sub(_said(name), " ", text, flags=re.IGNORECASE)
        return text


@cache
def classics() -> tuple[Classic, ...]:
    text = resources.files(__package__).joinpath("data/classics.toml").read_text("utf-8")
    return tuple(
        Classic(
            formula=entry["cooks"],
            names=tuple(_names(name, entry)),
            foods=tuple(entry.get("foods", ())),
            of=tuple(map(frozenset, entry.get("of", ()))),
            cuisine=entry.get("cuisine"),
            only=frozenset(entry.get("only", ())),
            alone=entry.get("alone", False),
        )
        for name, entry in tomllib.loads(text).items()
    )


def _names(name: str, entry: dict[str, list[str]]) -> Iterator[str]:
    """What the dish is called: in its entry, or in the food table; nothing where nobody can ask for it."""
    if "foods" in entry:
        plain = name.replace("-", " ")
        yield from entry.get("names", ())
        yield plain
        if plain in foods() and "names" not in entry:
            yield from foods()[plain].aliases


def named_in(text: str) -> Classic | None:
    """The dish that the text asks for, by the longest name."""
    lower = text.lower()
    said = (each for name, each in _by_length() if name in lower and re.search(_said(name), lower))
    return next(said, None)


def _said(name: str) -> str:
    return rf"{_NOT_BEFORE}\b{re.escape(name)}\b"


@cache
def _by_length() -> tuple[tuple[str, Classic], ...]:
    named = ((name, classic) for classic in classics() for name in classic.names)
    return tuple(sorted(named, key=lambda pair: -len(pair[0])))


def familiarity(formula: Formula, owned: Sequence[Food], cuisine: str | None) -> float:
    """How much the formula makes a known dish of these foods: more, the more of them that dish is about."""
    found = (len(each.of) for each in _of_formula(formula.name) if each.is_of(owned, cuisine))
    groups = max(found, default=0)
    return _FAMILIAR + _MORE * groups if groups else 0.0


@cache
def _of_formula(name: str) -> tuple[Classic, ...]:
    return tuple(each for each in classics() if each.formula == name and name in formulas())
