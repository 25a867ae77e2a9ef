"""What a word of the kitchen means, and how the thing is done; texts in `data/terms.toml`."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.saying import are, called, capital, listed, sentence
from flavorbot.chef.tables import entry_for
from flavorbot.kitchen.foods import foods
from flavorbot.model import Reply

_ASKS = r"what (?:does|do|is|s|are|exactly)|how (?:do|to|should|can|would)|mean\w*|explain|difference|whats|why"
_SHELVES = {
    "spice": "a spice", "herb": "a herb", "condiment": "something to season with", "cheese": "a cheese",
    "grain": "a grain", "pulse": "a pulse", "vegetable": "a vegetable", "fruit": "a fruit", "seed": "seeds",
    "nut": "nuts", "fish": "a fish", "fat": "a fat to cook with", "dairy": "a dairy food", "sweet": "a sweetener",
    "dairy_free": "a plant-based stand-in for dairy",
}  # fmt: skip


def answers(asked: Asked) -> Reply | None:
    if not asked.says(_ASKS):
        return None
    if entry := entry_for(asked, "terms"):
        return Reply(text=sentence(asked.fitting(entry["text"]), _where(asked, entry["asks"])))
    return _food(asked)


def _food(asked: Asked) -> Reply | None:
    """What a food is, as far as the table tells: its shelf, its kitchens and its friends."""
    if not asked.says(r"what (?:is|are|s|exactly is)|whats") or len(asked.named) != 1 or len(asked.text.split()) > 7:
        return None
    food = asked.named[0]
    shelf = _SHELVES.get(food.category)
    if shelf is None:
        return None
    name = called(food)
    kitchens = listed([place.replace("_", " ").title() for place in food.cuisines[:2]])
    home = f", at home in {kitchens} cooking" if kitchens else ""
    why = f"{capital(food.because)}." if food.because else ""
    friends = [called(foods()[each]) for each in food.pairs[:3] if each in foods()]
    them = "They get" if are(name) == "are" else "It gets"
    liked = f"{them} on well with {listed(friends)}." if friends else ""
    return Reply(text=sentence(f"{capital(name)} {are(name)} {shelf}{home}.", why, liked))


def _where(asked: Asked, pattern: str) -> str:
    """The step of this recipe that speaks of it."""
    word = pattern.split("|", 1)[0].split("\\w", 1)[0].strip("()?: ")
    for number, step in enumerate(asked.recipe.instructions, 1):
        if len(word) > 3 and word in step.text.casefold():
            return f"Here that is step {number}."
    return ""
