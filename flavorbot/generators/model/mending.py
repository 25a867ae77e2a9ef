"""A dish put right by code: every food named in a step, no other food in any, and everything hot for long enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flavorbot.generators.builtin.book import tags
from flavorbot.generators.builtin.doneness import sign_for
from flavorbot.generators.builtin.filling import HOB
from flavorbot.generators.builtin.naming import listed, shown
from flavorbot.generators.model.aside import cook_apart
from flavorbot.generators.model.dishes import Dish, Step, is_addable
from flavorbot.generators.model.failures import Unfit
from flavorbot.generators.model.presenting import is_sound_about, is_sound_title, plain_title
from flavorbot.generators.model.timing import is_hot, minutes_in, with_sound_heat
from flavorbot.generators.model.wording import called, cut_out, in_full, names, sentences
from flavorbot.kitchen.foods import Food

_LEAST_WORDS, _MOST_LINES, _PADDED = 20, 16, 12
_ENOUGH, _OVERDONE = 0.6, 2
_WET_HEAT = re.compile(r"\b(?:boil|simmer|bubbl)\w*", re.IGNORECASE)
_EATEN_AS_IT_IS = frozenset(
    "spice herb seasoning fat acid condiment dairy cheese garnish nut sweet leafy fruit soft liquid drink".split()
)
_JOINING = re.compile(r"\b(?:add|stir|pour|tip|mix|put|spread|layer|cover|fold|stuff|fill|top)\b", re.IGNORECASE)
_LONG = re.compile(r"\b(?:simmer|bak(?:e|ing)|stew|brais|roast|oven|cover)\w*", re.IGNORECASE)
_PREHEATED = re.compile(r"\b(?:pre-?heat\w*|heat(?:ed)? the oven|hot oven)\b", re.IGNORECASE)
_BAKED_AT = re.compile(r"\b(?:bak(?:e|ing)|roast|oven)\b[^.]*?\b(1[4-9]\d|2[0-4]\d) °C", re.IGNORECASE)
_ONLY_HEATS = re.compile(r"(?:pre-?heat|heat) (?:the|your) oven(?: to \d+ °C)?\.?", re.IGNORECASE)
_USES_OVEN = re.compile(r"\b(?:bak(?:e|ing)(?! powder| soda)|roast|oven)", re.IGNORECASE)
_BATTER = re.compile(
    r"\b(?:batter|cakes?|crumble|crust|dough|dumplings?|flans?|fritters?|(?:flat)?breads?|loa(?:f|ves)|mixture|muffins?"
    r"|pancakes?|pastry|rounds|scones?|spoonfuls|tarts?|topping|(?:cake|loaf|muffin) tin"
    r"|(?:divide|drop|knead|pour|roll|shape|spoon)\w*(?= (?:between|into|out)\b))\b",
    re.IGNORECASE,
)
"""How a step speaks of what flour has become."""
_BOILED_IN_WATER = re.compile(r"(?:boil|simmer|cook)\b.*\bwater\b", re.IGNORECASE)
_BREAD = frozenset({"loaf", "wrap", "crispbread"})
_TASTY = frozenset(
    {"aromatic", "cheese", "cherry tomato", "condiment", "cured_meat", "egg", "fruit", "herb", "ready_fish",
     "ready_meat", "sausage", "spice", "sweet", "tinned_fish", "tinned_tomato", "tomato"}
)  # fmt: skip
_PLAIN = frozenset({"salt", "black pepper", "white pepper", "mayonnaise", "lemon", "lime"})
"""What gives a meal its flavour, by roles and classes, and what of it does not."""
_RETURNED = re.compile(r"\breturn(?= the (?!(?:pan|wok|pot|dish|tray|heat)\b))", re.IGNORECASE)
_BROUGHT_ALONG = frozenset({"spice", "herb", "seasoning", "fat", "acid", "liquid"})
"""Roles of what may go in beside what returns to a pan."""
_MADE_FIRST = re.compile(
    r"(?P<made>\b(?:an?|for (?:the|a)|makes? (?:the|a)|into (?:the|a))(?: \w+)? )?"
    r"\b(?P<name>dressing|garnish(?:es)?|glaze|marinade)\b",
    re.IGNORECASE,
)
"""What is made before it is used; `made` where it is spoken of for the first time."""
_WHISKED = re.compile(
    r"\b(?:mix|shake|stir|whisk)\b[^.]*\b(?:juice|vinegar)\b[^.]*\b(?:bowl|jar|together)\b", re.IGNORECASE
)
"""How a dressing is made without being called one."""
_SAID_OF = {"meat": "the meat", "poultry": "the meat", "fish": "the fish"}
"""How a step speaks of such foods without naming them."""
_THERMOMETER = re.compile(r"\b(?:inside|internal\w*|reach\w*|cent(?:re|er)|core|middle|thermometer)\b", re.IGNORECASE)


def mend(dish: Dish, chosen: Sequence[Food]) -> None:
    """Put the dish right; `Unfit` where code cannot."""
    if not dish.foods:
        raise Unfit("none of its ingredients is among the foods")
    _name_in_full(dish)
    _drop_padding(dish)
    _present(dish)
    _drop_strays(dish, chosen)
    _drop_boiled_bread(dish)
    cook_apart(dish)
    _use_every_food(dish)
    _present(dish)
    _need_enough(dish)
    _need_flavour(dish)
    _need_cooked_once(dish)
    _need_made(dish)
    _return_what_was_cooked(dish)
    _cook_long_enough(dish)
    _heat_the_oven(dish)
    _make_safe(dish)


def _present(dish: Dish) -> None:
    """A title and a description that are true of its foods as they are now."""
    if not is_sound_title(dish.title, dish):
        dish.title = plain_title(dish)
    if not is_sound_about(dish.about, dish):
        dish.about = ""


def _name_in_full(dish: Dish) -> None:
    used_anywhere = any(step.uses for step in dish.steps)
    for food in dish.foods.values():
        if any(names(food, text) for text in dish.texts):
            continue
        for step in dish.steps:
            if food.name in step.uses or not used_anywhere:
                text = in_full(step.text, food, dish.foods.values())
                if text != step.text:
                    step.text = text
                    break


def _drop_padding(dish: Dish) -> None:
    """A list much longer than the steps need has been padded: what no step names goes."""
    text = " ".join(dish.texts)
    for food in list(dish.foods.values()):
        if len(dish.foods) > _PADDED and food.name not in dish.asked and not names(food, text):
            dish.drop(food.name)


def _drop_strays(dish: Dish, chosen: Sequence[Food]) -> None:
    for step in dish.steps:
        kept = (without_strays(sentence, dish, chosen) for sentence in sentences(step.text))
        step.text = " ".join(sentence for sentence in kept if sentence)
    dish.steps = [step for step in dish.steps if step.text]
    if not dish.steps:
        raise Unfit("its steps are about other foods than its list")


def without_strays(sentence: str, dish: Dish, chosen: Sequence[Food]) -> str:
    """The sentence naming nothing that is not listed: what may be there is listed, the rest is cut out or all goes."""
    for _ in range(6):
        found = dish.strays(sentence)
        if not found:
            return sentence
        entry = found[0].entry
        before = len(dish.foods)
        if entry.food and before < _MOST_LINES and is_addable(entry, chosen, dish.request):
            dish.add(entry.food)
        if len(dish.foods) == before:
            sentence = cut_out(sentence, found[0]) or ""
    return ""


def _drop_boiled_bread(dish: Dish) -> None:
    """No sentence that boils bread as if it were pasta."""
    for step in dish.steps:
        kept = [
            part for part in sentences(step.text) if not (_BOILED_IN_WATER.match(part) and _is_of_bread(part, dish))
        ]
        step.text = " ".join(kept)
    dish.steps = [step for step in dish.steps if step.text]


def _is_of_bread(sentence: str, dish: Dish) -> bool:
    named = [food for food in dish.foods.values() if names(food, sentence)]
    return any(tags(food) & _BREAD for food in named) and not any(tags(food) & HOB for food in named)


def _use_every_food(dish: Dish) -> None:
    """Foods that no step names go into a step that lists them; unasked ones without a step leave the list."""
    text = " ".join(dish.texts)
    missing = [food for food in dish.foods.values() if not names(food, text)]
    joining: dict[int, list[Food]] = {}
    for food in missing:
        place = _place_for(food, dish)
        if place is None:
            dish.drop(food.name)
        else:
            joining.setdefault(place, []).append(food)
    for place, members in joining.items():
        step = dish.steps[place]
        when = "as you serve" if place == len(dish.steps) - 1 and not is_hot(step.text) else "at this point"
        step.text += f" Add the {listed([called(food) for food in members])} {when}."


def _place_for(food: Food, dish: Dish) -> int | None:
    """The step that an unnamed food joins; None to leave it out. Meat and grains are more than something to add."""
    if food.role in ("protein", "starch"):
        if food.name in dish.asked:
            raise Unfit(f"no step says what to do with {food.name}")
        return None
    using = (place for place, step in enumerate(dish.steps) if food.name in step.uses)
    hot = (place for place, step in enumerate(dish.steps) if is_hot(step.text))
    last = len(dish.steps) - 1
    usual = last if food.role in _EATEN_AS_IT_IS else next(hot, last)
    return next(using, usual if food.name in dish.asked else None)


def _need_enough(dish: Dish) -> None:
    """Two foods and two steps at least, and more than a few words; `Unfit` also where grains stay raw."""
    if len(dish.foods) < 2 or len(dish.steps) < 2 or len(" ".join(dish.texts).split()) < _LEAST_WORDS:
        raise Unfit("it is too short to cook from")
    hot = [place for place, text in enumerate(dish.texts) if is_hot(text)]
    for food in dish.foods.values():
        if food.name.endswith("flour") and not _is_baked(food, dish, hot):
            raise Unfit(f"{food.name} stays raw")
        if tags(food) & HOB and not _is_heated(food, dish, hot):
            raise Unfit(f"no step cooks {food.name}")


def _need_flavour(dish: Dish) -> None:
    """`Unfit` for a lunch or dinner in which nothing tastes of much: salt, oil and lemon do not season a meal."""
    main = dish.request.category in (None, "lunch", "dinner")
    if main and not any(tags(food) & _TASTY and food.name not in _PLAIN for food in dish.foods.values()):
        raise Unfit("nothing in it gives it flavour: use onion, garlic, herbs, spices, cheese or a sauce")


def _is_heated(food: Food, dish: Dish, hot: Sequence[int]) -> bool:
    """Whether a step heats it by name, or it joins what a later one heats."""
    naming = [place for place, text in enumerate(dish.texts) if names(food, text)]
    return any(
        place in hot or (_JOINING.search(dish.texts[place]) and any(later > place for later in hot)) for place in naming
    )


def _is_baked(flour: Food, dish: Dish, hot: Sequence[int]) -> bool:
    """Whether a step heats it: by name, as a batter or dough, or with what it was mixed with or strewn over."""
    naming = [place for place, text in enumerate(dish.texts) if names(flour, text)]
    if not naming or naming[-1] in hot:
        return bool(hot)
    others = [food for food in dish.foods.values() if names(food, dish.texts[naming[-1]])]
    later = [dish.texts[place] for place in hot if place > naming[-1]]
    return any(_BATTER.search(text) or any(names(food, text) for food in others) for text in later)


def _need_cooked_once(dish: Dish) -> None:
    """`Unfit` where pasta or noodles that were boiled until done simmer as long again in the sauce."""
    for food in dish.foods.values():
        if food.role != "starch" or "boil" not in food.cook:
            continue
        wet = [step for step in dish.steps if _WET_HEAT.search(step.text) and names(food, step.text)]
        if len(wet) > 1 and sum(minutes_in(step.text, 0) for step in wet) > _OVERDONE * food.cook["boil"][0]:
            raise Unfit(f"it cooks {food.name} twice")


def _need_made(dish: Dish) -> None:
    """`Unfit` where a step uses a dressing or the like that none has made, by its name or by whisking what is sharp."""
    made, text = set[str](), " ".join(dish.texts)
    for match in _MADE_FIRST.finditer(text):
        name = match["name"].casefold()
        if match["made"] or (name == "dressing" and _WHISKED.search(text, 0, match.start())):
            made.add(name)
        elif name not in made:
            raise Unfit(f"no step makes the {name}")


def _return_what_was_cooked(dish: Dish) -> None:
    """What no step has cooked yet is added, not returned, to the pan."""
    for place, step in enumerate(dish.steps):
        if not (match := _RETURNED.search(step.text)):
            continue
        back = sentences(step.text[match.end() :])[0]
        before = " ".join(text for text in (*dish.texts[:place], step.text[: match.start()]) if is_hot(text))
        fresh = [food for food in dish.foods.values() if names(food, back) and not names(food, before)]
        if any(food.role not in _BROUGHT_ALONG for food in fresh):
            step.text = _RETURNED.sub(lambda found: "Add" if found[0][0].isupper() else "add", step.text, count=1)


def _cook_long_enough(dish: Dish) -> None:
    """Where meat, fish or grains would be cooked for much too short a time, say how long they take."""
    for food in dish.foods.values():
        needed = min((minutes for method, (minutes, _) in food.cook.items() if method != "raw"), default=0)
        ready = "raw" in food.cook or "ready_pulse" in tags(food)
        if food.role not in ("protein", "starch") or ready or needed < 5:
            continue
        begun = next((place for place, step in enumerate(dish.steps) if names(food, step.text)), 0)
        hot = [step for step in dish.steps[begun:] if is_hot(step.text)]
        if hot and sum(minutes_in(step.text, step.guess) for step in hot) < _ENOUGH * needed:
            step = next((step for step in reversed(hot) if names(food, step.text)), hot[-1])
            step.text += f" Give the {called(food)} {needed} minutes in all."


def _heat_the_oven(dish: Dish) -> None:
    """An oven that is used is hot by then; one that no step uses stays cold."""
    heating = [step for step in dish.steps if _PREHEATED.search(step.text)]
    if heating:
        used = any(_USES_OVEN.search(step.text) for step in dish.steps if step is not heating[0])
        if not used and _ONLY_HEATS.fullmatch(heating[0].text):
            dish.steps.remove(heating[0])
        return
    found = next((match for text in dish.texts if (match := _BAKED_AT.search(text))), None)
    if found:
        dish.steps[0].text = f"Heat the oven to {found[1]} °C. {dish.steps[0].text}"


def _make_safe(dish: Dish) -> None:
    """Inner temperatures as the food table has them, said in the last step that heats the food."""
    for step in dish.steps:
        correct_heat(step, dish)
    for food in dish.foods.values():
        if food.safe_c and not _reaches(dish, food):
            step = _last_heating(dish, food)
            name = called(food)
            step.text += f" Make sure the {name} {'is' if name == shown(food) else 'are'} {sign_for([food])}."


def correct_heat(step: Step, dish: Dish) -> None:
    """No temperature in it that is too low for a food of the dish, or too high for an oven."""
    named = [food for food in dish.foods.values() if food.safe_c and names(food, step.text)]
    if not named and _THERMOMETER.search(step.text):
        named = [food for food in dish.foods.values() if food.safe_c]
    step.text = with_sound_heat(step.text, max((food.safe_c or 0 for food in named), default=None))


def _last_heating(dish: Dish, food: Food) -> Step:
    """The last step that heats the food by name, or the long simmering or baking that comes after it."""
    hot = [place for place, text in enumerate(dish.texts) if is_hot(text)]
    if not hot:
        raise Unfit(f"{food.name} is not cooked")
    naming = [place for place in hot if names(food, dish.texts[place])] or hot[-1:]
    long = [place for place in hot if place > naming[-1] and _LONG.search(dish.texts[place])]
    return dish.steps[(naming + long)[-1]]


def _reaches(dish: Dish, food: Food) -> bool:
    """Whether a step that is about the food gives a temperature that is high enough, and none of an oven; or a later
    one that names no food at all, as it goes on with what is in the pan."""
    said = _SAID_OF.get(food.category)
    naming = [
        at for at, text in enumerate(dish.texts) if is_hot(text) and (names(food, text) or (said and said in text))
    ]
    telling = [dish.texts[at] for at in naming] or dish.texts
    for text in dish.texts[naming[-1] + 1 :] if naming else ():
        if _THERMOMETER.search(text) and not any(names(other, text) for other in dish.foods.values()):
            telling.append(text)
    return any((food.safe_c or 0) <= celsius <= 100 for text in telling for celsius in _inner(text))


def _inner(text: str) -> Iterator[int]:
    return (int(found) for found in re.findall(r"(\d{2,3}) °C", text))
