"""What a source tells about one recipe, and the recipe that it becomes within the bounds of a box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from flavorbot import bounds
from flavorbot.exchange.readers.cleaning import address, one_line, printed
from flavorbot.exchange.readers.found import Found, Unreadable
from flavorbot.exchange.readers.times import minutes
from flavorbot.kitchen.remembering import remembered
from flavorbot.model import CATEGORIES, Ingredient, Instruction, Recipe, Source
from flavorbot.writing import MOST, is_heading, read_ingredient

T = TypeVar("T")
UNTITLED = "Untitled recipe"
_MEALS = {
    "brunch": "breakfast", "main": "dinner", "mains": "dinner", "main course": "dinner", "main dish": "dinner",
    "main courses": "dinner", "main dishes": "dinner", "supper": "dinner", "entree": "dinner", "snacks": "snack",
    "appetizer": "snack", "appetizers": "snack", "starter": "snack", "starters": "snack", "desserts": "dessert",
    "pudding": "dessert", "puddings": "dessert", "sides": "side", "side dish": "side", "side dishes": "side",
    "drinks": "drink", "beverage": "drink", "beverages": "drink", "cocktail": "drink", "cocktails": "drink",
}  # fmt: skip
_EATEN = re.compile(r"(\d+)(?:\s*(?:[-–]|to)\s*\d+)?\s*(?:servings?|portions?|people|persons?|serves|slices|helpings)")
_SERVES = re.compile(r"(?:serves|servings?|portions?|for|yields?|makes)\D{0,12}(\d+)")
_MEASURED = re.compile(r"\d\s*(?:g|kg|ml|l|cl|cups?|oz|lbs?|lit(?:re|er)s?|cm|inch(?:es)?|pints?|quarts?|pounds?)\b")
_CONTAINERS = frozenset({"tin", "packet", "jar", "pot", "block", "bag", "box"})
_COMMAS = re.compile(r"[,;\n]")
_SIZE = re.compile(r"\(([^()]*\d[^()]*)\)")
_FIGURE = re.compile(r"(\d+)")
_NOTHING_MORE = re.compile(
    r"\b(?:serves|servings?|portions?|people|persons?|helpings?|makes|yields?|for|about|to|or|approx\w*)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A recipe in its source's words, markup taken off.

    `ingredients` are lines, headings that end in a colon among them, or what is already understood; `meals` are words
    for the kind of dish, `makes` is what the source says about how much it gives.
    """

    title: object = ""
    description: object = ""
    ingredients: Sequence[str | Ingredient] = ()
    steps: Sequence[str | Instruction] = ()
    makes: object = None
    prep_minutes: int | None = None
    cook_minutes: int | None = None
    total_minutes: int | None = None
    meals: Sequence[object] = ()
    cuisines: Sequence[object] = ()
    tags: Sequence[object] = ()
    notes: Sequence[object] = ()
    rating: object = None
    image: object = None
    url: object = None


def of_facts(facts: Mapping[str, str]) -> Told:
    """What facts in the words of `headings` tell; a recipe's text is still to come."""
    return Told(
        title=facts.get("title"),
        makes=facts.get("makes"),
        prep_minutes=minutes(facts.get("prep")),
        cook_minutes=minutes(facts.get("cook")),
        total_minutes=minutes(facts.get("total")),
        meals=[facts.get("meals", "")],
        cuisines=[facts.get("cuisines", "")],
        tags=[facts.get("tags", "")],
        rating=facts.get("rating"),
        image=facts.get("image"),
        url=facts.get("url"),
    )


def found(told: Told, name: str = "") -> Found:
    """The recipe it becomes; `name` is what it is called where it has no title itself."""
    title = one_line(told.title) or one_line(name) or UNTITLED
    url = address(told.url)
    tags = _all_tags(told)
    try:
        recipe = _recipe(told, title, url, tags)
    except Unreadable as problem:
        return Found(title=_cut(title, bounds.TITLE), reason=str(problem), url=url)
    return Found(title=recipe.title, recipe=recipe, url=url, remarks=tuple(_remarks(recipe, tags)))


def _remarks(recipe: Recipe, tags: Sequence[str]) -> Iterator[str]:
    """What a person should know about how it came in."""
    if (left := len(tags) - len(recipe.tags)) > 0:
        yield f"{left} of its {left + len(recipe.tags)} tags were left out."
    if not recipe.instructions:
        yield "It has no steps."


def _recipe(told: Told, title: str, url: str | None, tags: tuple[str, ...]) -> Recipe:
    description, notes = _prose(told, title)
    cuisines = list(_words(told.cuisines))
    prep, cook = _minutes(told.prep_minutes), _minutes(told.cook_minutes)
    total = _minutes(told.total_minutes, bounds.TOTAL_MINUTES)
    return Recipe(
        title=_cut(title, bounds.TITLE),
        description=description,
        category=_category(told.meals)[0],
        cuisine=_cut(cuisines[0], bounds.CUISINE) if cuisines else None,
        servings=servings(told.makes) or 2,
        prep_minutes=prep,
        cook_minutes=cook,
        total_minutes=total or (prep + cook if prep and cook else None),
        ingredients=_ingredients(told.ingredients),
        instructions=_instructions(told.steps),
        tags=tags[: bounds.TAGS],
        notes=notes,
        rating=rating(told.rating),
        image_url=address(told.image),
        source=Source(kind="import", url=url),
    )


def _prose(told: Told, title: str) -> tuple[str, str]:
    """Description and notes; what is too long for its own place goes to the notes, and nothing is lost."""
    description, rest = _split(printed(told.description), bounds.DESCRIPTION)
    whole_title = title if len(title) > bounds.TITLE else ""
    parts = (whole_title, rest, *(printed(note) for note in told.notes), _yield_note(told.makes))
    notes = "\n\n".join(dict.fromkeys(part for part in parts if part))
    if len(notes) > bounds.NOTES:
        raise Unreadable(f"Its notes are longer than {bounds.NOTES:,} characters.")
    return description, notes


def _ingredients(lines: Sequence[str | Ingredient]) -> tuple[Ingredient, ...]:
    """Every line; one that ends in a colon is the heading of those below it."""
    found = tuple(islice(_under_headings(lines), bounds.INGREDIENTS + 1))
    if not found:
        raise Unreadable("No ingredients were found in it.")
    if len(found) > bounds.INGREDIENTS:
        count = sum(isinstance(line, Ingredient) or _is_ingredient(one_line(line)) for line in lines)
        raise Unreadable(f"It has {count} ingredients; a recipe can have {bounds.INGREDIENTS}.")
    return found


def _is_ingredient(line: str) -> bool:
    return bool(line) and not is_heading(line)


def _under_headings(lines: Sequence[str | Ingredient]) -> Iterator[Ingredient]:
    section: str | None = None
    for line in lines:
        found = _within(line) if isinstance(line, Ingredient) else _line(line)
        if isinstance(found, str):
            section = found or None
        elif found is not None:
            is_beneath = section and not isinstance(line, Ingredient)
            yield _within(replace(found, section=section)) if is_beneath else found


# The same lines stand in one recipe after another.
@remembered(8192)
def _line(text: str) -> Ingredient | str | None:
    """What a line says; of a heading its text, and None where nothing is."""
    line = one_line(text)
    if _is_ingredient(line):
        return _within(_read(line))
    return line[:-1].strip() if line else None


def _read(text: str) -> Ingredient:
    head, rest = _split(text, bounds.LINE)
    item = read_ingredient(head)
    size = _SIZE.search(head) if item.unit in _CONTAINERS else None
    each = f"{size[1]} each" if size and size[1] not in (item.note or "") else ""
    return _with(item, note="; ".join(filter(None, [each, item.note, rest])) or None)


def _within(item: Ingredient) -> Ingredient:
    name, note = one_line(item.name), one_line(item.note) or None
    if not name or len(name) > bounds.LINE or len(note or "") > bounds.NOTE:
        raise Unreadable(f"The ingredient “{_cut(name or note or '', 60)}” is too long.")
    amount = item.quantity if item.quantity and 0 < item.quantity <= MOST else None
    unit = one_line(item.unit) or None
    if unit and len(unit) > bounds.UNIT:
        name, unit = f"{unit} {name}", None
    section = _cut(one_line(item.section), bounds.SECTION) or None
    return _with(item, name=_cut(name, bounds.LINE), quantity=amount, unit=unit, note=note, section=section)


def _with(value: T, **fields: object) -> T:
    """With these fields: the very same where it has them already, as nearly all do."""
    for name, field in fields.items():
        if getattr(value, name) != field:
            return replace(value, **fields)  # type: ignore[type-var]
    return value


def _instructions(steps: Sequence[str | Instruction]) -> tuple[Instruction, ...]:
    """A step for each paragraph; one too long is told in several."""
    done: list[Instruction] = []
    for step in steps:
        if isinstance(step, Instruction):
            texts = _paragraphs(step.text)
            minutes = _minutes(step.minutes) if len(texts) == 1 else None
            done += [_with(step, text=text, minutes=minutes) for text in texts]
        else:
            done += [Instruction(text=text) for text in _paragraphs(step)]
    if len(done) > bounds.STEPS:
        raise Unreadable(f"It has {len(done)} steps; a recipe can have {bounds.STEPS}.")
    return tuple(done)


def _paragraphs(text: str) -> list[str]:
    """What a step says, in pieces that a step has room for."""
    said = printed(text)
    if said and len(said) <= bounds.STEP and "\n" not in said:
        return [said]
    return [part for line in said.split("\n") if line for part in _pieces(line, bounds.STEP)]


def _category(meals: Sequence[object]) -> tuple[str, list[str]]:
    """The category, and those words for the dish that name no other."""
    words = list(_words(meals))
    known = [(word, _meal(word)) for word in words]
    chosen = next((meal for _, meal in known if meal), "dinner")
    return chosen, [word for word, meal in known if meal != chosen]


def _meal(word: str) -> str | None:
    folded = word.casefold().replace("é", "e")
    return folded if folded in CATEGORIES else _MEALS.get(folded)


def _all_tags(told: Told) -> tuple[str, ...]:
    """Its tags, each once, with the words for dish and cuisine that have no other place."""
    words = [*_words(told.tags), *_category(told.meals)[1], *list(_words(told.cuisines))[1:]]
    tags: dict[str, str] = {}
    for word in words:
        if tag := _cut(word.lstrip("#").strip(), bounds.TAG):
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())


def _words(values: Sequence[object]) -> Iterator[str]:
    """Every entry; a text may have several, with commas between."""
    for value in values:
        if text := printed(value):
            yield from (word for part in _COMMAS.split(text) if (word := " ".join(part.split())))


def servings(makes: object) -> int | None:
    """How many eat of it, if what the source says tells so: "Serves 4", "1 loaf (12 slices)", 6."""
    text = printed(makes).casefold()
    count = int(text if text.isdecimal() else _count_in(text) or 0)
    return count if 1 <= count <= bounds.SERVINGS else None


def _count_in(text: str) -> str | None:
    match = _EATEN.search(text) or _SERVES.search(text) or (None if _MEASURED.search(text) else _FIGURE.search(text))
    return match and match[1]


def rating(value: object) -> int | None:
    """One to five stars; 0 and what is no number are none."""
    try:
        stars = float(value) if isinstance(value, str | int | float) else 0.0
    except ValueError:
        return None
    return int(stars + 0.5) if 0.5 <= stars <= 5 else None


def _yield_note(makes: object) -> str:
    """What it makes where that is more than a number of servings."""
    text = one_line(makes)
    if text.isdecimal():
        return ""
    rest = _NOTHING_MORE.sub("", text.casefold())
    return (
        f"Makes {re.sub('^(?:makes|yields?)[: ]+', '', text, flags=re.IGNORECASE)}." if re.search("[a-z]", rest) else ""
    )


def _minutes(value: int | None, most: int = bounds.MINUTES) -> int | None:
    return value if value and 0 < value <= most else None


def _pieces(text: str, most: int) -> Iterator[str]:
    while text:
        piece, text = _split(text, most)
        yield piece


def _split(text: str, most: int) -> tuple[str, str]:
    """As much of the text as there is room for, and the rest; between lines, sentences or words where it can be."""
    if len(text) <= most:
        return text, ""
    for mark in ("\n", ". ", " "):
        at = text.rfind(mark, most // 2, most)
        if at > 0:
            return text[: at + len(mark)].strip(), text[at + len(mark) :].strip()
    return text[:most], text[most:]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{_split(text, most - 1)[0]}…"
