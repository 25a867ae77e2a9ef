"""The sentences of a model's steps: foods called by their names, amounts and claims taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from flavorbot.generators.builtin.book import cuisines, formulas
from flavorbot.generators.builtin.classics import classics
from flavorbot.generators.builtin.naming import capital, short, short_plural, shown
from flavorbot.kitchen.foods import Food, foods
from flavorbot.kitchen.mentions import Mention
from flavorbot.kitchen.reading import find_foods

_UNITS = (
    r"(?:g|grams?|kg|kilograms?|ml|millilit(?:re|er)s?|l|lit(?:re|er)s?|tsp|teaspoons?|tbsp|tablespoons?|cups?|oz|ounces?"
    r"|lbs?|pounds?|pieces?|cloves?|slices?|pinch(?:es)?|tins?|cans?)"
)
_AMOUNT = r"(?:about )?\d[\d./]*(?: ?(?:-|to) ?\d[\d./]*)?(?: \d/\d)?"
# Water is in no list, so its amount may stand in the steps.
_MEASURED = re.compile(
    rf"\b{_AMOUNT} ?{_UNITS}\b(?! ?(?:of )?(?:\w+ )?water)(?: of)?(?: the)?\s+(?=[a-z])", re.IGNORECASE
)
_IN_BRACKETS = re.compile(rf" ?\(\s*{_AMOUNT} ?{_UNITS}\b[^()]*\)", re.IGNORECASE)
_SEVERAL = frozenset({"egg", "shellfish", "pulse", "nut", "mushroom"})
_LARGE_G = 100
_CLAIMS = re.compile(
    r"\b(?:allerg\w*|calorie\w*|kcal|nutrition\w*|nutrient\w*|health\w*|diabet\w*|safe (?:for|to eat)|suitable for"
    r"|free from|(?:nut|peanut|dairy|egg|soya?|lactose|sugar|fat|allergen)-free)\b",
    re.IGNORECASE,
)
_DIETS = re.compile(
    r"\b(?:vegan|vegetarian|pescatarian|plant-based|halal|kosher|keto(?:genic)?|paleo|low[- ]carb|low[- ]fodmap"
    r"|[a-z]+-free|healthy|safe)\b[ ,]*",
    re.IGNORECASE,
)

_CAPITALS = 0.6
"""From this share of its words on, capitals are a headline's and not those of names."""


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def without(text: str, drop: Callable[[str], bool]) -> str:
    """The text without the sentences that are to be dropped."""
    return " ".join(part for part in sentences(text) if not drop(part))


def claims(text: str) -> bool:
    """Whether it speaks of health, allergies or what is free of what: that is for the checker to say."""
    return bool(_CLAIMS.search(text))


def without_diets(title: str, listed: Iterable[str]) -> str:
    """The title without words for diets, which the recipe's own marks tell, but with names such as "vegan cheese"."""
    names = tuple(name.casefold() for name in listed)

    def kept(match: re.Match[str]) -> str:
        return match[0] if title[match.start() :].casefold().startswith(names) else ""

    return capital(" ".join(_DIETS.sub(kept, title).split()).strip(" ,-"))


def in_sentence_case(title: str) -> str:
    """The title without a headline's capitals: "Halloumi with Couscous" reads "Halloumi with couscous"."""
    words = title.split()
    capitals = sum(word[0].isupper() for word in words[1:])
    if len(words) < 2 or capitals < _CAPITALS * sum(len(word) > 3 for word in words[1:]):
        return title
    return capital(" ".join(word if _is_proper(word) else word.lower() for word in words))


def _is_proper(word: str) -> bool:
    return word in _proper_words() or (len(word) > 1 and word.isupper())


@cache
def _proper_words() -> frozenset[str]:
    """What keeps its capital: words for cuisines, and those that dishes and foods are always written with."""
    written = [cuisine.word for cuisine in cuisines().values()]
    written += [name for classic in classics() for name in classic.names] + [shown(food) for food in foods().values()]
    return frozenset(word for text in written for word in text.split() if not word.islower())


def without_amounts(text: str) -> str:
    """The text without the amounts of foods, which stand in the list: "add 200 g rice" becomes "add the rice"."""
    return capital(_MEASURED.sub("the ", _IN_BRACKETS.sub("", text)).replace("the the ", "the "))


def called(food: Food) -> str:
    """The food as a sentence of ours calls it: several eggs, but some rice."""
    several = food.category in _SEVERAL or (
        food.category in ("vegetable", "fruit") and 0 < (food.each_g or 0) < _LARGE_G
    )
    return shown(food, plural=several)


def kind_in(title: str) -> str | None:
    """The kind of dish that the title names, as our own formulas call it."""
    words = f" {re.sub(r'[^a-z]+', ' ', title.casefold())} "
    kinds = sorted({formula.kind for formula in formulas().values()}, key=len, reverse=True)
    return next((kind for kind in kinds if f" {kind.replace('-', ' ')} " in words), None)


def names(food: Food, text: str) -> bool:
    """Whether the text names the food itself, not only something like it."""
    return any(found == food for found in (*find_foods(text), *find_foods(text.replace(" juice", ""))))


def in_full(text: str, food: Food, listed: Iterable[Food]) -> str:
    """The text with the food's name where it first stands shortened: "the chicken" as "the chicken breast"."""
    full = sorted({name for other in listed for name in _full_names(other)}, key=len, reverse=True)
    shortened = [name for name in _short_names(food) if name not in full]
    if not shortened:
        return text
    alternatives = "|".join(re.escape(name) for name in (*full, *sorted(shortened, key=len, reverse=True)))
    done = False

    def say(match: re.Match[str]) -> str:
        nonlocal done
        said = match[0].casefold()
        if done or said not in shortened:
            return match[0]
        done = True
        name = shown(food, plural=said.endswith("s") and not said.endswith("ss"))
        return capital(name) if match[0][0].isupper() else name

    return re.sub(rf"(?<![\w-])(?:{alternatives})(?![\w-])", say, text, flags=re.IGNORECASE)


def _full_names(food: Food) -> tuple[str, ...]:
    return tuple({name.casefold() for name in (food.name, food.plural, shown(food), shown(food, plural=True))})


def _short_names(food: Food) -> tuple[str, ...]:
    """How a step calls it for short: its title's name, its last word, and a meat's first one."""
    last, last_plural = food.name.split()[-1], food.plural.split()[-1]
    found = [short(food), short_plural(food), last, last_plural]
    if food.role == "protein":
        found.append(food.name.split()[0])
    return tuple({name.casefold() for name in found} - set(_full_names(food)))


def cut_out(sentence: str, mention: Mention) -> str | None:
    """The sentence without one member of an enumeration; None where it is more than that."""
    words = r"[\s-]+".join(rf"{re.escape(stem)}\w*" for stem in mention.key)
    before = r"(?:,\s*(?:and|or)?|\s(?:and|or|with))\s*(?:(?:the|a|an|some|more|fresh|extra|little)\s+)*"
    rest = re.sub(rf"{before}{words}(?=[\s,.;!]|$)", "", sentence, count=1, flags=re.IGNORECASE)
    return rest if rest != sentence and len(rest.split()) >= 4 else None
