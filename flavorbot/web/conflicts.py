"""An edit that met a newer version: both put together field by field, and both texts to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Response, make_response, render_template

from flavorbot.merging import Lines, Piece, merge_lines, merge_set, merge_value
from flavorbot.model import Recipe
from flavorbot.web.changes import Part, marked_lines
from flavorbot.web.choices import label
from flavorbot.web.forms import Values, recipe_values, shown

# Each field of the form: what people call it, and how it is put together and shown.
FIELDS = (
    ("title", "Title", "text"),
    ("description", "In a sentence or two", "text"),
    ("category", "Kind of meal", "choice"),
    ("cuisine", "Cuisine", "text"),
    ("servings", "Servings", "choice"),
    ("prep_minutes", "Hands-on minutes", "choice"),
    ("cook_minutes", "Cooking minutes", "choice"),
    ("ingredients", "Ingredients", "lines"),
    ("instructions", "Steps", "lines"),
    ("notes", "Notes to yourself", "lines"),
    ("tags", "Tags", "set"),
    ("rating", "Rating", "choice"),
    ("image_url", "Link to a picture", "text"),
)
WHOSE = {"mine": "You", "theirs": "The saved version"}

Marked = tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to settle a clash: what it writes, and that with marks on what is different."""

    name: str
    text: str
    lines: Marked


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a field: text to look over, or where there are options a choice to make."""

    text: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What was put together by itself."""

    whose: str
    lines: Marked


@dataclass(frozen=True, slots=True)
class Merged:
    """A field put together; without changes and options it is what it was."""

    name: str
    label: str
    how: str
    stretches: tuple[Stretch, ...]
    changes: tuple[Change, ...]

    @property
    def choices(self) -> int:
        return sum(bool(stretch.options) for stretch in self.stretches)


def conflict_page(values: Values, mine: Recipe, theirs: Recipe, base: Recipe | None) -> Response:
    """Both texts and their merge; `values` is mine as it was typed, `base` what both were made from, if still known."""
    page = render_template(
        "recipes/conflict.html",
        merged=merged_fields(mine, theirs, base),
        base_known=base is not None,
        values=shown(values),
        theirs=theirs,
        theirs_values=recipe_values(theirs),
        version=theirs.version,
        recipe_id=theirs.id,
    )
    return make_response(page, 409)


def merged_fields(mine: Recipe, theirs: Recipe, base: Recipe | None) -> list[Merged]:
    """Every field of the form, in its order."""
    sides = [recipe_values(each) if each else None for each in (base, mine, theirs)]
    texts = {name: [None if side is None else str(side[name]) for side in sides] for name, _, _ in FIELDS}
    return [_merged(name, title, how, *texts[name]) for name, title, how in FIELDS]


def _merged(name: str, title: str, how: str, base: str | None, mine: str | None, theirs: str | None) -> Merged:
    ours, other = mine or "", theirs or ""
    if how == "set":
        return _merged_set(name, title, base, ours, other)
    if how == "lines":
        known = None if base is None else base.splitlines()
        pieces = merge_lines(known, ours.splitlines(), other.splitlines())
    else:
        pieces = (merge_value(ours if base is None and ours == other else base, ours, other),)
    changes = tuple(_change(name, piece) for piece in pieces if piece.kind not in ("same", "clash"))
    stretches = tuple(_stretches(name, pieces, base is not None)) or (Stretch(""),)
    return Merged(name, title, how, stretches, changes)


def _merged_set(name: str, title: str, base: str | None, mine: str, theirs: str) -> Merged:
    known = None if base is None else _entries(base)
    entries = merge_set(known, _entries(mine), _entries(theirs))
    kind = merge_value(base, mine, theirs).kind
    changes = (Change(WHOSE.get(kind, "Both"), marked_lines(known or [], entries)),) if mine != theirs else ()
    return Merged(name, title, "set", (Stretch(", ".join(entries)),), changes)


def _entries(text: str) -> list[str]:
    return [entry for part in text.split(",") if (entry := part.strip())]


def _stretches(name: str, pieces: Sequence[Piece], base_known: bool) -> Iterator[Stretch]:
    """Text that needs no choice runs on until the next one that does."""
    for clashes, run in groupby(pieces, key=lambda piece: piece.kind == "clash"):
        if clashes:
            yield from (Stretch("\n".join(piece.mine), tuple(_options(name, piece, base_known))) for piece in run)
        else:
            yield Stretch("\n".join(line for piece in run for line in piece.merged))


def _options(name: str, piece: Piece, base_known: bool) -> Iterator[Option]:
    for title, side, other in (
        ("Yours", piece.mine, piece.theirs),
        ("The saved version", piece.theirs, piece.mine),
    ):
        before = piece.base if base_known else other
        lines = marked_lines(_named(name, before), _named(name, side))
        yield Option(title, "\n".join(side), lines if base_known else _without_gone(lines))
    if piece.mine and piece.theirs and name in ("ingredients", "instructions", "notes"):
        both = piece.mine + piece.theirs
        yield Option("Both", "\n".join(both), marked_lines(both, both))


def _change(name: str, piece: Piece) -> Change:
    return Change(WHOSE.get(piece.kind, "Both"), marked_lines(_named(name, piece.base), _named(name, piece.merged)))


def _named(name: str, lines: Lines) -> list[str]:
    """The lines as people read them."""
    return [label(line) if name == "category" else line for line in lines if line]


def _without_gone(lines: Marked) -> Marked:
    kept = (tuple(part for part in line if part.kind != "gone") for line in lines)
    return tuple(line for line in kept if line)
