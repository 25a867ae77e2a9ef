"""What the card of a saved recipe tells against someone's needs, without opening the recipe."""

from __future__ import annotations

from collections.abc import Iterator

from flavorbot.kitchen.groups import covers
from flavorbot.kitchen.labels import ALLERGEN_LABELS, DIET_LABELS
from flavorbot.kitchen.needs import Needs, allergens_of, in_order
from flavorbot.kitchen.reading import read_line
from flavorbot.model import ALLERGENS, Card


def against(card: Card, needs: Needs) -> tuple[str, ...]:
    """Short reasons, allergens first: "contains eggs, milk", "not known to be vegan"; none proves nothing.

    What only may contain an allergen is left to the recipe's page.
    """
    return tuple(_against(card, needs)) if needs.allergies or needs.exclude or needs.diets else ()


def _against(card: Card, needs: Needs) -> Iterator[str]:
    meant = frozenset[str]().union(*(allergens_of(allergy) for allergy in needs.allergies))
    if named := [ALLERGEN_LABELS[allergen].lower() for allergen in in_order(meant & frozenset(card.allergens))]:
        yield f"contains {', '.join(named)}"
    words = (*needs.exclude, *(word for word in needs.allergies if word not in ALLERGENS))
    foods = [food for name in card.words for food in read_line(name).foods] if words else []
    for word in words:
        if any(covers(word, food) for food in foods):
            yield f"is or may be made with {word}"
    for diet in needs.diets:
        if diet not in card.diets:
            yield f"not known to be {DIET_LABELS[diet].lower()}"
