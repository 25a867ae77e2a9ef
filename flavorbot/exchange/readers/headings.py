"""The lines that structure a recipe written as text: what begins its parts, and its facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flavorbot.kitchen.text import fold

PARTS = {
    "ingredients": r"ingredients?(?: list)?|(?:what )?you(?:'ll| will)? need|shopping list"
    r"|zutaten|ingredientes|ingredienti|les ingredients",
    "method": r"(?:cooking |preparation )?(?:method|directions?|instructions?|steps?|procedure|preparation)"
    r"|how to (?:make|cook|prepare)(?: it)?|to make|zubereitung|preparacion|preparazione|procedimento|elaboracion",
    "notes": r"(?:recipe |cook'?s |chef'?s |my )?(?:notes?|tips?|variations?|comments?)",
    "description": r"description|about|introduction|summary",
    "nothing": r"nutrition(?:al)?(?: (?:facts|information|info|values?))?(?: per serving)?"
    r"|\d+ (?:comments?|reviews?)|leave a (?:comment|reply|review)|related (?:recipes|posts)|more recipes"
    r"|you (?:may|might) also like|did you make this(?: recipe)?\??",
}
_PARTS = {name: re.compile(rf"(?:the )?(?:{pattern})") for name, pattern in PARTS.items()}
_NOTE = re.compile(rf"(?:{PARTS['notes']})\s*:\s*(?P<said>\S.*)", re.IGNORECASE)
_FACTS = {
    "title": r"title|recipe(?: name)?|name",
    "makes": r"serves|servings?|serving size|yields?|makes|portions?|recipe yield",
    "prep": r"prep(?:aration)?(?: time)?|active(?: time)?|hands[- ]on(?: time)?",
    "cook": r"cook(?:ing)?(?: time)?|standing|bak(?:e|ing)(?: time)?",
    "total": r"total(?: time)?|time(?: required)?|ready in|duration",
    "url": r"source(?: url)?|original url|url|link|from",
    "meals": r"categor(?:y|ies)|course|meal(?: type)?",
    "cuisines": r"cuisine",
    "tags": r"tags?|keywords?|labels?",
    "rating": r"(?:my )?rating|stars",
    "image": r"image|photo|picture",
}
_FACT = {name: re.compile(rf"(?:{pattern})\s*[:=]\s*(?P<said>.+)", re.IGNORECASE) for name, pattern in _FACTS.items()}
_TIME = re.compile(r"^((?:prep(?:aration)?|cook(?:ing)?|total) time) (\d.{0,30})$", re.IGNORECASE)
_SERVES = re.compile(
    r"(?:serves|makes|yields?|servings|portions)\b\W{0,3}(?:about |approx\w*\.? )?\d+.{0,40}", re.IGNORECASE
)
_FOR = re.compile(r"\d+(?:\s*[-–]\s*\d+)? (?:servings|portions|people)", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:(?:prep(?:aration)?|cook(?:ing)?|total) time|servings?|yield|course|cuisine|keywords?):?", re.IGNORECASE
)
_NOISE = re.compile(
    r"(?:print|jump to|pin|save|rate|share|skip to)(?: this| the)?(?: recipe| content)?|(?:[½\d]+x){2,}|[★☆⭐].*",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^[\s#*_=~>-]+|[\s#*_=~:.-]+$")


def part_of(line: str) -> str | None:
    """Which part of the recipe this line is the heading of."""
    if len(line) > 60:
        return None
    text = fold(_MARKS.sub("", line))
    return next((name for name, pattern in _PARTS.items() if pattern.fullmatch(text)), None)


def note_in(line: str) -> str:
    """What stands behind "Notes:" on the same line; empty where nothing does."""
    match = _NOTE.fullmatch(line.strip(" *_"))
    return match["said"].strip(" *_") if match else ""


def tidied(lines: Sequence[str]) -> Iterator[str]:
    """The lines as a person would have typed them: pages print buttons, and labels apart from what they label."""
    label = ""
    for line in lines:
        if _LABEL.fullmatch(line):
            label = f"{line.rstrip(':')}: "
        elif not _NOISE.fullmatch(line):
            yield f"{label}{line}" if line else line
            label = label if not line else ""


def facts_in(line: str) -> Iterator[tuple[str, str]]:
    """The facts that the line tells, such as "Serves 4 | Prep: 10 mins"; none if part of it is anything else."""
    told = [_fact(piece.strip(" *_")) for piece in re.split(r"\s*[|·•]\s*", line.strip()) if piece.strip(" *_")]
    if told and all(told):
        yield from (each for each in told if each)


def _fact(text: str) -> tuple[str, str] | None:
    if _SERVES.fullmatch(text) or _FOR.fullmatch(text):
        return "makes", text
    bare = _TIME.sub(r"\1: \2", text.replace("**", "").replace("__", ""))
    return next(
        ((name, match["said"].strip()) for name, pattern in _FACT.items() if (match := pattern.fullmatch(bare))), None
    )
