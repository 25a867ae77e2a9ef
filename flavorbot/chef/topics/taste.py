"""What it is like: how hot, how sweet, whether it is filling."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.saying import listed
from flavorbot.generators.builtin.book import tags
from flavorbot.kitchen.groups import group
from flavorbot.model import Reply

_HOT = r"(?:is|how|are|will|too)\b.*\b(?:spicy|hot|fiery)|spic(?:e|y) level|heat level"
_FILLING = r"filling|enough for (?:a )?(?:meal|dinner|lunch)|light meal|heavy"
_DIFFICULT = r"(?:is|how) (?:it |this )?(?:\w+ )?(?:difficult|hard|easy|complicated)|for (?:a )?beginners?|cant cook"


def answers(asked: Asked) -> Reply | None:
    if asked.says(_HOT) and not asked.says(r"oven|pan|water|oil|how hot|how do|serve\w*"):
        return Reply(text=heat_of(asked))
    if asked.says(_DIFFICULT):
        steps, total = len(asked.recipe.instructions), asked.recipe.total_minutes
        time = f" in {total} minutes" if total else ""
        return Reply(
            text=f"Not difficult: {steps} steps{time}, one after another. Read them all first, cut everything before "
            "you turn on the heat, and ask me as you go."
        )
    if asked.says(_FILLING) and asked.recipe.nutrition:
        found = asked.recipe.nutrition
        return Reply(
            text=f"A serving has {found.kcal:.0f} kcal with {found.protein_g:.0f} g of protein and {found.fibre_g:.0f} "
            "g of fibre: "
            f"{'a proper meal' if found.kcal >= 450 else 'rather light; bread or rice beside it makes it a meal'}."
        )
    return None


def heat_of(asked: Asked) -> str:
    """Whether there is chilli in it, and where."""
    chilli = group("chilli")
    hot = [
        line.name
        for line in asked.lines
        if line.food and ("hot" in tags(line.food) or (chilli and chilli.is_general_for(line.food)))
    ]
    if hot:
        return (
            f"Yes, it has some heat, from the {listed(hot)}. Begin with half, taste, and add the rest; or say “make it "
            "milder”."
        )
    pepper = any(line.food and line.food.name == "black pepper" for line in asked.lines)
    return (
        f"No: there is no chilli in it{', only a little black pepper' if pepper else ''}. Say “make it spicier” if you "
        "want some."
    )
