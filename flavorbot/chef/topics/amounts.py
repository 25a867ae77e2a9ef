"""How much of what: a line's amount, a person's share of it, and the same in other measures."""

from __future__ import annotations

from flavorbot.chef.asked import Asked, Line
from flavorbot.chef.saying import are, capital, do, listed, sentence
from flavorbot.kitchen.units import amount_text, in_units
from flavorbot.model import Recipe, Reply

_ASKS = (
    r"how (?:much|many)|what (?:quantity|amount|weight)|quantit\w+|amounts?|measurements?|convert"
    r"|in (?:cups|grams|ounces|oz|ml|pounds|lbs|spoons)"
)
_EACH = (
    r"per (?:person|head|serving|portion)|each person|a person|each|portion size|serving size"
    r"|big (?:is|are) (?:a|the) (?:portion|serving)"
)
_SERVES = (
    r"how many (?:people|persons|servings|portions|does (?:it|this) (?:serve|feed))|(?:serves?|feeds?) how many"
    r"|enough for"
)
_US = r"cups?|ounces?|oz|pounds?|lbs?|american|us measures|imperial|fahrenheit"
_METRIC = r"grams?|\bg\b|ml|millilitres?|metric|celsius"
_COST = r"cost|money|price|expensive|cheap"


def answers(asked: Asked) -> Reply | None:
    if asked.says(_COST):
        return None
    if asked.says(_SERVES):
        people = asked.recipe.servings
        return Reply(
            text=f"It is written for {people}. Say “for {people + 2}”, or any number up to 24, and I will work out the "
            "amounts."
        )
    if asked.says(_EACH):
        return Reply(text=_per_person(asked))
    if not asked.says(_ASKS) or asked.says(r"time|long|minutes|hours|days|calor\w*"):
        return None
    if asked.subjects:
        shown = _shown(asked)
        return Reply(
            text=listed(
                [
                    _line(line, shown.ingredients[asked.lines.index(line)].name, shown, asked)
                    for line in asked.subjects[:3]
                ]
            )
        )
    if asked.absent and asked.absent[0].category not in ("meal", "prepared", "bread"):
        name = asked.absent[0].name
        return Reply(text=f"There {are(name)} no {name} in this recipe, unless you add some.")
    if asked.says(f"convert|in (?:{_US})"):
        return Reply(
            text="Open the recipe once it is saved: beside the servings you can switch the whole list between metric "
            "and US measures. Or ask me for one line, such as “how much is the flour in cups?”."
        )
    return None


def _shown(asked: Asked) -> Recipe:
    if asked.says(_US):
        return in_units(asked.recipe, "us")
    return in_units(asked.recipe, "metric") if asked.says(_METRIC) else asked.recipe


def _line(line: Line, name: str, shown: Recipe, asked: Asked) -> str:
    item = shown.ingredients[asked.lines.index(line)]
    said = amount_text(item)
    if not said:
        return f"{capital(name)} {do(name, 'go', 'goes')} in to taste: begin with a pinch, then taste."
    weighed = line.grams and item.unit not in ("g", "ml", "kg", "l")
    about = f", about {line.grams:.0f} g" if weighed and line.grams and line.grams >= 5 else ""
    share = f" That is for {asked.recipe.servings}." if asked.recipe.servings > 1 else ""
    return f"{capital(said)} {name}{about}.{share}" if len(asked.subjects) == 1 else f"{said} {name}{about}"


def _per_person(asked: Asked) -> str:
    people = asked.recipe.servings
    weighed = sorted((line for line in asked.lines if line.grams), key=lambda line: -(line.grams or 0))
    chosen = [line for line in asked.subjects if line.grams] or weighed[:4]
    if not chosen:
        return (
            f"It is for {people}: divide each amount by {people}. I do not know what the lines weigh, so I cannot say "
            "it in grams."
        )
    parts = [f"{_round((line.grams or 0) / people)} g {line.name}" for line in chosen[:4]]
    kcal = asked.recipe.nutrition
    energy = f"That makes about {kcal.kcal:.0f} kcal." if kcal and not asked.subjects else ""
    return sentence(f"Each of the {people} gets about {listed(parts)}, weighed raw.", energy)


def _round(grams: float) -> int:
    return round(grams / 5) * 5 if grams >= 20 else round(grams)
