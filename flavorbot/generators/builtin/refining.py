"""Reading a refinement ("quicker", "for 6", "swap the rice") as a change of the wish."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.generators.builtin.change import Change
from flavorbot.generators.builtin.choosing import kinds_named, without_kinds
from flavorbot.generators.builtin.naming import listed, shown
from flavorbot.generators.builtin.qualities import LESS, MORE, NO, asked_for, is_meant, kinds_in, qualities
from flavorbot.generators.builtin.request import MOST_SERVINGS, not_checked
from flavorbot.generators.builtin.settling import equipment_left, settled
from flavorbot.generators.builtin.stand_ins import another_like
from flavorbot.generators.builtin.swapping import Swap, in_place, read_swaps
from flavorbot.generators.builtin.wanted import plainly
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.groups import covers
from flavorbot.kitchen.lexicon import lookup
from flavorbot.kitchen.needs import Needs, joined
from flavorbot.kitchen.reading import find_foods, read_line
from flavorbot.kitchen.wish_foods import barred
from flavorbot.kitchen.wishes import Understood, read_wish
from flavorbot.model import EQUIPMENT, Notice, Recipe, Wish

_STRONGEST = 3


def read_change(wish: Wish, recipe: Recipe, instruction: str) -> Change:
    """What the instruction asks of the recipe at hand; `InvalidInput` when nothing of it is understood."""
    text = plainly(instruction.strip())
    swaps, rest = read_swaps(text)
    kinds = kinds_named(rest, Needs())
    understood = read_wish(without_kinds(kinds, rest) if kinds else rest)
    change = Change(recipe, settled(wish, recipe), understood.needs)
    change.swaps += [_with_new(change, swap) for swap in swaps]
    _take_choices(change, understood)
    _take_needs(change, understood)
    _take_qualities(change, understood, tuple(sorted(kinds - set(understood.needs.exclude))))
    _take_foods(change, understood, rest)
    for swap in change.swaps:
        _swap(change, swap)
    heeded = tuple(words for words in understood.not_understood if not _is_less(words, understood))
    understood = replace(understood, not_understood=heeded)
    if not _says_anything(change, understood):
        message = f"We did not understand “{text[:80]}”. Try “quicker”, “for 6”, “vegan” or “without onions”."
        raise InvalidInput([FieldError("instruction", message)])
    change.notices += not_checked(understood)
    return change


def _take_choices(change: Change, understood: Understood) -> None:
    wish = change.wish
    times = 1.0 if understood.ingredients else understood.times
    people = round((understood.servings or wish.servings) * times)
    change.people = bool(understood.servings or times != 1)
    if people > MOST_SERVINGS:
        told = f"We cook for {MOST_SERVINGS} at most, so this is for {MOST_SERVINGS}, not for {people}."
        change.notices.append(Notice("conflict", "servings", told))
    change.max_minutes, change.category = understood.max_minutes, understood.category
    if change.max_minutes and "quick" in understood.qualities:
        change.max_minutes = None
    cuisine = understood.cuisine
    change.cuisine, change.without, change.another = cuisine, understood.without, understood.another
    change.units = understood.units
    change.wish = replace(
        wish,
        servings=min(max(people, 1), MOST_SERVINGS),
        max_minutes=change.max_minutes or wish.max_minutes,
        cuisine=cuisine or wish.cuisine,
        category=change.category or wish.category,
        equipment=equipment_left(wish.equipment, understood.without),
        units=understood.units or wish.units,
    )


def _take_needs(change: Change, understood: Understood) -> None:
    """The new needs; a food that has run out is swapped rather than barred for good."""
    gone = {word for phrase in understood.missing for word in barred(phrase)}
    change.swaps += [_with_new(change, Swap(phrase, None, gone=True)) for phrase in understood.missing]
    kept = tuple(word for word in understood.needs.exclude if word not in gone and word not in EQUIPMENT)
    wish, needs = change.wish, replace(understood.needs, exclude=kept)
    marks = tuple(f"{NO}{word}" for word in needs.exclude if word not in wish.exclude)
    change.needs = needs
    change.wish = replace(
        wish,
        diets=joined(wish.diets, needs.diets),
        allergies=joined(wish.allergies, needs.allergies),
        exclude=joined(wish.exclude, needs.exclude),
        eaters=joined(wish.eaters, needs.eaters),
        qualities=_noted(wish, marks),
    )
    _leave_out(change, kept)


def _take_qualities(change: Change, understood: Understood, kinds: tuple[str, ...]) -> None:
    """What the dish should be like; of two that contradict each other neither is, and that is told."""
    asked = dict.fromkeys(understood.qualities)
    for quality in asked_for(tuple(asked)):
        if quality.opposite in asked:
            both = listed([quality.say, qualities()[quality.opposite].say])
            asked = {name: None for name in asked if name not in (quality.name, quality.opposite)}
            change.notices.append(Notice("conflict", both, f"A dish cannot be {both} at once, so it is neither."))
    present = [food for item in change.before.ingredients if (food := read_line(item.name).food)]
    several = understood.ingredients if understood.times > 1 else ()
    fewer = understood.ingredients if understood.times < 1 else ()
    more = [word for word in (*understood.more, *several) if any(is_meant(word, food) for food in present)]
    entries = (*(f"{MORE}{word}" for word in more), *(f"{LESS}{word}" for word in (*understood.less, *fewer)))
    change.asked = (*asked, *entries, *kinds, *understood.using)
    undone = {quality.opposite for quality in asked_for(asked)} | ({"mild"} if "hot" in asked else set())
    undone |= {entry for entry in change.wish.qualities if _reversed(entry) in entries}
    if kinds:
        undone |= kinds_in(change.wish.qualities) | {quality.name for quality in qualities().values() if quality.kinds}
    if understood.using:
        undone |= set(EQUIPMENT)
    kept = tuple(name for name in change.wish.qualities if name not in undone)
    entries = (*kept, *change.asked)
    change.wish = replace(change.wish, qualities=tuple(_at_most(entries, _STRONGEST)))


def _at_most(entries: tuple[str, ...], times: int) -> Iterator[str]:
    """Each entry as often as it was asked for, but no more often than this."""
    for place, entry in enumerate(entries):
        if entries[:place].count(entry) < (times if entry in qualities() or entry.startswith((MORE, LESS)) else 1):
            yield entry


def _take_foods(change: Change, understood: Understood, text: str) -> None:
    """The foods to be added: those named that are not merely to be more; some push another one out."""
    amounts = [entry.split(maxsplit=1)[1] for entry in change.asked if entry.startswith((MORE, LESS))]
    counted = {food.name for word in amounts for food in find_foods(word)}
    names = [name for name in understood.ingredients if name not in counted]
    present = [food for item in change.before.ingredients if (food := read_line(item.name).food)]
    for food in (food for name in names if (food := read_line(name).food)):
        old = in_place(food, present, text) if food not in present else ()
        change.swaps += [Swap(shown(other), (food,)) for other in old]
        if not old:
            _add(change, (food,))


def _swap(change: Change, swap: Swap) -> None:
    words = tuple(f"{NO}{name}" for name in barred(swap.old))
    change.wish = replace(change.wish, qualities=_noted(change.wish, words))
    _leave_out(change, (swap.old,))
    _add(change, swap.new or ())


def _noted(wish: Wish, entries: tuple[str, ...]) -> tuple[str, ...]:
    return (*wish.qualities, *(entry for entry in entries if entry not in wish.qualities))


def _with_new(change: Change, swap: Swap) -> Swap:
    """The swap with what comes instead, if the recipe has the old food and the choice is ours."""
    present = [food for item in change.before.ingredients if (food := read_line(item.name).food)]
    old = [food for food in present if is_meant(swap.old, food)]
    if swap.new or not old:
        return swap
    needs = Needs(diets=change.wish.diets, allergies=change.wish.allergies, eaters=change.wish.eaters)
    needs = replace(needs, exclude=(*change.wish.exclude, *barred(swap.old)))
    found = another_like(old[0], needs, frozenset(food.name for food in present))
    return replace(swap, new=(found,) if found else None)


def _add(change: Change, foods: tuple[Food, ...]) -> None:
    """Have these in the dish, also where a refinement took one of them out before."""
    change.added = (*change.added, *foods)
    wish = change.wish
    again = {entry for entry in wish.qualities if entry.startswith(NO) and _is_back(entry, foods, wish.exclude)}
    again -= {f"{NO}{word}" for word in change.needs.exclude}
    present = {food.name for line in wish.ingredients for food in find_foods(plainly(line))}
    lines = tuple(shown(food) for food in foods if food.name not in present)
    change.wish = replace(
        wish,
        ingredients=joined(wish.ingredients, lines),
        exclude=tuple(word for word in wish.exclude if f"{NO}{word}" not in again),
        qualities=tuple(entry for entry in wish.qualities if entry not in again),
    )


def _is_back(entry: str, foods: tuple[Food, ...], exclude: tuple[str, ...]) -> bool:
    """Whether one of the foods ends what took it out; an exclusion ends only for the very food that it names."""
    word = entry.removeprefix(NO)
    if word not in exclude:
        return any(covers(word, food) for food in foods)
    named = lookup(word)
    return bool(named and named.food in foods)


def _leave_out(change: Change, words: tuple[str, ...]) -> None:
    """Take these foods off the list of what is to be used."""
    wish = change.wish
    kept = tuple(
        line
        for line in wish.ingredients
        if not any(covers(word, food) for word in words for food in find_foods(plainly(line)))
    )
    change.wish = replace(wish, ingredients=kept)


def _is_less(words: str, understood: Understood) -> bool:
    """Whether "less rice", which no wish understands, is what a refinement heeds."""
    return any(name in words.casefold() for name in understood.less)


def _says_anything(change: Change, understood: Understood) -> bool:
    chosen = (change.cuisine, change.category, change.max_minutes, change.another, change.without, change.units)
    told = any(notice.kind == "conflict" for notice in change.notices)
    found = change.asked or change.added or change.swaps or change.needs != Needs()
    return bool(found or any(chosen) or change.people or told)


def _reversed(entry: str) -> str:
    return entry.replace(MORE, LESS, 1) if entry.startswith(MORE) else entry.replace(LESS, MORE, 1)
