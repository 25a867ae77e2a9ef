"""Words that stand for many foods at once ("shellfish", "dairy"), and which foods an exclusion covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.lexicon import lookup, read_rows
from flavorbot.kitchen.spelling import mend
from flavorbot.kitchen.text import BREAK, stems, words

_BEFORE = frozenset({"no", "without", "any", "not", "avoid", "never", "zero", "all", "hate", "dislike"})
_PLANTS = frozenset({"plant", "fungus", "mineral", "water"})


@dataclass(frozen=True, slots=True)
class Group:
    """The foods that one word covers."""

    name: str
    kinds: frozenset[str]
    allergens: frozenset[str]
    flags: frozenset[str]
    categories: frozenset[str]
    roles: frozenset[str]
    names: frozenset[str]
    but: frozenset[str]

    def covers(self, food: Food) -> bool:
        """Whether the food is one of these, or may contain them."""
        return (
            self.is_general_for(food)
            or bool(food.may & self.allergens)
            or any(is_made_with(base, food) for base in (self.name, *self.names))
        )

    def is_general_for(self, food: Food) -> bool:
        """Whether the food certainly is one of these."""
        return food.name not in self.but and bool(
            food.kind in self.kinds
            or food.contains & self.allergens
            or food.flags & self.flags
            or food.category in self.categories
            or food.role in self.roles
            or _any_within(self.names, food)
        )


@dataclass(frozen=True, slots=True)
class MadeWith:
    """Foods that hold, or may hold, something their names do not tell."""

    foods: frozenset[str]
    shelves: frozenset[str]
    flags: frozenset[str]
    but: frozenset[str]

    def holds(self, food: Food) -> bool:
        """Whether the food is one of these."""
        shelf = food.category if food.role == "sweet" else f"savoury {food.category}"
        held = food.name in self.foods or {food.category, shelf} & self.shelves or food.flags & self.flags
        return bool(held) and not {food.name, food.category} & self.but


@lru_cache(maxsize=2048)
def group(word: str) -> Group | None:
    """The group that a word names, if any."""
    return _groups().get(" ".join(stems(word)))


@lru_cache(maxsize=2048)
def meant_by(word: str) -> str | None:
    """The group or food that an exclusion names, also misspelt or with "no" before it; None for what is not known."""
    for text in (word, *_spellings(word)):
        if group(text):
            return text
        entry = lookup(text)
        if entry and entry.food:
            return entry.food.name
    return None


def is_known(word: str) -> bool:
    """Whether an exclusion is known just as it was typed."""
    return group(word) is not None or lookup(word) is not None


def covers(word: str, food: Food) -> bool:
    """Whether an exclusion in a person's words covers the food: by group, a word in its name, or what is in it."""
    meant = meant_by(word) or word
    found = group(meant)
    return found.covers(food) if found else within(meant, food) or within(word, food) or is_made_with(meant, food)


def is_made_with(base: str, food: Food) -> bool:
    """Whether the table of made foods says that the base is, or may be, in this one."""
    return food.name in _holding(base)


def within(word: str, food: Food) -> bool:
    """Whether the word stands in the food's names, and means the same there: milk is not in coconut milk."""
    key, meant = _known_as(word)
    if meant is not None and meant.name == food.name:
        return True
    if meant is not None and meant.kind not in _PLANTS and food.kind in _PLANTS and not meant.contains & food.contains:
        return False
    return bool(key) and f" {key} " in _all_names(food.name, food.aliases)


# A general word is compared with each listed food of one recipe after another.
@lru_cache(maxsize=8192)
def _any_within(names: frozenset[str], food: Food) -> bool:
    return any(within(name, food) for name in names)


@lru_cache(maxsize=4096)
def _known_as(word: str) -> tuple[str, Food | None]:
    """The word's stems and the food it names."""
    entry = lookup(word)
    return " ".join(stems(word)), entry.food if entry else None


def _spellings(word: str) -> Iterator[str]:
    """The exclusion without "no" and the like before it, as typed and with its typos mended."""
    plain = [part for part in words(word) if part != BREAK]
    while plain and plain[0] in _BEFORE:
        plain.pop(0)
    yield " ".join(plain)
    yield " ".join(found.word if (found := mend(part)) else part for part in plain)


@lru_cache(maxsize=2048)
def _all_names(name: str, aliases: tuple[str, ...]) -> str:
    """The stems of all names of a food, each name between commas."""
    return " , ".join(("", *(" ".join(stems(one)) for one in (name, *aliases)), ""))


@cache
def _groups() -> Mapping[str, Group]:
    groups: dict[str, Group] = {}
    for row in read_rows("groups.csv"):
        columns = [_parts(row[key]) for key in _COLUMNS]
        for name in (row["name"], *row["aliases"].split("|")):
            groups.setdefault(" ".join(stems(name)), Group(row["name"], *columns))
    groups.pop("", None)
    return groups


@lru_cache(maxsize=2048)
def _holding(base: str) -> frozenset[str]:
    """The names of the foods that are, or may be, made with the base."""
    rows = _made_rows().get(" ".join(stems(base)), ())
    return frozenset(food.name for row in rows for food in foods().values() if row.holds(food))


@cache
def _made_rows() -> Mapping[str, tuple[MadeWith, ...]]:
    rows: dict[str, tuple[MadeWith, ...]] = {}
    for row in read_rows("made_with.csv"):
        made = MadeWith(*(_parts(row[key]) for key in ("foods", "shelves", "flags", "but")))
        for base in row["bases"].split("|"):
            key = " ".join(stems(base))
            rows[key] = (*rows.get(key, ()), made)
    return rows


def _parts(cell: str) -> frozenset[str]:
    return frozenset(part for part in cell.split("|") if part)


_COLUMNS = ("kinds", "allergens", "flags", "categories", "roles", "names", "but")
