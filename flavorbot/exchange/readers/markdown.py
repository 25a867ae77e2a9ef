"""A recipe in Markdown with headings: ours (`exchange/markdown.py`), and what others keep in their notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from flavorbot.exchange.readers.found import Found
from flavorbot.exchange.readers.front import without_front
from flavorbot.exchange.readers.headings import facts_in, part_of
from flavorbot.exchange.readers.markup import inline, unmarked
from flavorbot.exchange.readers.text import is_subheading, lines_of, source_note
from flavorbot.exchange.readers.told import Told, found, of_facts
from flavorbot.model import CATEGORIES

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)(?:\s+#+)?$")
_RULE = re.compile(r"^(?:-{3,}|\*{3,}|_{3,})$")
_ITEM = re.compile(r"^(?:[-*+]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+)")
_NUMBER = re.compile(r"^\d{1,3}[.)]\s")
_SOURCE = re.compile(r"^Source:\s*<?(.+?)>?$", re.IGNORECASE)
Parts = dict[str, list[str]]


def is_markdown(text: str) -> bool:
    """Whether it has a title and an ingredients heading in Markdown."""
    headings = [match[2] for line in lines_of(text)[:1_000] if (match := _HEADING.match(line))]
    return any(part_of(inline(heading)) == "ingredients" for heading in headings)


def recipe_of_markdown(text: str, name: str = "") -> Found:
    front, body = without_front("\n".join(lines_of(text)))
    return found(_told(front, body.split("\n")), name)


def _told(front: Mapping[str, str], lines: Sequence[str]) -> Told:
    title, parts = _parted(lines)
    before = dict(told for name, value in front.items() for told in facts_in(f"{name}: {value}"))
    facts = before | _facts(parts)
    told = of_facts(facts)
    return replace(
        told,
        title=title or told.title,
        description="\n".join(inline(line) for line in parts["opening"]),
        ingredients=parts["ingredients"],
        steps=parts["method"],
        notes=["\n".join(inline(line) for line in parts["notes"]), source_note(facts.get("url", ""))],
    )


def _parted(lines: Sequence[str]) -> tuple[str, Parts]:
    """The title, and the lines under each heading; list marks and markup are taken off where they are lists."""
    title, now, before = "", "opening", ""
    numbered = any(_NUMBER.match(line) for line in lines)
    parts: Parts = {name: [] for name in ("opening", "ingredients", "method", "notes", "nothing", "source")}
    for above, line in pairwise(["", *lines]):
        heading = _HEADING.match(line)
        if heading and len(heading[1]) == 1 and not title:
            title = inline(heading[2])
        elif heading and (part := part_of(inline(heading[2]))):
            now = part if part in parts else "opening"
        elif (source := _SOURCE.match(line)) and (now != "method" or "://" in source[1]):
            parts["source"].append(source[1])
        elif now == "method" and numbered and above and not before and parts[now] and _goes_on(line):
            parts[now][-1] += f" {inline(line)}"
        elif now == "method" and line:
            before = _put_step(parts[now], line, before)
        elif heading or now != "ingredients":
            parts[now].append(f"{inline(heading[2]).rstrip(':')}:" if heading else line)
        elif line:
            parts[now].append(_ingredient(line))
    return title, parts


def _goes_on(line: str) -> bool:
    """Whether it is the next line of what is above."""
    return bool(line) and not (_ITEM.match(line) or _HEADING.match(line) or _RULE.match(line))


def _put_step(steps: list[str], line: str, before: str) -> str:
    """Adds a step behind the heading that stands before it; answers with the heading that the next one has."""
    heading, text = _HEADING.match(line), inline(_ITEM.sub("", line)).strip()
    if heading or (not _ITEM.match(line) and is_subheading(unmarked(line))):
        return f"{(inline(heading[2]) if heading else text).rstrip(': ')}: "
    if not _RULE.match(line):
        steps.append(f"{before}{text}")
    return ""


def _ingredient(line: str) -> str:
    """A line of the list, or a heading with a colon; a rule ends what stood under a heading."""
    text = inline(_ITEM.sub("", line)).strip()
    if _RULE.match(line):
        return ":"
    return f"{text.rstrip(':')}:" if not _ITEM.match(line) and is_subheading(unmarked(line)) else text


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
    """Our own line of facts: "Serves 4 · 90 minutes · Prep: 5 minutes · Lunch · French · Tags: soup, quick"."""
    pieces = [piece.strip() for piece in line.split(" · ")]
    if not pieces[0].startswith("Serves "):
        return {}
    facts = {"makes": pieces.pop(0)}
    for piece in pieces:
        if told := dict(facts_in(piece)):
            facts |= told
        elif re.fullmatch(r"(?=\d)(?:\d+ hours)? ?(?:\d+ minutes?)?", piece):
            facts["total"] = piece
        elif piece.lower() in CATEGORIES:
            facts["meals"] = piece
        else:
            facts["tags" if "," in piece or "cuisines" in facts else "cuisines"] = piece
    return facts
