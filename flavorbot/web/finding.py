"""The search of the box as its page shows it: its fields with counts, and links that take a part of it away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from flavorbot.kitchen.labels import ALLERGEN_LABELS
from flavorbot.kitchen.text import fold
from flavorbot.model import ALLERGENS, CATEGORIES, DIETS, Choice, Found, Page
from flavorbot.web import choices
from flavorbot.web.choices import label
from flavorbot.web.fields import printable
from flavorbot.web.forms import Errors, Values
from flavorbot.web.schemas import ListQuery

PATH = "/recipes"
# What people make up themselves, and may write in several ways.
FREE = ("cuisine", "tag")
Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Filter:
    """One part of what is asked: its name as `Found.without` has it, and the same search without it."""

    key: str
    label: str
    href: str


def address(sent: ListQuery, **changes: object) -> str:
    """The list that is asked for, with changes, from its first page."""
    asked = sent.model_dump(exclude={"cursor"}, exclude_defaults=True) | changes
    # Without what is at hand nothing can be missing.
    if not asked.get("have"):
        asked.pop("missing", None)
    given = {name: value for name, value in asked.items() if value not in (None, "", [])}
    return f"{PATH}?{urlencode(given, doseq=True)}" if given else PATH


def filters(sent: ListQuery) -> list[Filter]:
    """Every part of the search, the words first; the order of the list is none."""
    return list(_filters(sent))


def _filters(sent: ListQuery) -> Iterator[Filter]:
    if sent.q.strip():
        yield Filter("q", f"“{sent.q.strip()}”", address(sent, q=""))
    for name, text in (
        ("category", label(sent.category or "")),
        ("cuisine", sent.cuisine),
        ("diet", label(sent.diet or "")),
        ("tag", f"Tagged “{sent.tag}”"),
        ("max_minutes", _minutes(sent.max_minutes or 0)),
        ("rating", _rating(sent.rating or 0)),
    ):
        if getattr(sent, name):
            yield Filter(name, text or "", address(sent, **{name: None}))
    for allergen in sent.free_of:
        rest = [other for other in sent.free_of if other != allergen]
        yield Filter(f"free_of:{allergen}", _free_of(allergen), address(sent, free_of=rest))
    if sent.have:
        lacking = f", up to {sent.missing} missing" if sent.missing else ""
        yield Filter("have", f"With {', '.join(sent.have)}{lacking}", address(sent, have=[]))


def is_filtered(sent: ListQuery) -> bool:
    """Whether anything but words is asked for; then the filters are shown."""
    return any(each.key != "q" for each in filters(sent))


def ways(sent: ListQuery, found: Found | None) -> list[tuple[Filter, int]]:
    """The parts without which there would be something, with how many recipes."""
    without = found.without if found else {}
    return [(each, count) for each in filters(sent) if (count := without.get(each.key, 0))]


def values(sent: ListQuery, found: Found | None, errors: Errors) -> Values:
    """What the fields hold: as it was typed where it could not be asked for, else as it was understood."""
    if errors:
        typed = {name: printable(text) for name, text in request.args.items()}
        several = {name: [printable(each) for each in request.args.getlist(name)] for name in ListQuery.several}
        return {**typed, **several}
    shown: Values = {name: str(value) for name, value in sent.model_dump(exclude_none=True).items()}
    shown |= {"free_of": list(sent.free_of), "have": list(sent.have)}
    if not sent.q.strip() and sent.sort == "newest":
        shown["sort"] = "best"
    for name in FREE:
        for choice in found.choices.get(name, ()) if found else ():
            if name in shown and fold(choice.value) == fold(str(shown[name])):
                shown[name] = choice.value
    return shown


def options(sent: ListQuery, page: Page) -> dict[str, list[Option]]:
    """What each filter offers, with how many recipes there would be; only fields that offer something."""
    if page.found is None or not page.found.choices:
        return {"sort": sorts(sent)}
    chosen: Mapping[str, Sequence[object]]
    chosen = {"max_minutes": [sent.max_minutes], "rating": [sent.rating], "free_of": sent.free_of}
    offered = {name: list(several) for name, several in page.found.choices.items()}
    for name, wanted in chosen.items():
        known = {choice.value for choice in offered[name]}
        offered[name] += [Choice(str(each), page.total or 0) for each in wanted if each and str(each) not in known]
    offered["free_of"].sort(key=lambda choice: ALLERGENS.index(choice.value))
    return {
        name: [(choice.value, f"{_text(name, choice.value)} ({choice.count})") for choice in several]
        for name, several in offered.items()
        if several
    } | {"sort": sorts(sent)}


def sorts(sent: ListQuery) -> list[Option]:
    """The orders of a list; the first one is newest first where there are no words to go by."""
    if sent.q.strip():
        return list(choices.sorts)
    return [("best", label("newest")), *(each for each in choices.sorts if each[0] not in ("best", "newest"))]


def _text(name: str, value: str) -> str:
    match name:
        case "max_minutes":
            return _minutes(int(value))
        case "rating":
            return _rating(int(value))
        case "free_of":
            return ALLERGEN_LABELS[value]
    return label(value) if value in (*CATEGORIES, *DIETS) else value


def _minutes(most: int) -> str:
    return f"Up to {most} min"


def _rating(least: int) -> str:
    return "Rated 5" if least == 5 else f"Rated {least} or more"


def _free_of(allergen: str) -> str:
    return f"Without {ALLERGEN_LABELS[allergen].lower()}"
