"""The chef of the house: answers from the food table and the recipe, and says so where it knows nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flavorbot.chef.asked import Asked, hear
from flavorbot.chef.saying import either, names
from flavorbot.chef.topics import TOPICS
from flavorbot.interfaces import IGenerator
from flavorbot.model import Recipe, Reply, Turn, Wish

_SHORT = 8
_FULL = re.compile(r"^(?:what|who|where|when|why|which) (?:is|are|was|were|does|do|did|has)\b", re.IGNORECASE)
"""A question of few words may go on with the one before ("and with milk?"), unless it is a whole one itself."""


@dataclass(frozen=True, slots=True)
class Found:
    """A reply; `known` when a topic gave it, `certain` when nobody else should answer."""

    reply: Reply
    known: bool
    certain: bool


class BuiltInChef:
    """Answers by topics, each a module of rules; new versions come from the generator."""

    def __init__(self, generator: IGenerator) -> None:
        self._generator = generator

    def ask(self, recipe: Recipe, wish: Wish, question: str, turns: Sequence[Turn] = ()) -> Reply:
        return self.find(recipe, wish, question, turns).reply

    def find(self, recipe: Recipe, wish: Wish, question: str, turns: Sequence[Turn] = ()) -> Found:
        """The reply with how sure it is."""
        alone = hear(question, recipe, wish, self._generator)
        if found := _answered(alone):
            return found
        elliptic = len(question.split()) <= _SHORT and not _FULL.search(question.strip())
        if turns and elliptic and (found := _answered(_going_on(alone, turns, self._generator))):
            return found
        return Found(Reply(text=_unknown(alone)), known=False, certain=False)


def _answered(asked: Asked) -> Found | None:
    for topic in TOPICS:
        if reply := topic.answers(asked):
            return Found(reply, known=True, certain=topic.certain or reply.proposal is not None)
    return None


def _going_on(asked: Asked, turns: Sequence[Turn], generator: IGenerator) -> Asked:
    return hear(asked.question, asked.recipe, asked.wish, generator, turns)


def _unknown(asked: Asked) -> str:
    """An honest no, with what could be asked about this recipe."""
    offers = ["how long it keeps", "whether it freezes"]
    if heated := [line for line in asked.lines if line.food and line.food.safe_c]:
        offers.insert(0, f"when the {names(heated, 1)} {'are' if heated[0].name.endswith('s') else 'is'} done")
    soft = asked.lines_with("dairy", "fat", "cheese", "condiment", "acid", "herb")
    if soft:
        offers.append(f"what to use instead of the {soft[0].name}")
    offers.append("what it contains")
    offers.append(f"how to make it for more than {asked.recipe.servings}")
    return f"I do not know that, I am sorry. About {asked.recipe.title} I can tell you {either(offers)}."
