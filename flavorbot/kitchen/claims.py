"""What may be claimed of a line or a whole recipe: only what every part is known to be."""

from __future__ import annotations

from collections.abc import Sequence

from flavorbot.kitchen.checked import Line
from flavorbot.kitchen.diets import KETO_G, LOW_CARB_G, diets_met, is_meat, meets
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.needs import in_order
from flavorbot.kitchen.reading import Reading
from flavorbot.model import DIETS, Nutrition

_ALL = frozenset(DIETS)
_CARB_LIMITS = {"keto": KETO_G, "low_carb": LOW_CARB_G}


def line_of(text: str, reading: Reading) -> Line:
    """The reading of a line as the checker's answer."""
    return Line(
        text=text,
        recognised=reading.kind == "food",
        name=reading.food.name if reading.food else None,
        contains=in_order(reading.contains),
        may_contain=in_order(reading.may),
        vegan=fits(reading, "vegan"),
        vegetarian=fits(reading, "vegetarian"),
        gluten_free=fits(reading, "gluten_free"),
    )


def fits(reading: Reading, diet: str) -> bool | None:
    """Whether a line meets a diet: False when any of its foods does not, True only when all of it is known to.

    What was only understood by mending its spelling is not known: "kashk" is whey, and one letter from kasha.
    """
    if reading.kind in ("poison", "not_food") or not reading.foods:
        return None
    if reading.altered:
        return None
    if any(meets(food, diet) is False for food in reading.foods):
        return False
    return True if diet in reading.diets else None


def recipe_diets(readings: Sequence[Reading], others: Sequence[Food], nutrition: Nutrition | None) -> tuple[str, ...]:
    """The diets that every line, and every other food that the steps name, is known to meet."""
    if not readings:
        return ()
    foods = [food for reading in readings for food in reading.foods] + list(others)
    met = _ALL.intersection(*[reading.diets for reading in readings], *map(diets_met, others))
    return tuple([diet for diet in DIETS if diet in met and as_a_whole(diet, foods, nutrition)])


def as_a_whole(diet: str, foods: Sequence[Food], nutrition: Nutrition | None) -> bool:
    """The rules over all lines: no meat with milk for kosher, net carbohydrate a serving for keto and low-carb."""
    if diet == "kosher":
        milk = any(food.kind == "milk" or "milk" in food.contains | food.may for food in foods)
        return not (milk and any(is_meat(food) for food in foods))
    if diet in _CARB_LIMITS:
        return nutrition is not None and nutrition.carbohydrate_g - nutrition.fibre_g <= _CARB_LIMITS[diet]
    return True
