"""A recipe in Cooklang (https://cooklang.org/docs/spec/): foods, pans and times marked where the steps name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from flavorbot.bounds import INGREDIENTS
from flavorbot.exchange.readers.cleaning import printed
from flavorbot.exchange.readers.found import Found, Unreadable
from flavorbot.exchange.readers.front import without_front
from flavorbot.exchange.readers.measured import measured
from flavorbot.exchange.readers.text import source_note
from flavorbot.exchange.readers.times import minutes
from flavorbot.exchange.readers.told import Told, found
from flavorbot.model import Ingredient

_MOST_MARKS = 20 * INGREDIENTS
"""Foods that are marked; the same one may be in many steps."""
_META = re.compile(r"^>>\s*([^:\n]+):[ \t]*(.*)$", re.MULTILINE)
_LINE_COMMENT = re.compile(r"--[^\n]*")
_MARK = re.compile(
    r"(?P<kind>[@#~])(?P<how>[?&+*-]{0,5})"
    r"(?:(?P<name>[^@#~{}\n]{0,400})\{(?P<amount>[^{}\n]*)\}|(?P<word>[^\W_][\w'’-]*))(?:\((?P<note>[^()\n]*)\))?"
)
_SECTION = re.compile(r"^=+\s*(.*?)\s*=*$")
_GATHERED = re.compile(r"Get ready[ ,]*\.")
_INGREDIENT = re.compile(r"@[?&+*-]?[^\W\d_][^@#~{}\n]*\{[^{}\n]*\}|~[^@#~{}\n]*\{\d[^{}\n]*%")


def is_cooklang(text: str) -> bool:
    return bool(_INGREDIENT.search(text[:100_000]))


def recipe_of_cooklang(text: str, name: str = "") -> Found:
    if text.count("@") > _MOST_MARKS:
        raise Unreadable("It names more ingredients than a recipe can have.")
    return found(_told(text), name)


def _told(text: str) -> Told:
    text = printed(text)
    about, body = _about(text)
    section, heading, steps, notes, items = "", "", list[str](), list[str](), list[Ingredient]()
    for block in re.split(r"\n\s*\n", _LINE_COMMENT.sub("", _without_blocks(body))):
        if block.lstrip().startswith("=") and (named := _SECTION.match(block.strip())):
            section = heading = named[1]
        elif block.lstrip().startswith(">"):
            notes.append("\n".join(line.lstrip("> ") for line in block.strip().split("\n")))
        elif line := " ".join(block.split()):
            items += _ingredients(line, section)
            steps += _step(line, heading)
            heading = ""
    return _described(about, items, steps, notes)


def _without_blocks(text: str) -> str:
    """The text without its "[- comments -]"; a regular expression would look for each missing end anew."""
    kept, (before, begun, rest) = list[str](), text.partition("[-")
    while begun:
        kept.append(before)
        comment, ended, after = rest.partition("-]")
        before, begun, rest = after.partition("[-") if ended else (f"[-{comment}", "", "")
    return "".join([*kept, before])


def _described(
    about: Mapping[str, str], items: Sequence[Ingredient], steps: Sequence[str], notes: Sequence[str]
) -> Told:
    def of(*names: str) -> str:
        return next((about[name] for name in names if about.get(name)), "")

    source = of("source", "url")
    return Told(
        title=of("title", "name"),
        description=of("description", "introduction"),
        ingredients=_joined(items),
        steps=steps,
        makes=of("servings", "serves", "yield"),
        prep_minutes=minutes(of("prep time", "prep_time", "prep")),
        cook_minutes=minutes(of("cook time", "cook_time", "cook")),
        total_minutes=minutes(of("time required", "time", "duration", "total time")),
        meals=[of("course", "category", "meal")],
        cuisines=[of("cuisine")],
        tags=[of("tags", "tag", "keywords")],
        notes=["\n".join(notes), source_note(source)],
        rating=of("rating"),
        image=of("image", "picture"),
        url=source,
    )


def _about(text: str) -> tuple[dict[str, str], str]:
    """The metadata, as YAML front matter or ">>" lines, and the text without it."""
    front, body = without_front(text)
    about = {name.strip().lower(): value.strip() for name, value in _META.findall(body)}
    return about | front, _META.sub("", body)


def _ingredients(line: str, section: str) -> Iterator[Ingredient]:
    for mark in _MARK.finditer(line):
        name = (mark["name"] or mark["word"] or "").strip()
        if mark["kind"] != "@" or not name or "&" in mark["how"]:
            continue
        amount, _, unit = (mark["amount"] or "").strip("=* ").partition("%")
        if not unit and (words := re.fullmatch(r"(a|an) (\w+)", amount)):
            amount, unit = "1", words[2]
        item = measured(amount, unit, name.partition("|")[0], mark["note"] or "", section)
        yield Ingredient(
            name=item.name,
            quantity=item.quantity,
            unit=item.unit,
            note=item.note,
            section=item.section,
            optional="?" in mark["how"],
        )


def _joined(items: Sequence[Ingredient]) -> list[Ingredient]:
    """The list with what is only named once more, without an amount, left out."""
    named = {item.name.casefold() for item in items if item.quantity is not None}
    kept = dict[tuple[str, float | None, str | None], Ingredient]()
    for item in items:
        if item.quantity is not None or item.unit or item.name.casefold() not in named:
            kept[(item.name.casefold(), item.quantity, item.unit)] = item
    return list(kept.values())


def _step(line: str, heading: str) -> Iterator[str]:
    """The step in plain words; the one in which our export gathers what no step names is none."""
    if _GATHERED.fullmatch(_MARK.sub("", line)):
        return
    told = _MARK.sub(_words, line)
    yield f"{heading}: {told}" if heading else told


def _words(mark: re.Match[str]) -> str:
    name = (mark["name"] or mark["word"] or "").strip().rpartition("|")[2]
    if mark["kind"] != "~":
        return name
    return " ".join(filter(None, [*(mark["amount"] or "").split("%")])) or name
