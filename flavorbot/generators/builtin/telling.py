"""What a refinement changed, and what it did not: found by comparing the recipe before with the one after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flavorbot.generators.builtin.change import Change
from flavorbot.generators.builtin.choosing import is_kind
from flavorbot.generators.builtin.comparing import foods_of, kind_of, misses, slipped
from flavorbot.generators.builtin.measuring import figure_of, grams_of, measured
from flavorbot.generators.builtin.naming import capital, listed, shown
from flavorbot.generators.builtin.qualities import LESS, MORE, Quality, classes, is_meant, qualities
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.groups import covers, meant_by
from flavorbot.kitchen.labels import ALLERGEN_LABELS, DIET_LABELS
from flavorbot.kitchen.needs import Needs, why_not
from flavorbot.kitchen.reading import read_line
from flavorbot.model import EQUIPMENT, Notice, Recipe

_EATERS = {"pregnant": "pregnancy", "infant": "babies", "young_child": "small children"}
_LONGER_MINUTES = 5


def told(after: Recipe, change: Change, needs: Needs, others: tuple[Notice, ...] = ()) -> tuple[Notice, ...]:
    """Each thing asked for with what came of it, then what else is different and not told by `others`."""
    if change.another:
        return (_said("recipe", f"Another recipe: “{after.title}” instead of “{change.before.title}”."),)
    failed = misses(after, change, needs)
    notices = [
        *_swaps(after, change),
        *_frame(after, change),
        *_needs(after, change),
        *_asked(after, change, failed),
        *_added(after, change, failed),
        *_less_so(after, change),
        *_longer(after, change),
    ]
    return _with_difference(notices, others, after, change, needs)


def _swaps(after: Recipe, change: Change) -> Iterator[Notice]:
    before, now = foods_of(change.before), foods_of(after)
    for swap in change.swaps:
        old = [food for food in before if is_meant(swap.old, food)]
        new = _names([food for food in swap.new or () if food in now], after)
        names = _names([food for food in old if food not in now], change.before)
        why = ", as you have none" if swap.gone else ""
        if not old:
            yield _said(swap.old, f"It had no {swap.old}.")
        elif names and new:
            yield _said(names, f"Swapped {names} for {new}{why}.")
        elif names:
            yield _said(names, f"Left out {names}{why}; nothing takes its place.")


def _frame(after: Recipe, change: Change) -> Iterator[Notice]:
    """Servings, time, cuisine, category, kind and equipment."""
    before = change.before
    if after.servings != before.servings:
        yield _said("servings", f"Now for {after.servings}.")
    elif change.people:
        yield _said("servings", f"It is for {after.servings} already.")
    if change.max_minutes and after.total_minutes:
        within = (before.total_minutes or 0) <= change.max_minutes
        already = ", as it was before" if within and after.total_minutes == before.total_minutes else ""
        yield _said("time", f"Done in {after.total_minutes} minutes{already}.")
    if change.cuisine and after.cuisine:
        same = after.cuisine == before.cuisine
        yield _said("cuisine", f"It is {after.cuisine} already." if same else f"Now seasoned the {after.cuisine} way.")
    if change.category and after.category != before.category:
        yield _said("category", f"Now for {after.category}.")
    if change.without:
        tools = listed([name.replace("_", " ") for name in change.without])
        unchanged = after.tags[:1] == before.tags[:1]
        yield _said("equipment", f"It needs no {tools}." if unchanged else f"Now cooked without {tools}.")
    if kind_of(after) != kind_of(before) and not _is_asked(kind_of(after), change):
        instead = f" instead of {kind_of(before)}" if before.tags else ""
        yield _said("kind", f"It is another kind of dish now: {kind_of(after)}{instead}.")
    if change.units:
        yield _said("units", f"Now in {'US' if change.units == 'us' else 'metric'} measures.")


def _longer(after: Recipe, change: Change) -> Iterator[Notice]:
    """What all of it costs in time, where nothing was said of that."""
    longer = (after.total_minutes or 0) - (change.before.total_minutes or after.total_minutes or 0)
    if longer > _LONGER_MINUTES and not change.max_minutes and "quick" not in change.asked:
        yield _said("time", f"It takes {after.total_minutes} minutes, {longer} more than before.")


def _is_asked(kind: str, change: Change) -> bool:
    return any(is_kind(kind, name) for name in change.asked)


def _needs(after: Recipe, change: Change) -> Iterator[Notice]:
    before, said = change.before, change.needs
    for diet in said.diets:
        label = DIET_LABELS[diet].lower()
        yield _said("diets", f"It is {label} already, and stays so." if diet in before.diets else f"Now {label}.")
    for allergy in said.allergies:
        label = ALLERGEN_LABELS.get(allergy, allergy).lower()
        had = allergy in before.allergens
        yield _said("allergies", f"Now without {label}." if had else f"We found no {label} in it, and add none.")
    for word in said.exclude:
        if meant_by(word) != word and meant_by(word) in said.exclude:
            continue
        had = any(covers(word, food) for food in foods_of(before))
        yield _said("exclude", f"Left out: {word}." if had else f"It has no {word}, and gets none.")
    for eater in said.eaters:
        yield _said("eaters", f"Now by our rules for {_EATERS[eater]}.")


def _asked(after: Recipe, change: Change, failed: tuple[str, ...]) -> Iterator[Notice]:
    for name in change.asked:
        if name in qualities():
            yield _of_quality(after, change.before, qualities()[name], name in failed)
        elif name.startswith((MORE, LESS)):
            word = name.split(maxsplit=1)[1]
            if name in failed:
                had = any(is_meant(word, food) for food in foods_of(change.before))
                message = f"We could not use {name} here." if had else f"There is no {word} in it to use less of."
                yield Notice("conflict", word, message)
            else:
                yield _said(word, f"{capital(name)}.")
        elif name in EQUIPMENT and name not in failed:
            yield _said("equipment", f"Now made with the {name.replace('_', ' ')}.")
        elif name in EQUIPMENT:
            tool = name.replace("_", " ")
            yield Notice("conflict", tool, f"We know no dish like this for the {tool}.")
        elif name in failed:
            yield Notice("conflict", name, f"No {name} fits everything else you asked for.")
        else:
            kind = kind_of(after)
            yield _said(
                "kind",
                f"Already this kind of dish: {kind}."
                if kind_of(change.before) == kind
                else f"Now another kind of dish: {kind}.",
            )


def _of_quality(after: Recipe, before: Recipe, quality: Quality, failed: bool) -> Notice:
    if failed:
        return Notice("conflict", quality.name, f"We could not make it {quality.say}.")
    subject = "ingredients" if quality.measure == "ingredients" else quality.name
    if quality.kinds or quality.measure == "grams":
        return _said(subject, _of_foods(after, before, quality))
    now, then = measured(after, quality), measured(before, quality)
    return _said(subject, f"Made {quality.say}: {figure_of(now, quality)} instead of {then or 0:g}.")


def _of_foods(after: Recipe, before: Recipe, quality: Quality) -> str:
    """What came of a quality that is no figure, with the foods that it concerns."""
    if quality.kinds:
        same = kind_of(after) == kind_of(before)
        return f"It is {quality.say} already." if same else f"Made {quality.say}."
    concerned = [food for food in foods_of(after if not quality.less else before) if classes(food) & quality.foods]
    changed = [shown(food) for food in concerned if grams_of(after, food) != grams_of(before, food)]
    if quality.eater:
        return f"Now by our rules for {_EATERS[quality.eater]}, and mild."
    if not changed:
        return f"It is {quality.want} already; nothing was changed for that."
    return f"Made {quality.say}: {'no' if quality.bar else 'less' if quality.less else 'more'} {listed(changed)}."


def _added(after: Recipe, change: Change, failed: tuple[str, ...]) -> Iterator[Notice]:
    swapped = {food.name for swap in change.swaps for food in swap.new or ()}
    before = foods_of(change.before)
    new = [food for food in change.added if food.name not in swapped and food in foods_of(after)]
    if fresh := _names([food for food in new if food not in before], after):
        yield _said(fresh, f"Added {fresh}.")
    if there := _names([food for food in new if food in before], after):
        yield _said(there, f"{capital(there)}: in it already.")
    for food in change.added:
        if food.name in failed:
            name = shown(food, plural=True)
            yield Notice("conflict", name, f"We found no dish like this with {name}.")


def _less_so(after: Recipe, change: Change) -> Iterator[Notice]:
    for quality in (qualities()[name] for name in slipped(after, change)):
        now, then = measured(after, quality), measured(change.before, quality)
        told = f"It is not as {quality.want} as before: {figure_of(now, quality)} instead of {then:g}."
        yield Notice("conflict", quality.name, told)


def _names(foods: Sequence[Food], recipe: Recipe) -> str:
    """The foods as the recipe's list calls them."""
    return listed([item.name for item in recipe.ingredients if read_line(item.name).food in foods])


def _with_difference(
    notices: list[Notice], others: tuple[Notice, ...], after: Recipe, change: Change, needs: Needs
) -> tuple[Notice, ...]:
    """The notices, and which foods went and came that none of them names."""
    before, now = foods_of(change.before), foods_of(after)
    spoken = " ".join(notice.message for notice in (*notices, *others)).casefold()
    gone = [food for food in before if food not in now and not _is_told(food, spoken)]
    new = [food for food in now if food not in before and not _is_told(food, spoken)]
    listed_now = {item.name for item in after.ingredients}
    lines = [item.name for item in change.before.ingredients if item.name not in listed_now]
    unread = [name for name in lines if read_line(name).food is None]
    reasons = [reason for food in gone if (reason := why_not(food, needs)) and "as you asked" not in reason]
    parts = list(reasons)
    if gone or unread:
        parts.append(f"Left out: {listed([*filter(None, [_names(gone, change.before)]), *unread])}.")
    if new:
        parts.append(f"New in it: {_names(new, after)}.")
    if not parts:
        return tuple(notices)
    own = next((notice for notice in notices if notice.subject == "ingredients"), None)
    message = " ".join([*([own.message] if own else []), *parts])
    return (*(notice for notice in notices if notice is not own), _said("ingredients", message))


def _is_told(food: Food, spoken: str) -> bool:
    return shown(food).casefold() in spoken or shown(food, plural=True).casefold() in spoken


def _said(subject: str, message: str) -> Notice:
    return Notice("substituted", subject, message)
