"""RecipeSage's text export: every recipe as lines with a label, one after the other.

Read from julianpoy/RecipeSage: packages/util/server/src/general/exportDataAsync.ts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flavorbot.exchange.readers.found import Found
from flavorbot.exchange.readers.text import ingredient_lines, lines_of, source_note, steps_of
from flavorbot.exchange.readers.times import minutes
from flavorbot.exchange.readers.told import Told, found

_HEAD = "==== Recipes ===="
_LABEL = re.compile(
    r"^[ \t]*(Title|Description|Yield|ActiveTime|TotalTime|Source|Url|Folder|Ingredients|Instructions|Notes|CreatedAt"
    r"|UpdatedAt|Rating|Labels|Images): ?",
    re.MULTILINE,
)
_BEGIN = re.compile(r"^[ \t]*Title: (?=.*\n[ \t]*Description: )", re.MULTILINE)


def is_export(text: str) -> bool:
    return text.lstrip().startswith(_HEAD)


def recipes_in(text: str) -> Iterator[Found]:
    starts = [match.start() for match in _BEGIN.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield found(_told(dict(_labelled(text[start:end]))))


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Each label with what stands behind it, up to the next in RecipeSage's order."""
    labels = list(_LABEL.finditer(text))
    for label, after in zip(labels, [*labels[1:], None], strict=True):
        said = text[label.end() : after.start() if after else len(text)].strip()
        yield label[1], "" if said in ("null", "undefined") else said


def _told(said: dict[str, str]) -> Told:
    return Told(
        title=said.get("Title"),
        description=said.get("Description"),
        ingredients=list(ingredient_lines(_lines(said.get("Ingredients", "")))),
        steps=list(steps_of(_lines(said.get("Instructions", "")))),
        makes=said.get("Yield"),
        prep_minutes=minutes(said.get("ActiveTime")),
        total_minutes=minutes(said.get("TotalTime")),
        meals=[said.get("Labels", "")],
        notes=[said.get("Notes", ""), "" if said.get("Url") else source_note(said.get("Source", ""))],
        rating=said.get("Rating"),
        image=said.get("Images", "").partition(" ")[0],
        url=said.get("Url"),
    )


def _lines(text: str) -> list[str]:
    """RecipeSage's headings stand in brackets."""
    return [re.sub(r"^\[(.+)\]$", r"\1:", line) for line in lines_of(text)]
