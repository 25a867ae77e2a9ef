"""What can be prepared in advance for this recipe, and what should wait."""

from __future__ import annotations

from flavorbot.chef.asked import Asked, Line
from flavorbot.chef.kinds import family_of, has_rice
from flavorbot.chef.saying import are, capital, listed, minutes, names, sentence
from flavorbot.chef.steps import oven_celsius
from flavorbot.generators.builtin.book import tags
from flavorbot.model import Reply

_ASKS = (
    r"ahead|in advance|beforehand|night before|day before|evening before|meal ?prep|earlier in the day|the morning"
    r"|prepare\w* (?:it )?(?:earlier|before|first)|prep (?:it )?(?:earlier|before|first|today|tonight)"
    r"|make (?:it )?(?:today|tonight|this morning)|overnight|batch cook\w*"
)
_BROWNS = frozenset({"apple", "pear", "banana", "avocado", "aubergine", "artichoke", "peach"})
_CHOPPED = frozenset({"hard", "medium", "soft", "aromatic", "mushroom", "leafy"})


def answers(asked: Asked) -> Reply | None:
    if not asked.says(_ASKS) or asked.says(r"left (?:it )?out|stood out|room temperature|soak\w*"):
        return None
    family = family_of(asked)
    if family == "stew":
        late = _late(asked)
        rice = " Boil the rice fresh." if has_rice(asked) else ""
        return Reply(
            text=sentence(
                f"All of it: {asked.recipe.title} tastes better the next day. Cook it, cool it within two hours, keep "
                f"it in the fridge and reheat it once, to 74 °C all through.{rice}",
                late,
            )
        )
    if family == "batter":
        return Reply(
            text="The batter keeps overnight in the fridge, if you leave the raising agent out: stir it in just before "
            "frying, with a splash of milk or water if the batter has thickened. Cut fruit only when you serve."
        )
    if family == "bake":
        return Reply(
            text="You can bake them the day before; keep them in a tin once they are cold. The dry things can be mixed "
            "days ahead, the wet ones only just before baking."
        )
    if asked.says(r"assembl\w*|put (?:it )?together|layer\w*|build") and oven_celsius(asked):
        return Reply(
            text=f"Yes: put {asked.recipe.title} together the day before, let the hot parts cool first, cover it and "
            "keep it in the fridge; from cold it needs about 10 minutes more in the oven, until it is steaming in the "
            "middle."
        )
    return Reply(text=sentence(_chopping(asked), _meat(asked), _late(asked), _saves(asked)))


def _chopping(asked: Asked) -> str:
    lines = [line for line in asked.lines if line.food and line.food.role in _CHOPPED and line.food.name not in _BROWNS]
    potatoes = [line for line in lines if line.food and "potato" in tags(line.food)]
    lines = [line for line in lines if line not in potatoes and not (line.food and "raw_vegetable" in tags(line.food))]
    said = (
        f"Wash and cut the {names(lines, 5)} up to a day ahead and keep in a closed box in the fridge." if lines else ""
    )
    if potatoes:
        said = sentence(said, f"Peel and cut the {potatoes[0].name} too, but keep under cold water.")
    measured = [line for line in asked.lines if line.food and line.food.role in ("spice", "condiment", "acid")]
    if not said and measured:
        said = f"Weigh everything out, and mix the {names(measured, 3)}, up to a day ahead."
    return said or "There is little to prepare: weigh everything out and set the pans ready."


def _meat(asked: Asked) -> str:
    raw = [
        line
        for line in asked.lines
        if line.food and line.food.safe_c and line.food.kind not in ("egg",) and line.food.role == "protein"
    ]
    return (
        f"The {names(raw, 2)} can be cut as well; keep covered at the bottom of the fridge, apart from the rest."
        if raw
        else ""
    )


def _late(asked: Asked) -> str:
    late = [line for line in asked.lines if line.food and _waits(line)]
    if not late:
        return ""
    listing = listed([line.name for line in late[:3]])
    return (
        f"{capital('leave the')} {listing} until you serve: "
        f"{'they lose' if len(late) > 1 or are(listing) == 'are' else 'it loses'} freshness once cut."
    )


def _waits(line: Line) -> bool:
    food = line.food
    if food is None or "dried" in line.name:
        return False
    fresh = food.role == "herb" or food.name in _BROWNS or "raw_vegetable" in tags(food)
    return fresh or food.name in ("lemon", "lime")


def _saves(asked: Asked) -> str:
    prep, total = asked.recipe.prep_minutes, asked.recipe.total_minutes
    if not prep or not total or total <= prep:
        return ""
    return f"That saves you about {minutes(prep)} of the {minutes(total)}."
