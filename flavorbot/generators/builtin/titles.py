"""A title and a sentence about a dish, from what is in it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import islice
from random import Random

from flavorbot.generators.builtin.belonging import word_of
from flavorbot.generators.builtin.book import FRESH_TOMATOES, PARTS, in_part, tags
from flavorbot.generators.builtin.naming import (
    capital,
    flavour_noun,
    flavour_word,
    listed,
    sentence_case,
    short,
    short_plural,
)
from flavorbot.generators.builtin.phrasing import say
from flavorbot.generators.builtin.planning import Plan
from flavorbot.generators.builtin.praising import praised
from flavorbot.kitchen.foods import Food

_BESIDE = (
    "meat",
    "fish",
    "fruit",
    "fruit_fresh",
    "butter_nut",
    "quick",
    "slow",
    "leaf",
    "pulse",
    "potato",
    "fresh",
    "cured",
    "extra_sweet",
    "grated_vegetable",
    "shreds",
    "fruit_crisp",
)
_FRUIT = ("fruit", "fruit_fresh")
_PLAIN = frozenset({"sugar", "brown sugar", "erythritol"})
"""What sweetens a dish without lending it a name."""
_OF_EGGS = frozenset({"fritters", "patties"})
"""Kinds of dishes that everybody knows to have eggs in them, or that bind with one."""
_OF_CHEESE = frozenset({"bake", "toast", "sandwich", "traybake", "air-fryer roast", "grill", "stuffed vegetables"})
"""Kinds of dishes that cheese may lead: elsewhere it is stirred in, or scattered over."""
_FLAVOURS = ("sauce", "spice", "sweet_spice", "acid", "herb", "lemon", "ginger")
_PINCHES = frozenset({"chilli powder", "mustard", "nutmeg"})
"""What is felt more than tasted, unless the person named it."""
_MOST_UNTOLD, _MOST_SORTS = 3, 2
_LARGE_G = 40
_LARGE = frozenset({"kimchi", "sauerkraut", "feta", "goat's cheese", "halloumi", "egg", "bacon", "chorizo", "anchovy"})
"""What stands out however little there is of it; of the rest, a usual serving of so many grams."""
_CABBAGES = frozenset({"kimchi", "sauerkraut"})
"""What stands where sauces do, and is eaten by the forkful."""
_NEVER_DULL = (frozenset({"potato"}), frozenset[str]())
"""What is told though the dish stands on it: the potatoes, unless they are the mash of a pie."""
_BRINGS = (
    (
        frozenset({"potato", "starch", "ready_pulse", "dry_pulse"}),
        (("{} makes it filling", "{} make it filling"), ("{} gives it substance", "{} give it substance")),
    ),
    (
        frozenset({"protein"}),
        (("{} makes it a meal", "{} make it a meal"), ("{} turns it into a meal", "{} turn it into a meal")),
    ),
    (frozenset({"mushroom"}), (("{} deepens the flavour", "{} deepen the flavour"),)),
    (frozenset({"hard"}), (("{} makes it heartier", "{} make it heartier"), ("{} adds body", "{} add body"))),
    (frozenset({"medium", "soft", "leafy"}), (("{} rounds it out", "{} round it out"),)),
    (
        frozenset({"cheese"}),
        (("{} makes it richer", "{} make it richer"), ("{} brings salt and richness", "{} bring salt and richness")),
    ),
    (frozenset({"condiment"}), (("{} gives it character", "{} give it character"),)),
)
"""What foods of these classes do where nothing else names them, said of one and of several."""
_SEASONING = frozenset(
    {"aromatic", "herb", "spice", "seasoning", "fat", "acid", "liquid", "sweet", "binder", "condiment"}
)


_NOODLES = re.compile(r"(?<=oodle)s(?= (?:bowl|salad)\b)")
_TWO_ANDS = re.compile(r" and (?=(?:(?!with |of )[\w'-]+ ){1,3}and )")
"""The first of two joined lists; not an "and" that begins another thought."""


def _is_bulk(food: Food) -> bool:
    return food.role == "fruit" or food.category == "vegetable"


def _stem(food: Food) -> str:
    """What singular and plural have in common, as titles name it."""
    return min(short(food), short_plural(food), key=len).casefold().rstrip("s")


def _is_many(name: str) -> bool:
    return name.endswith("s") and not name.endswith(("ss", "us"))


def _keeps(name: str) -> str:
    return "keep" if _is_many(name) else "keeps"


def _is_noodle_told(food: Food, told: str) -> bool:
    """Whether it is noodles, and the name of the dish says that there are some."""
    return "noodle" in tags(food) and "noodle" in told


def _is_sort(name: str, of: str) -> bool:
    """Whether one food is a sort of the other: shiitake mushrooms are mushrooms."""
    return name.endswith(f" {of}")


class Titler:
    """Finds the words for one plan; each food stands in a title only once.

    `faint`: names of foods of which there is too little to call a dish after them.
    """

    def __init__(self, plan: Plan, rng: Random, faint: Set[str] = frozenset()) -> None:
        self.plan = plan
        self.rng = rng
        foods = self._standing_in([place for place in plan.formula.mains if place != "creamy"])
        apart = {"fresh" if plan.formula.sided else "", "" if plan.formula.sweet else "butter_nut"}
        beside = [place for place in _BESIDE if place not in apart]
        others = [food for food in self._standing_in(beside) if food not in foods or plan.formula.sweet]
        others += [food for food in self._standing_in(("aromatics",)) if self._is_asked_leek(food)]
        others += [food for food in self._standing_in(("cheese",)) if food.name in plan.owned and food not in foods]
        others += [food for food in self._standing_in(("tomato",)) if food.name in FRESH_TOMATOES]
        others += [food for food in self._standing_in(("sauce",)) if food.name in _CABBAGES]
        if plan.formula.kind in ("hash", "mash", "pie"):
            others = [food for food in others if food not in plan.foods.get("potato", ())]
        fruit = self._standing_in(_FRUIT)
        if plan.formula.sweet and fruit:
            others = [food for food in others if food.role == "fruit" or food.name in plan.owned]
        others.sort(key=lambda food: (plan.formula.sweet and not _is_bulk(food), *self._rank(food)))
        self.mains = sorted(foods, key=self._rank) or others[:1] or list(plan.all_foods())[:1]
        self.vegetables = [food for food in others if food not in self.mains or plan.formula.sweet] or self.mains
        if self._begins_with_others():
            bought = [food for food in self.mains if food.name != "egg" or len(self.vegetables) < 2]
            first, rest = self.vegetables[:1], self.vegetables[1:]
            few = [food for food in rest if food.name in plan.owned]
            self.mains, self.vegetables = first, [*few, *bought, *(food for food in rest if food not in few)] or first
        flavours = (
            food for food in self._standing_in(_FLAVOURS) if food.name in plan.owned or food.name not in _PINCHES
        )
        flavours = (food for food in flavours if food.name not in faint)
        self.flavours = sorted(flavours, key=lambda food: food.name not in plan.owned)
        self.kitchen = word_of(plan)
        self.said: set[str] = set()
        self.title_said = ""
        named = [food for food in plan.all_foods() if food.name in plan.owned]
        named = [food for food in named if food.role not in _SEASONING or self._is_asked_leek(food)]
        bulk = fruit if plan.formula.sweet else [food for food in foods if food.role == "protein"]
        named = [*bulk, *others] if plan.formula.sweet else [*sorted(named, key=self._rank)[:4], *bulk]
        tasted = [food for food in self.flavours if food.name in plan.owned] if plan.formula.sweet else []
        central = [*named, *self.mains[:1], *self._accompaniment(), *tasted]
        self.central = list(dict.fromkeys(short(food) for food in central))

    def _begins_with_others(self) -> bool:
        """Whether what the person named stands beside something bought, and should come first."""
        first, beside = self.mains[0], self.vegetables[0]
        if first.category == "cheese" and beside.category == "vegetable" and self.plan.formula.kind not in _OF_CHEESE:
            return True
        named = beside.name in self.plan.owned and first.name not in self.plan.owned
        named = named and self.plan.formula.kind != "fritters" and "egg" not in self.plan.formula.require
        return named and beside.category != "cheese" and not self.plan.formula.sweet

    def _standing_in(self, places: Sequence[str]) -> list[Food]:
        return [food for place in places for food in self._in_place(place)]

    def _in_place(self, place: str) -> Sequence[Food]:
        """The foods of a place, or of a part of places that the dish's steps name apart."""
        if place not in self.plan.formula.parts:
            return self.plan.foods.get(place, ())
        return [food for name in PARTS[place][0] for food in self.plan.foods.get(name, ()) if in_part(food, place)]

    def _is_asked_leek(self, food: Food) -> bool:
        """Leeks season a dish unless the person brought them: then they are what it is made of."""
        return food.name == "leek" and food.name in self.plan.owned

    def _rank(self, food: Food) -> tuple[bool, bool, bool]:
        """What the person named comes first, proteins before the rest, meat and fish before pulses."""
        return food.name not in self.plan.owned, food.role != "protein", food.category == "pulse"

    def title(self) -> str:
        title = self._one_of(self.plan.formula.titles) or self._plain()
        self.title_said = sentence_case(_NOODLES.sub("", _TWO_ANDS.sub(", ", title)))
        return self.title_said

    def _plain(self) -> str:
        """The kind of dish with what is in it that its name does not say."""
        kind = self.plan.formula.kind
        others = (food for food in (*self.mains, *self.vegetables) if _stem(food) not in kind.casefold())
        return " with ".join((kind, *(short_plural(food) for food in islice(others, 1))))

    def description(self) -> str:
        """What the dish is, what else is in it, and what makes one want it."""
        about = self._one_of(self.plan.formula.descriptions)
        about = _TWO_ANDS.sub(", ", about) or f"Simple {self._plain()}."
        told = f"{self.title_said} {about}".casefold()
        beside = [food for food in self._accompaniment() if _stem(food) not in told]
        served = f"Served with {short_plural(beside[0])}." if beside else ""
        more = " ".join(filter(None, (self._untold(told), served)))
        praise = praised(self.plan, f"{told} {more}".casefold(), self.rng)
        return " ".join(filter(None, (about, more, praise)))

    def _untold(self, told: str) -> str:
        """What there is much of and nothing names yet, by what it does for the dish: two sorts at most."""
        if self.plan.formula.sweet:
            return ""
        chosen: list[str] = []
        raw = self._standing_in(("fresh",)) if self.plan.formula.sided else []
        for roles, ways in _BRINGS:
            foods = [food for food in self._large() if tags(food) & roles and food not in raw]
            foods = [food for food in foods if _stem(food) not in told and not _is_noodle_told(food, told)]
            names = list(dict.fromkeys(short_plural(food) for food in foods))[:_MOST_UNTOLD]
            if names and len(chosen) < _MOST_SORTS:
                several = len(names) > 1 or _is_many(names[0])
                chosen.append(self.rng.choice(ways)[several].format(listed(names)))
                told += " ".join(chosen).casefold()
        if raw and _stem(raw[0]) not in told:
            chosen = [*chosen[:1], f"{short_plural(raw[0])} on the side {_keeps(short_plural(raw[0]))} it fresh"]
        return f"{capital(', and '.join(chosen))}." if chosen else ""

    def _large(self) -> list[Food]:
        """What fills the plate: not the onion it begins with, nor the eggs that everybody knows to be in it."""
        dull = {"aromatics", "season", "fat", "side", "bread", "base", "couscous_bowl", "nut", *self._known_of_eggs()}
        dull |= {"potato", "slow"} if "mash" in self.title_said.casefold() else set()
        dull |= {"rice", "wrap", "shell", "porridge", self.plan.formula.base} - _NEVER_DULL[
            self.plan.formula.kind == "pie"
        ]
        foods = [food for name, members in self.plan.foods.items() if name not in dull for food in members]
        return [food for food in foods if food.name in _LARGE or (food.serving_g and food.serving_g[1] >= _LARGE_G)]

    def _known_of_eggs(self) -> set[str]:
        formula = self.plan.formula
        return {"egg", "binder"} if formula.kind in _OF_EGGS or "egg" in formula.require else set()

    def _accompaniment(self) -> list[Food]:
        """The rice, grain or noodles that are a large part of the dish."""
        return self._standing_in(("base", "couscous_bowl"))[:1]

    def _one_of(self, sentences: tuple[str, ...]) -> str:
        """The sentence that names most of what the person asked for, the first things counting most."""
        order = list(sentences)
        self.rng.shuffle(order)
        best, most = "", -1.0
        for sentence in order:
            self.said = set()
            text = say(sentence, self._resolve)
            worth = sum(0.6**place for place, name in enumerate(self.central) if name in self.said)
            if text and worth > most + 0.01:
                best, most = text, worth
        return best

    def _resolve(self, places: tuple[str, ...], attribute: str) -> str | None:
        if attribute == "there":
            return "" if self._standing_in(places) else None
        return self._word(places[0], attribute in ("low", "noun"))

    def _word(self, place: str, running: bool) -> str | None:
        """A title has one thing in front of another, in the singular; running text names two in the plural."""
        if place == "cuisine":
            return self.kitchen
        if place in ("main", "mains"):
            if self.mains[0].name == "egg" and "noodle" in self.plan.formula.kind and place == "main":
                return None
            return self._named(self.mains, 1 + self._has_two_proteins(), running or place == "mains")
        if place in ("veg", "vegs"):
            return self._named(self.vegetables, 2 if running or place == "vegs" else 1, running or place == "vegs")
        if place == "pair":
            return self._named(self.vegetables, 2, running)
        if place in ("all", "both"):
            asked = [food for food in self.mains[1:] if food.name in self.plan.owned]
            mains = [] if self.plan.formula.sweet else [*self.mains[:1], *asked]
            if self.plan.formula.sweet:
                return self._named(self.vegetables, 3 if place == "all" else 2, running)
            told = sorted([*mains, *self.vegetables[:2]], key=self._rank)
            return self._named(told, 3 if place == "all" else 2, running)
        if place == "fruit" and running:
            return self._named(self._standing_in(_FRUIT), 3, running)
        if place == "flavour":
            called = self._behind if running else self._front
            fresh = [food for food in self.flavours if called(food) and short(food) not in self.said]
            self.said |= {short(food) for food in fresh[:1]}
            return called(fresh[0]) if fresh else None
        members = self._in_place(self.plan.formula.base if place == "base" else place)
        if members and place == "stock" and "wine" not in tags(members[0]):
            return None
        if not members or short(members[0]) in self.said or members[0].name in _PLAIN:
            return None
        self.said.add(short(members[0]))
        several = (running or place == "wrap") and members[0].role != "acid"
        return short_plural(members[0]) if several else short(members[0])

    def _has_two_proteins(self) -> bool:
        """Whether the person named two of them: neither may be kept back."""
        both = self.mains[:2] if not self.plan.formula.sweet else []
        return sum(food.role == "protein" and food.name in self.plan.owned for food in both) == 2

    def _behind(self, food: Food) -> str:
        return "" if food.name == "cinnamon" and not self.plan.formula.sweet else flavour_noun(food)

    def _front(self, food: Food) -> str:
        return "" if food.name == "cinnamon" and not self.plan.formula.sweet else flavour_word(food)

    def _named(self, members: list[Food], most: int, plural: bool) -> str | None:
        distinct = {short(food): food for food in members if short(food) not in self.said}
        distinct = {
            name: food for name, food in distinct.items() if not any(_is_sort(other, name) for other in distinct)
        }
        fresh = list(distinct.values())[:most]
        if not fresh:
            return None
        self.said |= {short(food) for food in fresh}
        return listed([short_plural(food) if plural else short(food) for food in fresh])
