"""HTML microdata (https://html.spec.whatwg.org/multipage/microdata.html) as JSON-LD would tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flavorbot.exchange.readers.cleaning import one_line, plain
from flavorbot.exchange.readers.found import Unreadable

Json = Any
Element = Any
_LINKS = {"a": "href", "link": "href", "img": "src", "source": "src", "area": "href", "iframe": "src"}
_LISTS = frozenset({"recipeInstructions", "recipeIngredient", "ingredients", "recipeDirections", "recipeIngredients"})
_NAMES = {
    "ingredients": "recipeIngredient",
    "recipeIngredients": "recipeIngredient",
    "recipeDirections": "recipeInstructions",
    "instructions": "recipeInstructions",
    "recipeCourse": "recipeCategory",
    "recipeNotes": "comment",
    "recipeSource": "isBasedOn",
}
"""Older names of schema.org's, and those that Recipe Keeper writes."""
_MOST = 500
_LONGEST = 4_000_000
"""Characters of all that a page marks: what is marked within what is marked is told more than once."""


def items_in(page: Element) -> list[Json]:
    """Every recipe that the page marks; what is inside an item belongs to the innermost one."""
    marked = page.xpath("//*[@itemscope and contains(@itemtype, '/Recipe')] | //*[@class='recipe-details']")
    room = _Room(_LONGEST)
    return [_item(element, room) for element in marked[:_MOST]]


@dataclass(slots=True)
class _Room:
    left: int

    def taken(self, text: str) -> str:
        """The text; `Unreadable` when there is no room for it any more."""
        self.left -= len(text)
        if self.left < 0:
            raise Unreadable("This page marks more than can be read.")
        return text


def _item(element: Element, room: _Room) -> dict[str, Json]:
    found: dict[str, Json] = {"@type": str(element.get("itemtype") or "Recipe").rpartition("/")[2]}
    for child in _properties(element):
        for name in str(child.get("itemprop")).split():
            name = _NAMES.get(name, name)
            found.setdefault(name, []).append(_value(child, name, room))
    return _as_own(element, found)


def _as_own(element: Element, found: dict[str, Json]) -> dict[str, Json]:
    """Paprika's and Recipe Keeper's pages come from a person's box: their notes and stars are the person's own."""
    stars = [
        *element.xpath(".//*[@itemprop='aggregateRating']/@value"),
        *element.xpath(".//*[@itemprop='recipeRating']/@content"),
    ]
    if element.get("class") in ("recipe", "recipe-details"):
        notes = found.get("comment", [])
        found["comment"] = [{"name": "Author Notes", "text": note} for note in notes] or [{"name": "Author Notes"}]
        found["aggregateRating"] = {"ratingValue": str(stars[0])} if stars else None
        found["creditText"] = found.get("author")
    return found


def _properties(element: Element) -> Iterator[Element]:
    """The elements inside with a name that belong to this item and not to one within it."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if not isinstance(child.tag, str):
            continue
        if child.get("itemprop"):
            yield child
        if child.get("itemscope") is None:
            waiting.extend(reversed(child))


def _value(element: Element, name: str, room: _Room) -> Json:
    room.taken(name)
    if element.get("itemscope") is not None:
        return _item(element, room)
    if element.get("content") is not None:
        return str(element.get("content"))
    if element.get("datetime") is not None:
        return str(element.get("datetime"))
    if element.tag in _LINKS and name not in _LISTS:
        return str(element.get(_LINKS[element.tag], ""))
    if name == "recipeInstructions" and (steps := element.xpath("./li | ./ol/li | ./ul/li")):
        return [{"text": one_line(plain(_markup(step, room)))} for step in steps]
    return _markup(element, room)


def _markup(element: Element, room: _Room) -> str:
    """The element's own HTML: its line breaks and paragraphs are told by its tags."""
    from lxml import etree

    return room.taken(str(etree.tostring(element, encoding="unicode", method="html", with_tail=False)))
