"""Foods and groups of foods as a wish names them."""

from __future__ import annotations

from functools import lru_cache

from flavorbot.kitchen.groups import group
from flavorbot.kitchen.lexicon import lookup
from flavorbot.kitchen.needs import in_order
from flavorbot.kitchen.text import stems

_ALLERGEN_KINDS = frozenset({"milk", "egg", "fish", "scaleless", "crustacean", "mollusc"})


@lru_cache(maxsize=4096)
def names_food(phrase: str) -> bool:
    """Whether exactly this phrase names a group, a food or a made dish."""
    if group(phrase):
        return True
    entry = lookup(phrase)
    return bool(entry and entry.food)


def barred(phrase: str) -> tuple[str, ...]:
    """The words to exclude for a phrase: the group's name, or the food's as said and as the table calls it."""
    found = group(phrase)
    if found:
        return (found.name,)
    entry = lookup(phrase)
    if entry is None or entry.kind == "dish" or set(stems(phrase)) <= set(stems(entry.name)):
        return (phrase,)
    return (entry.name, phrase)


def allergens(phrase: str) -> tuple[str, ...]:
    """The EU allergens that a phrase stands for; none when it means more than them ("nightshades")."""
    found = group(phrase)
    if found:
        wider = found.kinds - _ALLERGEN_KINDS or found.names or found.roles or found.categories
        return () if wider else in_order(found.allergens)
    entry = lookup(phrase)
    return in_order(entry.food.contains) if entry and entry.food else ()
