"""Recipes in schema.org's JSON-LD (https://schema.org/Recipe), in every shape in which sites and programs write it.

RecipeSage's export is such a list, {"recipes": [...]}, with the person's own rating and notes and with headings in
brackets: read from julianpoy/RecipeSage, packages/util/server/src/general/jsonLD.ts and exportDataAsync.ts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flavorbot.exchange.jsonld import EXACT, from_jsonld
from flavorbot.exchange.readers.cleaning import address, one_line, plain
from flavorbot.exchange.readers.exact import exactly
from flavorbot.exchange.readers.found import Found, attempted
from flavorbot.exchange.readers.text import ingredient_lines, source_note
from flavorbot.exchange.readers.times import minutes
from flavorbot.exchange.readers.told import Told, found
from flavorbot.model import Instruction

Json = Any
_DEEPEST = 12
"""Levels of lists and graphs that are looked into for recipes."""


def recipes_in(data: Json, url: str | None = None, depth: int = 0) -> Iterator[Found]:
    """Every recipe in the data, itself, in a list or in a graph; `url` is the page it stands on."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for each in data:
            yield from recipes_in(each, url, depth + 1)
    elif isinstance(data, Mapping):
        if is_recipe(data):
            yield attempted(partial(_found, data, url), data.get("name"))
        else:
            for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "recipes", "hasPart"):
                yield from recipes_in(data.get(name), url, depth + 1)


def is_recipe(data: Json) -> bool:
    if not isinstance(data, Mapping):
        return False
    kinds = (kind for kind in _list(data.get("@type")) if isinstance(kind, str))
    return any(kind.rpartition("/")[2].rpartition(":")[2] == "Recipe" for kind in kinds)


def _found(data: Mapping[str, Json], url: str | None) -> Found:
    ours = [each for each in _list(data.get("encoding")) if isinstance(each, Mapping)]
    if any(each.get("encodingFormat") == EXACT for each in ours) and (exact := from_jsonld(data)):
        return exactly(exact)
    return found(_told(data, url))


def _told(data: Mapping[str, Json], url: str | None) -> Told:
    return Told(
        title=_text(data.get("name")) or _text(data.get("headline")),
        description=_text(data.get("description")),
        ingredients=list(ingredient_lines(_lines(data.get("recipeIngredient") or data.get("ingredients")))),
        steps=list(_steps(data.get("recipeInstructions"))),
        makes=_makes(data.get("recipeYield") or data.get("yield")),
        prep_minutes=minutes(data.get("prepTime")),
        cook_minutes=minutes(data.get("cookTime") or data.get("performTime")),
        total_minutes=minutes(data.get("totalTime")),
        meals=_names(data.get("recipeCategory")),
        cuisines=_names(data.get("recipeCuisine")),
        tags=_names(data.get("keywords")),
        notes=[*_names(data.get("comment")), _credit(data)] if _is_of_recipesage(data) else (),
        rating=_rating(data),
        image=_image(data.get("image")),
        url=_address(data, url),
    )


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Json) -> str:
    """The text of a value, of the first in a list, or of an object that has one."""
    if isinstance(value, list):
        return next((text for each in value if (text := _text(each))), "")
    if isinstance(value, Mapping):
        names = ("@value", "text", "name", "value")
        return next(
            (
                text
                for name in names
                if not isinstance(value.get(name), Mapping | list) and (text := plain(value.get(name)))
            ),
            "",
        )
    return plain(value)


def _names(value: Json) -> list[str]:
    return [text for each in _list(value) if (text := _text(each))]


def _lines(value: Json) -> list[str]:
    """A line an entry; a text has one a line."""
    return [_heading(line) or line for text in _names(value) for line in text.split("\n") if line]


def _heading(line: str) -> str:
    """RecipeSage's "[For the sauce]" as a heading of ours."""
    return f"{line[1:-1].strip().rstrip(':')}:" if line[0] == "[" and line[-1] == "]" and len(line) > 2 else ""


def _steps(value: Json, depth: int = 0) -> Iterator[Instruction]:
    """The steps in order; the name of a section stands before its first one."""
    heading = ""
    for each in _list(value) if depth < _DEEPEST else ():
        inside = each if isinstance(each, list) else _inside(each)
        name = _section_name(each)
        if name and not inside:
            heading = name
            continue
        told = list(_steps(inside, depth + 1) if inside else _told_steps(each))
        yield from _headed(name or heading, told)
        heading = "" if told else heading


def _inside(each: Json) -> Json:
    return (each.get("itemListElement") or each.get("steps")) if isinstance(each, Mapping) else None


def _section_name(each: Json) -> str:
    """The name of a section, which may hold its steps or stand before them."""
    if isinstance(each, Mapping) and (_inside(each) or each.get("@type") == "HowToSection"):
        return one_line(_text(each.get("name")) or _text(each.get("text")))
    line = one_line(plain(each)) if isinstance(each, str) else ""
    return _heading(line)[:-1] if line else ""


def _told_steps(each: Json) -> Iterator[Instruction]:
    if isinstance(each, Mapping):
        if text := _step(each):
            yield Instruction(text=text, minutes=minutes(each.get("timeRequired")))
    else:
        yield from (Instruction(text=_unnumbered(line)) for line in plain(each).split("\n") if line)


def _headed(name: str, steps: Sequence[Instruction]) -> Iterator[Instruction]:
    for place, step in enumerate(steps):
        told = name and not place and not step.text.startswith(name)
        yield replace(step, text=f"{name.rstrip(':. ')}: {step.text}") if told else step


def _step(data: Mapping[str, Json]) -> str:
    """What to do; a name that is more than the beginning of the text or a number is said first."""
    name, text = one_line(_text(data.get("name"))), _text(data.get("text")) or _text(data.get("description"))
    if not text:
        return name
    telling = name and not re.fullmatch(r"(?:step )?\d+\W*", name, re.IGNORECASE) and not _same_start(text, name)
    return f"{name.rstrip(':. ')}: {text}" if telling else _unnumbered(text)


def _same_start(text: str, name: str) -> bool:
    return text.casefold().startswith(name.rstrip("….: ").casefold())


def _unnumbered(line: str) -> str:
    return re.sub(r"^(?:step )?\d{1,2}[.):] +(?=\S)", "", line, flags=re.IGNORECASE)


def _makes(value: Json) -> str:
    """The yield that says most, of several."""
    said = [_quantity(each) for each in _list(value)]
    return max(said, key=len, default="")


def _quantity(value: Json) -> str:
    if isinstance(value, Mapping):
        return f"{_text(value)} {plain(value.get('unitText'))}".strip()
    return one_line(plain(value))


def _image(value: Json) -> str | None:
    for each in _list(value):
        if isinstance(each, Mapping):
            each = next((link for name in ("url", "contentUrl", "@id") if (link := _image(each.get(name)))), None)
        if link := address(each):
            return link
    return None


def _address(data: Mapping[str, Json], url: str | None) -> str | None:
    """Where the recipe is from: what it is based on, else its own page."""
    names = ("isBasedOn", "isBasedOnUrl", "url", "mainEntityOfPage", "@id")
    return next((link for name in names if (link := _image(data.get(name)))), None) if url is None else url


def _is_of_recipesage(data: Mapping[str, Json]) -> bool:
    """Whether it comes from a person's box: comments and ratings of a site are other people's."""
    notes = [each for each in _list(data.get("comment")) if isinstance(each, Mapping)]
    return any(each.get("name") == "Author Notes" for each in notes)


def _rating(data: Mapping[str, Json]) -> Json:
    rated = data.get("aggregateRating") if _is_of_recipesage(data) else None
    return rated.get("ratingValue") if isinstance(rated, Mapping) else None


def _credit(data: Mapping[str, Json]) -> str:
    """The name of the source where there is no page to link to."""
    return "" if data.get("isBasedOn") else source_note(one_line(plain(data.get("creditText"))))
