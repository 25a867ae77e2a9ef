"""What the checker has to say about a recipe, line by line and then as a whole, against a person's needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flavorbot.kitchen.checked import Finding, FindingKind
from flavorbot.kitchen.claims import as_a_whole, fits
from flavorbot.kitchen.diets import is_meat
from flavorbot.kitchen.foods import Food
from flavorbot.kitchen.groups import covers
from flavorbot.kitchen.labels import ALLERGEN_LABELS, DIET_LABELS
from flavorbot.kitchen.lexicon import lookup
from flavorbot.kitchen.mentions import Mention
from flavorbot.kitchen.needs import Needs, allergens_of, because, in_order, title
from flavorbot.kitchen.reading import Reading
from flavorbot.kitchen.text import stems
from flavorbot.model import ALLERGENS, Nutrition


def line_findings(place: int, reading: Reading, needs: Needs) -> Iterator[Finding]:
    """What one ingredient line is: refused, not recognised, or against the needs."""
    shown = reading.name or reading.text
    if reading.kind == "poison":
        yield Finding(place, "poison", "error", f"“{shown}” must never be eaten: {reading.reason}.", shown)
        return
    if reading.kind == "not_food":
        yield Finding(place, "not_food", "error", f"“{shown}” is not food: {reading.reason}.", shown)
        return
    if reading.kind == "unknown":
        yield Finding(place, "unknown", "warning", f"“{shown}” was not recognised: check the label.", shown)
    elif reading.unread:
        words = " ".join(reading.unread)
        yield Finding(
            place, "unknown", "warning", f"“{words}” was not recognised in “{shown}”: check the label.", shown
        )
    yield from _allergen_findings(place, reading, needs)
    yield from _diet_findings(place, reading, needs)
    for word in _excluded(reading, needs.exclude):
        yield Finding(
            place, "excluded", "error", f"{title(shown)} is or may be made with {word}, which is to be left out.", shown
        )


def stray_findings(mention: Mention, needs: Needs) -> Iterator[Finding]:
    """What a food, or a poison, that only title or steps name means for the needs."""
    name = mention.entry.name
    if mention.entry.kind == "poison":
        reason = mention.entry.reason
        yield Finding(None, "poison", "error", f"The text names {name}, which must never be eaten: {reason}.", name)
    if mention.entry.kind == "unread":
        yield _unread(name, mention.entry.reason)
    food = mention.entry.food
    if food is None:
        return
    said = f"“{mention.typed}”, perhaps {name}," if mention.typed else f"{name},"
    told = f"The text names {said} which is not in the list"
    for kind, allergen in _hits(food.contains - mention.denied, food.may - mention.denied, needs):
        verb = "contains" if kind == "allergen" else "may contain"
        severity = "error" if kind == "allergen" else "warning"
        yield Finding(None, kind, severity, f"{told} and {verb} {ALLERGEN_LABELS[allergen].lower()}.", name)  # type: ignore[arg-type]
    reading = Reading(text=name, kind="food", food=food, foods=(food,), name=name)
    for diet in needs.diets:
        label, answer = DIET_LABELS[diet].lower(), fits(reading, diet)
        if answer is False and not mention.denied and not mention.typed:
            yield Finding(None, "diet", "error", f"{told} and is not {label}.", name)
        elif answer is None:
            yield Finding(None, "diet", "warning", f"{told} and may not be {label}: check the label.", name)
    for word in (*needs.exclude, *(word for word in needs.allergies if word not in ALLERGENS)):
        if covers(word, food):
            yield Finding(None, "excluded", "error", f"{told} and is to be left out ({word}).", name)


def _unread(name: str, reason: str) -> Finding:
    """What is said of words of the text that nobody knows."""
    told = f"“{name}” {reason}, so not every word of it was recognised: check it yourself."
    plain = f"“{name}” in the text was not recognised: check the label."
    return Finding(None, "unknown", "warning", told if reason else plain, name)


def whole_findings(foods: Sequence[Food], nutrition: Nutrition | None, needs: Needs) -> Iterator[Finding]:
    """What concerns the recipe as a whole: meat with milk, net carbohydrate, and what no list can tell."""
    for diet in needs.diets:
        label = DIET_LABELS[diet]
        if diet == "kosher" and not as_a_whole(diet, foods, nutrition):
            yield Finding(None, "diet", "error", "Meat and milk together are not kosher.", label)
        if diet in ("keto", "low_carb") and nutrition and not as_a_whole(diet, foods, nutrition):
            grams = nutrition.carbohydrate_g - nutrition.fibre_g
            yield Finding(
                None,
                "diet",
                "error",
                f"{grams:.0f} g of net carbohydrate a serving is too much for {label.lower()}.",
                label,
            )
        if diet == "halal" and any(is_meat(food) for food in foods):
            yield Finding(None, "diet", "info", "Use halal-certified meat.", label)
        if diet == "low_fodmap":
            yield Finding(None, "diet", "info", "Low-FODMAP depends on portions: check Monash portions.", label)


def plain_word_findings(texts: Sequence[tuple[int | None, str]], needs: Needs) -> Iterator[Finding]:
    """Exclusions and allergies that the kitchen knows no food for, looked for as plain words."""
    words = (*needs.exclude, *(word for word in needs.allergies if word not in ALLERGENS))
    for word in words:
        key = stems(word)
        if not key or lookup(word):
            continue
        for place, text in texts:
            found = stems(text)
            if any(found[start : start + len(key)] == key for start in range(len(found))):
                yield Finding(place, "excluded", "error", f"“{text}” names {word}, which is to be left out.", word)


def _allergen_findings(place: int, reading: Reading, needs: Needs) -> Iterator[Finding]:
    shown = title(reading.food.name if reading.food else reading.name)
    for kind, allergen in _hits(reading.contains, reading.may, needs):
        label = ALLERGEN_LABELS[allergen].lower()
        if kind == "allergen":
            yield Finding(place, kind, "error", f"{shown} contains {label}{_because(reading, allergen)}.", reading.name)
        else:
            yield Finding(place, kind, "warning", f"{shown} may contain {label}: check the label.", reading.name)


def _hits(contains: frozenset[str], may: frozenset[str], needs: Needs) -> Iterator[tuple[FindingKind, str]]:
    meant: set[str] = set().union(*(allergens_of(allergy) for allergy in needs.allergies))
    for allergen in in_order(meant):
        if allergen in contains:
            yield "allergen", allergen
        elif allergen in may:
            yield "may_contain", allergen


def _because(reading: Reading, allergen: str) -> str:
    """The end of a sentence, ": soy sauce is brewed from soya beans and wheat", where the table says so."""
    return next((f": {told}" for food in reading.foods if (told := because(food, allergen))), "")


def _diet_findings(place: int, reading: Reading, needs: Needs) -> Iterator[Finding]:
    shown = title(reading.food.name if reading.food else reading.name)
    for diet in needs.diets:
        label = DIET_LABELS[diet].lower()
        answer = fits(reading, diet)
        if answer is False:
            yield Finding(place, "diet", "error", f"{shown} is not {label}.", reading.name)
        elif answer is None:
            yield Finding(place, "diet", "warning", f"{shown} may not be {label}: check the label.", reading.name)


def _excluded(reading: Reading, words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if any(covers(word, food) for food in reading.foods):
            yield word
