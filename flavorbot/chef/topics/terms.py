"""What a word of the kitchen means, and how the thing is done; texts in `data/terms.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from flavorbot.chef.asked import Asked
from flavorbot.chef.saying import sentence
from flavorbot.model import Reply

_ASKS = r"what (?:does|do|is|s|are|exactly)|how (?:do|to|should|can|would)|mean\w*|explain|difference|whats|why"


def answers(asked: Asked) -> Reply | None:
    if not asked.says(_ASKS):
        return None
    for entry in _table().values():
        if asked.says(entry["asks"]):
            return Reply(text=sentence(entry["text"], _where(asked, entry["asks"])))
    return None


def _where(asked: Asked, pattern: str) -> str:
    """The step of this recipe that speaks of it."""
    word = pattern.split("|", 1)[0].split("\\w", 1)[0].strip("()?: ")
    for number, step in enumerate(asked.recipe.instructions, 1):
        if len(word) > 3 and word in step.text.casefold():
            return f"Here that is step {number}."
    return ""


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("flavorbot.chef").joinpath("data", "terms.toml").read_text("utf-8")
    return tomllib.loads(text)
