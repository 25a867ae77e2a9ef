"""A language model as the chef's voice, for what the house is not certain of; its words are checked one by one."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from flavorbot.chef.asked import needs_of
from flavorbot.chef.builtin import BuiltInChef, Found
from flavorbot.chef.speech import checked, spoken
from flavorbot.chef.talk import question_for
from flavorbot.errors import GeneratorBusy
from flavorbot.generators.model import ModelGenerator
from flavorbot.generators.model.dialects import Question
from flavorbot.generators.model.failures import ModelFailed
from flavorbot.model import Notice, Recipe, Reply, Tokens, Turn, Wish

logger = logging.getLogger(__name__)


class ModelChef:
    """The model's answer where the house has none that is certain; where the model fails the house's, which says so.

    The model's server, its breaker and its places are the generator's, so that one limit holds for both.
    """

    def __init__(self, house: BuiltInChef, generator: ModelGenerator, *, deadline_s: float) -> None:
        self._house = house
        self._generator = generator
        self._deadline_s = deadline_s

    def ask(self, recipe: Recipe, wish: Wish, question: str, turns: Sequence[Turn] = ()) -> Reply:
        found, spent = self._house.find(recipe, wish, question, turns), list[Tokens]()
        if found.certain:
            return found.reply
        try:
            asked = question_for(recipe, question, turns, found.reply.text if found.known else "")
            reply = Reply(text=self._said(asked, recipe, wish, spent), by="model")
        except ModelFailed as failed:
            logger.warning("%s", failed)
            reply = _by_the_house(found, failed.told)
        except GeneratorBusy:
            reply = _by_the_house(found, "has too much to do just now")
        except Exception:
            logger.exception("a model's answer could not be checked")
            reply = _by_the_house(found, "gave an answer that we could not use")
        return replace(reply, tokens=sum(spent, Tokens()) if spent else None)

    def _said(self, asked: Question, recipe: Recipe, wish: Wish, spent: list[Tokens]) -> str:
        answer = self._generator.ask(asked, time.monotonic() + self._deadline_s, spent)
        text = checked(spoken(answer), recipe, needs_of(wish))
        if not text:
            raise ModelFailed("gave an answer that did not pass our check", of_service=False)
        return text


def _by_the_house(found: Found, told: str) -> Reply:
    """The house's answer, with a word on why it is not the model's."""
    said = f"The language model {told}, so FlavorBot’s own kitchen answers. It is not counted."
    return replace(
        found.reply,
        text=f"{found.reply.text} ({said})",
        notices=(Notice("fallback", "model", said), *found.reply.notices),
    )
