"""Wishes for another version ("make it spicier", "vegan please", "swap the rice"): the generator's refinement."""

from __future__ import annotations

import re

from flavorbot.chef.asked import Asked
from flavorbot.chef.proposals import Version, is_ours, refined
from flavorbot.chef.saying import listed, minutes, sentence
from flavorbot.chef.swapping import adapted
from flavorbot.chef.topics.servings import wanted_people
from flavorbot.kitchen.wishes import read_wish
from flavorbot.model import Reply

_ORDER = (
    r"^(?:please |so |and |ok |now |hi |hello |chef |, )*(?:(?:can|could|would|will) (?:you|we|i) (?:please )?"
    r"|how (?:can|do|could|would) (?:i|we|you) |lets |what can (?:i|we) do to |id like (?:you )?to |i want (?:you )?to "
    r"|i would like (?:you )?to )?(?:please )?(?:make (?:it|this|these|them|me|a)\b|turn (?:it|this)|change|swap|swop"
    r"|replace|exchange|adapt|convert (?:it|this)|rewrite|give me|veganise|add (?:some |more |extra |a )?(?!up\b)"
    r"|use (?:less|more)|put in)"
)
_SHORT = (
    r"^(?:please |a bit |a little |much |even )*(?:quicker|faster|spicier|milder|hotter|lighter|healthier|cheaper"
    r"|simpler|easier|creamier|crunchier|sweeter|less|more|fewer|something else|another|vegan|vegetarian|(?:a "
    r"|the )?(?:vegan|vegetarian|lighter|quicker|healthier|cheaper|spicier|milder|low carb|gluten free"
    r"|dairy free) (?:version|please|one))\b"
)
_QUESTION = r"^(?:what|why|how (?:long|much|many)|when|is|are|does|do|which|who|where)\b"
_SWAP = r"^(?:\w+ )*?(?:swap|swop|replace|substitute|exchange)\b"
_NO_CHANGE = r"in advance|ahead|the day before|the night before|less time|more detail"


def answers(asked: Asked) -> Reply | None:
    text = asked.text.strip(" ,")
    if amount := asked.found(r"(?P<more>doubl\w+|twice) the|(?P<less>halv\w+|half) the"):
        if not asked.subjects:
            return None
        found = refined(asked, f"{'more' if amount['more'] else 'less'} {asked.subjects[0].name}")
        return Reply(text=found) if isinstance(found, str) else found.reply(told(asked, found))
    ordered = re.search(_ORDER, text) or re.search(_SHORT, text)
    if not ordered or re.search(_QUESTION, text) or re.search(_SWAP, text) or asked.says(_NO_CHANGE):
        return None
    if len(text.split()) <= 7 and wanted_people(asked) and not asked.says("vegan|vegetarian|without|free"):
        return None
    found = _by_hand(asked) or refined(asked, _instruction(asked))
    if isinstance(found, str):
        return None if "did not understand" in found else Reply(text=found)
    return found.reply(told(asked, found))


def _by_hand(asked: Asked) -> Version | None:
    """A recipe that was not cooked here, with stand-ins for what a diet or an allergy bars."""
    said = read_wish(asked.text).needs
    if is_ours(asked.recipe) or not (said.diets or said.allergies):
        return None
    return adapted(asked, asked.needs_with_said)


def told(asked: Asked, found: Version) -> str:
    """What came about, in the generator's own words, after a sentence that names the dish."""
    recipe = found.recipe
    if not found.notices and not found.cooked:
        pairs = zip(asked.recipe.ingredients, recipe.ingredients, strict=False)
        swaps = [f"{new.name} for the {old.name}" for old, new in pairs if old.name != new.name]
        return f"Here it is with {listed(swaps)}; the rest stays as you wrote it."
    time = f", {minutes(recipe.total_minutes)} in all" if recipe.total_minutes else ""
    new = recipe.title != asked.recipe.title
    opening = f"How about this: {recipe.title}{time}." if new else f"Here it is changed{time}."
    kinds = ("conflict", "hazard", "substituted", "unused", "fallback", "unknown")
    messages = sorted(found.notices, key=lambda notice: kinds.index(notice.kind))
    return sentence(opening, *dict.fromkeys(notice.message for notice in messages[:3]))


def _instruction(asked: Asked) -> str:
    """The question as an instruction: without the asking, its typos as they were mended."""
    text = re.sub(r"\s+,", ",", asked.text).strip(" ,")
    text = re.sub(
        r"^(?:please |so |and |ok |now |hi |hello |chef |, )*(?:can|could|would|will) (?:you|we|i) (?:please )?",
        "",
        text,
    )
    return re.sub(
        r"^(?:how (?:can|do|could|would) (?:i|we|you)|lets|i (?:want|would like)(?: you)? to|id like(?: you)? to) ",
        "",
        text,
    )
