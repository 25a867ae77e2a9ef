"""A recipe as people write it down or copy it: a title, ingredients and what to do, with or without headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flavorbot.exchange.readers.cleaning import one_line
from flavorbot.exchange.readers.found import Found
from flavorbot.exchange.readers.headings import facts_in, note_in, part_of, tidied
from flavorbot.exchange.readers.markup import inline
from flavorbot.exchange.readers.told import Told, found, of_facts
from flavorbot.kitchen.reading import read_line
from flavorbot.writing import is_heading

Parts = dict[str, list[str]]
MOST_LINES = 5_000
_BEHIND = {"url", "makes", "tags", "rating", "meals", "cuisines"}
"""Facts that may stand behind the method; "Cook: 10 minutes" is a step there."""
_BULLET = re.compile(r"^\s*(?:[-*+•·▢◦‣–—□☐✓]|\[[ xX]?\])\s+")
_NUMBER = re.compile(r"^\s*(?:step\s+)?\(?\d{1,2}[.):]\s+", re.IGNORECASE)
_STEP = re.compile(r"^\s*step\s+\d{1,2}\W*$", re.IGNORECASE)


def recipe_of_text(text: str, name: str = "", url: str | None = None) -> Found:
    """The recipe that the text tells; `name` is used where it has no title."""
    return found(told_by(text, url), name)


def told_by(text: str, url: str | None = None) -> Told:
    lines = [inline(line) for line in tidied(lines_of(text)[:MOST_LINES])]
    parts, facts = _parted(lines)
    if not any(_filled(parts["ingredients"])):
        parts = _by_looks(lines)
    title, description = _opening(parts["opening"])
    told, page = of_facts(facts), facts.get("url", "").strip("<> ")
    return replace(
        told,
        title=told.title or title,
        description="\n".join([*description, *parts["description"]]),
        ingredients=list(ingredient_lines(parts["ingredients"])),
        steps=list(steps_of(parts["method"])),
        notes=["\n".join(parts["notes"]).strip(), source_note(page)],
        url=url or page,
    )


def lines_of(text: str) -> list[str]:
    """The lines as they stand, blank ones too."""
    return [one_line(line) for line in re.split(r"\r\n?|[\n\u2028\u2029\x85]", text)]


def _parted(lines: Sequence[str]) -> tuple[Parts, dict[str, str]]:
    """The lines under each heading, and the facts that stand between them."""
    parts, facts, now = _empty(), dict[str, str](), "opening"
    for line in lines:
        part, told = part_of(line), dict(facts_in(line))
        if part:
            now = part
        elif told and (now != "method" or told.keys() <= _BEHIND):
            facts = told | facts
        elif noted := note_in(line):
            now = "notes"
            parts[now].append(noted)
        else:
            now = "method" if now == "notes" and parts["method"] and _NUMBER.match(line) else now
            parts[now].append(line)
    return parts, facts


def _empty() -> Parts:
    return {name: [] for name in ("opening", "description", "ingredients", "method", "notes", "nothing")}


def _by_looks(lines: Sequence[str]) -> Parts:
    """Without headings: what begins like an amount or is a food is an ingredient, what follows is the method."""
    parts, now = _empty(), "opening"
    for line in lines:
        part = part_of(line)
        if part or any(True for _ in facts_in(line)):
            now = part or now
        elif line and now in ("opening", "description", "ingredients"):
            begun = bool(parts["opening"]) or _is_measured(line)
            if begun and (_is_ingredient(line) or (now == "ingredients" and is_subheading(line))):
                now = "ingredients"
            elif now == "ingredients":
                now = "method"
            parts[now].append(line)
        else:
            parts[now].append(line)
    return parts


def _is_ingredient(line: str) -> bool:
    """Whether it looks like a line of a list: an amount or a food, and no sentence."""
    text = _BULLET.sub("", line)
    if (
        _NUMBER.match(text)
        or text[:3].lower() == "by "
        or len(text) > 120
        or (text.endswith((".", "!")) and len(text.split()) > 6)
    ):
        return False
    reading = read_line(text)
    return reading.quantity is not None or (reading.kind == "food" and len(text.split()) <= 6)


def _is_measured(line: str) -> bool:
    """ "200 g rice" and "1 egg" are no titles; "3 bean chilli" is one."""
    reading = read_line(_BULLET.sub("", line))
    alone = len(reading.name.split()) == 1 and reading.kind == "food"
    return reading.quantity is not None and (reading.unit is not None or alone)


def is_subheading(line: str) -> bool:
    """ "For the sauce" and the like, with a colon or without."""
    text = line.strip(" *_#")
    return bool(text) and (
        is_heading(text) or bool(re.fullmatch(r"(?:for|to) (?:the )?\w+(?: \w+){0,4}", text, re.IGNORECASE))
    )


def _opening(lines: Sequence[str]) -> tuple[str, list[str]]:
    """The title, and what is said before the ingredients; "Here is a recipe:" is said before the title."""
    filled = list(_filled(lines))
    while len(filled) > 1 and filled[0].endswith(":"):
        filled.pop(0)
    return (filled[0].strip("#*_ "), filled[1:]) if filled else ("", [])


def _filled(lines: Sequence[str]) -> Iterator[str]:
    return (line for line in lines if line.strip())


def ingredient_lines(lines: Sequence[str]) -> Iterator[str]:
    for line in _filled(lines):
        text = _BULLET.sub("", line).strip()
        bare = text.strip("*_# ")
        yield f"{bare.rstrip(': ')}:" if is_subheading(bare) or _shouted(bare) else text


def _shouted(text: str) -> bool:
    """ "SAUCE": a heading in capitals; "SALT" is a food in them."""
    if not text.isupper() or len(text) < 4 or len(text.split()) > 5:
        return False
    reading = read_line(text)
    return reading.quantity is None and reading.kind != "food"


def steps_of(lines: Sequence[str]) -> Iterator[str]:
    """A step a line; a numbered one goes on until the next number or blank line; a heading stands before its step."""
    heading = ""
    for step in _paragraphs(lines):
        if is_subheading(step) and len(step) <= 60:
            heading = f"{step.strip('*_# ').rstrip(': ')}: "
        else:
            yield heading + step
            heading = ""


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    numbered, wrapped = any(_NUMBER.match(line) for line in lines), _is_wrapped(lines)
    at: list[str] = []
    for line in [*lines, ""]:
        begins = _NUMBER.match(line) or _BULLET.match(line) or is_subheading(line)
        if at and (not line or begins or not (numbered or wrapped)):
            yield " ".join(at)
            at = []
        text = _NUMBER.sub("", _BULLET.sub("", line)).strip()
        if text and not _STEP.match(line):
            at.append(text)
            if is_subheading(line):
                yield at.pop()


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether sentences go on in the next line, as in an e-mail."""
    filled = [line for line in lines if line.strip()]
    broken = sum(not line.rstrip().endswith((".", "!", "?", ":", ")")) for line in filled[:-1])
    return broken > len(filled) / 4 and any(len(line) > 50 for line in filled)


def source_note(source: str) -> str:
    """A source that is a book or a person rather than an address."""
    return f"Source: {source}" if source and not source.startswith(("http://", "https://")) else ""
