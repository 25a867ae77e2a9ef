"""A title and a sentence about a dish, from what is in it."""

from __future__ import annotations

import re
from random import Random

from flavorbot.generators.builtin.naming import flavour_word, listed, sentence_case, short, short_plural
from flavorbot.generators.builtin.phrasing import say
from flavorbot.generators.builtin.planning import Plan
from flavorbot.kitchen.foods import Food

_VEGETABLES = ("fruit", "quick", "slow", "leaf", "pulse", "potato", "fresh", "extra_sweet", "grated_vegetable")
_FLAVOURS = ("sauce", "spice", "sweet_spice", "acid", "herb", "lemon")
_DULL = frozenset(
    {
        "salt",
        "black pepper",
        "bay leaf",
        "tomato paste",
        "fish sauce",
        "anchovy",
        "nutritional yeast",
        "ketchup",
        "nutmeg",
        "ras el hanout",
        "worcestershire sauce",
        "mayonnaise",
        "turmeric",
        "allspice",
    }
)


_TWO_ANDS = re.compile(r" and (?=(?:(?! with | of ).)+? and )")


class Titler:
    """Finds the words for one plan; each food stands in a title only once."""

    def __init__(self, plan: Plan, rng: Random) -> None:
        self.plan = plan
        self.rng = rng
        self.mains = self._mains()
        vegetables = [food for place in _VEGETABLES for food in plan.foods.get(place, ()) if food not in self.mains]
        self.vegetables = sorted(vegetables, key=lambda food: food.name not in plan.owned) or self.mains
        flavours = [
            food
            for place in _FLAVOURS
            for food in plan.foods.get(place, ())
            if food.name not in _DULL and "vinegar" not in food.name
        ]
        self.flavours = sorted(flavours, key=lambda food: food.name not in plan.owned)
        self.said: set[str] = set()
        named = [food for food in (*self.mains, *self.vegetables) if food.name in plan.owned]
        self.central = {short(food) for food in named[:2]}

    def title(self) -> str:
        title = self._one_of(self.plan.formula.titles) or f"{self.plan.formula.kind} with {short_plural(self.mains[0])}"
        return sentence_case(_TWO_ANDS.sub(", ", title))

    def description(self, minutes: int) -> str:
        ready = self.rng.choice(
            (f"Ready in {minutes} minutes.", f"On the table in {minutes} minutes.", f"Takes {minutes} minutes in all.")
        )
        about = _TWO_ANDS.sub(", ", self._one_of(self.plan.formula.descriptions))
        return f"{about} {ready if minutes < 100 else ''}".strip()

    def _one_of(self, sentences: tuple[str, ...]) -> str:
        order = list(sentences)
        self.rng.shuffle(order)
        best, most = "", -1
        for sentence in order:
            self.said = set()
            text = say(sentence, self._resolve)
            mentioned = len(self.said & self.central)
            if text and mentioned > most:
                best, most = text, mentioned
        return best

    def _mains(self) -> list[Food]:
        found = [food for place in self.plan.formula.mains for food in self.plan.foods.get(place, ())]
        return sorted(found, key=lambda food: food.name not in self.plan.owned) or list(self.plan.all_foods())

    def _resolve(self, places: tuple[str, ...], attribute: str) -> str | None:
        return self._word(places[0], attribute in ("low", "noun"))

    def _word(self, place: str, running: bool) -> str | None:
        """A title has one thing in front of another, in the singular; running text names two in the plural."""
        if place == "cuisine":
            return self.plan.cuisine.word if self.plan.cuisine else None
        if place in ("main", "mains"):
            return self._named(self.mains, 1, running or place == "mains")
        if place in ("veg", "vegs"):
            return self._named(self.vegetables, 2 if running or place == "vegs" else 1, running or place == "vegs")
        if place in ("all", "both"):
            return self._named([*self.mains[:1], *self.vegetables[:2]], 3 if place == "all" else 2, running)
        if place == "flavour":
            called = short if running else flavour_word
            fresh = [called(food) for food in self.flavours if called(food) not in self.said]
            self.said |= set(fresh[:1])
            return fresh[0] if fresh else None
        members = self.plan.foods.get(self.plan.formula.base if place == "base" else place)
        if not members or short(members[0]) in self.said:
            return None
        self.said.add(short(members[0]))
        return short_plural(members[0]) if running or place == "wrap" else short(members[0])

    def _named(self, members: list[Food], most: int, plural: bool) -> str | None:
        fresh = [food for food in members if short(food) not in self.said][:most]
        if not fresh:
            return None
        self.said |= {short(food) for food in fresh}
        return listed([short_plural(food) if plural else short(food) for food in fresh])
