"""Foods in running English: lists, articles, singular and plural, the short names of titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flavorbot.kitchen.foods import Food

LARGE_G = 250.0
"""From this weight of one piece on, a dish has some of it: "with cauliflower", not "with cauliflowers"."""

_SHOWN = {
    "coriander leaf": ("fresh coriander", "fresh coriander"),
    "tinned tomatoes": ("chopped tomatoes", "chopped tomatoes"),
    "lentil": ("green lentil", "green lentils"),
    "tinned lentils": ("cooked lentils", "cooked lentils"),
    "creme fraiche": ("crème fraîche", "crème fraîche"),
    "gruyere": ("gruyère", "gruyère"),
    "chive": ("chives", "chives"),
    "coconut": ("coconut flakes", "coconut flakes"),
    "chinese cabbage": ("Chinese cabbage", "Chinese cabbage"),
    "brussels sprout": ("Brussels sprout", "Brussels sprouts"),
    "sichuan pepper": ("Sichuan pepper", "Sichuan pepper"),
    "greek yogurt": ("Greek yogurt", "Greek yogurt"),
    "beetroot": ("beetroot", "beetroot"),
    "rhubarb": ("rhubarb", "rhubarb"),
    "flaxseed": ("ground flaxseed", "ground flaxseed"),
    "lettuce": ("lettuce", "lettuce"),
    "celeriac": ("celeriac", "celeriac"),
    "worcestershire sauce": ("Worcestershire sauce", "Worcestershire sauce"),
    "vegan worcestershire sauce": ("vegan Worcestershire sauce", "vegan Worcestershire sauce"),
}
_DROPPED = frozenset("tinned fresh dried firm plain ground whole stewing roasting greek chopped cooked boiled".split())
_ENDINGS = (
    " breast", " thigh", " mince", " leaf", " seed", " steak", " tenderloin", " chop", " leg", " shoulder", " stock",
    " florets", " sauce", " oil", " powder", " sprout",
)  # fmt: skip
_TITLED = {
    "avocado": ("avocado", "avocado"),
    "coconut": ("coconut", "coconut"),
    "mango": ("mango", "mango"),
    "mixed berries": ("berry", "berries"),
    "textured soya protein": ("soya mince", "soya mince"),
    "crab meat": ("crab", "crab"),
    "sardine": ("sardine", "sardines"),
    "pitta bread": ("pitta", "pittas"),
}
"""What a title calls a food otherwise than the list: in front of a dish, and for several."""
_FLAVOURS = {
    "smoked paprika": "smoky", "barbecue sauce": "barbecue", "chilli powder": "chilli", "ginger powder": "ginger",
    "soy sauce": "soy", "gluten-free soy sauce": "soy", "tamari": "soy", "curry powder": "curried",
    "cajun seasoning": "Cajun",
    "vanilla extract": "vanilla", "vanilla bean": "vanilla", "lemon": "lemon", "lime": "lime", "ginger": "ginger",
    "harissa": "harissa", "miso": "miso", "pesto": "pesto", "vegan pesto": "pesto", "teriyaki sauce": "teriyaki",
    "chilli": "chilli", "cinnamon": "cinnamon", "cardamom": "cardamom", "honey": "honey", "mustard": "mustard",
    "sriracha": "hot", "gochujang": "gochujang", "za'atar": "za'atar", "chipotles in adobo": "chipotle",
    "sweet chilli sauce": "sweet chilli", "rosemary": "rosemary", "thyme": "thyme",
    "tahini": "tahini", "peanut butter": "peanut", "saffron": "saffron", "orange": "orange", "maple syrup": "maple",
    "red curry paste": "red curry", "sun-dried tomato": "sun-dried tomato",
}  # fmt: skip
"""Flavours that stand before a dish in English: "lemon chicken", hardly "dill chicken" or "nutmeg soup"."""
_NO_FLAVOUR = frozenset(
    {"salt", "black pepper", "bay leaf", "tomato paste", "fish sauce", "anchovy", "nutritional yeast", "ketchup",
     "nutmeg", "ras el hanout", "worcestershire sauce", "vegan worcestershire sauce", "mayonnaise", "turmeric",
     "allspice", "vinegar", "coconut aminos", "liquid aminos", "maggi seasoning", "yeast extract", "white pepper",
     "mustard seed", "coriander seed", "fennel seed", "mixed herbs", "olive", "caper",
     "gluten-free soy sauce", "asafoetida", "clove", "mustard powder"}
)  # fmt: skip


def shown(food: Food, plural: bool = False) -> str:
    """The food's name as lists and steps show it."""
    pair = _SHOWN.get(food.name, (food.name, food.plural))
    return pair[1] if plural else pair[0]


def short(food: Food) -> str:
    """The name as a title says it: "chicken" for chicken breast."""
    if food.name in _TITLED:
        return _TITLED[food.name][0]
    if food.name == "fennel bulb":
        return "fennel"
    if food.name in ("egg", "lentil", "tinned lentils", "cocoa powder"):
        return food.name.removeprefix("tinned ").removesuffix("s").removesuffix(" powder")
    name = _plain(shown(food))
    if name.endswith(" beans"):
        return name.removesuffix("s")
    if food.role == "protein" or food.name.endswith((" stock", " sprout")):
        for ending in _ENDINGS:
            if ending in (" sprout", " sauce", " oil"):
                continue
            name = name.removesuffix(ending)
    return name


def short_plural(food: Food) -> str:
    """The title's name where several are meant: "with peas"."""
    if food.name in _TITLED:
        return _TITLED[food.name][1]
    if food.name == "fennel bulb":
        return "fennel"
    if food.name == "tinned lentils":
        return "lentils"
    name, singular, plural = short(food), shown(food), shown(food, plural=True)
    if plural.endswith(" beans"):
        return plural
    if food.category in ("meat", "poultry", "fish", "cheese") or singular == plural or (food.each_g or 0) > LARGE_G:
        return name
    return _plain(plural) if name == _plain(singular) else _grown(name)


def _plain(name: str) -> str:
    """The name without how it was packed or cut."""
    return " ".join(word for word in name.split() if word.lower() not in _DROPPED) or name


def flavour_word(food: Food) -> str:
    """The flavour in front of a dish; empty for one that does not stand there."""
    return _FLAVOURS.get(food.name, "")


def flavour_noun(food: Food) -> str:
    """The flavour behind "with"; empty for what nobody names a dish by."""
    if food.name in ("chilli powder", "ginger powder"):
        return food.name.removesuffix(" powder")
    if food.name.startswith("vanilla "):
        return "vanilla"
    dull = food.name in _NO_FLAVOUR or food.name.endswith("vinegar")
    return "" if dull else short_plural(food) if food.name in ("olive", "caper") else short(food)


def listed(names: Sequence[str]) -> str:
    """ "rice", "rice and peas", "rice, peas and mint"."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence_case(title: str) -> str:
    return capital(re.sub(r"\s+", " ", title).strip())


def _grown(name: str) -> str:
    return name if name.endswith("s") else f"{name}s"
