"""A recipe in Markdown with headings: ours (`exchange/markdown.py`), and what others keep in their notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flavorbot.exchange.readers.found import Found
from flavorbot.exchange.readers.headings import facts_in, part_of
from flavorbot.exchange.readers.markup import inline, unmarked
from flavorbot.exchange.readers.text import is_subheading, lines_of, source_note
from flavorbot.exchange.readers.times import minutes
from flavorbot.exchange.readers.told import Told, found
from flavorbot.model import CATEGORIES

_TITLE = re.compile(r"^#\s+(.+)$", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"^(?:[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+)")
_SOURCE = re.compile(r"^Source:\s*<?(.+?)>?$", re.IGNORECASE)
Parts = dict[str, list[str]]


def is_markdown(text: str) -> bool:
    """Whether it has a title and an ingredients heading in Markdown."""
    headings = [match[2] for line in lines_of(text)[:1_000] if (match := _HEADING.match(line))]
    return any(part_of(inline(heading)) == "ingredients" for heading in headings)


def recipe_of_markdown(text: str, name: str = "") -> Found:
    return found(_told(lines_of(text)), name)


def _told(lines: Sequence[str]) -> Told:
    title, parts = _parted(lines)
    facts = _facts(parts)
    return Told(
        title=title,
        description="\n".join(inline(line) for line in parts["opening"]),
        ingredients=parts["ingredients"],
        steps=parts["method"],
        makes=facts.get("makes"),
        prep_minutes=minutes(facts.get("prep")),
        cook_minutes=minutes(facts.get("cook")),
        total_minutes=minutes(facts.get("total")),
        meals=[facts.get("meals", "")],
        cuisines=[facts.get("cuisines", "")],
        tags=[facts.get("tags", "")],
        notes=["\n".join(inline(line) for line in parts["notes"]), source_note(facts.get("url", ""))],
        rating=facts.get("rating"),
        url=facts.get("url"),
    )


def _parted(lines: Sequence[str]) -> tuple[str, Parts]:
    """The title, and the lines under each heading; list marks and markup are taken off where they are lists."""
    title, now = "", "opening"
    parts: Parts = {name: [] for name in ("opening", "ingredients", "method", "notes", "nothing", "source")}
    for line in lines:
        heading = _HEADING.match(line)
        if heading and len(heading[1]) == 1 and not title:
            title = inline(heading[2])
        elif heading and (part := part_of(inline(heading[2]))):
            now = part if part in parts else "opening"
        elif (source := _SOURCE.match(line)) and (now != "method" or "://" in source[1]):
            parts["source"].append(source[1])
        elif heading or now not in ("ingredients", "method"):
            parts[now].append(f"{inline(heading[2]).rstrip(':')}:" if heading else line)
        elif line:
            _put(parts[now], line, now)
    return title, parts


def _put(lines: list[str], line: str, part: str) -> None:
    """One entry of a list; a heading within the method stands before its step."""
    text = inline(_ITEM.sub("", line)).strip()
    before = lines[-1] if lines else ""
    if part == "method" and is_subheading(before) and before.endswith(":"):
        lines[-1] = f"{before} {text}"
    elif part == "ingredients" and not _ITEM.match(line) and is_subheading(unmarked(line)):
        lines.append(f"{text.rstrip(':')}:")
    else:
        lines.append(text)


def _facts(parts: Parts) -> dict[str, str]:
    """The facts of the lines between title and ingredients; those lines are no description."""
    facts: dict[str, str] = {"url": parts["source"][-1]} if parts["source"] else {}
    described: list[str] = []
    for line in parts["opening"]:
        told = dict(facts_in(inline(line))) or (_our_facts(inline(line)) if " · " in line else {})
        facts = told | facts
        described += [] if told else [line]
    parts["opening"] = described
    return facts


def _our_facts(line: str) -> dict[str, str]:
    """Our own line of facts: "Serves 4 · 90 minutes · Lunch · French · soup, quick"."""
    pieces = [piece.strip() for piece in line.split(" · ")]
    if not pieces[0].startswith("Serves "):
        return {}
    facts = {"makes": pieces.pop(0)}
    if pieces and re.fullmatch(r"\d+ minutes", pieces[0]):
        facts["total"] = pieces.pop(0)
    if pieces and pieces[0].lower() in CATEGORIES:
        facts["meals"] = pieces.pop(0)
    if pieces and (len(pieces) > 1 or ("," not in pieces[0] and pieces[0][:1].isupper())):
        facts["cuisines"] = pieces.pop(0)
    return facts | ({"tags": " · ".join(pieces)} if pieces else {})
