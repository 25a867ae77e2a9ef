"""Foods as a wish mentions them, and lists of them that a word behind reaches: "nut, egg and milk free"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flavorbot.kitchen.groups import group
from flavorbot.kitchen.wish_terms import Term

JOINTS = frozenset({"and", "or", "nor", "und", "oder", "et", "ou", "y", "e", "o", "en", "of", "och", "og", "eller"})
IN_LIST = frozenset(
    {"any", "all", "the", "a", "an", "of", "some", "to", "either", "even", "especially", "also", "other", "kind",
     "kinds", "type", "types", "raw", "cooked", "both", "too", "de", "la", "le", "les", "los", "las", "el", "al", "aux",
     "au", "des", "du", "gli", "i", "il", "lo", "alle", "d", "l", "products", "product"}
)  # fmt: skip


@dataclass(slots=True)
class Mention:
    """A food in the wish; `how` is avoid, allergy, free, limit, except, fine, want or named, `cue` what said so."""

    term: Term
    how: str = "named"
    continued: bool = False
    exception: bool = False
    cue: str = ""


def list_before(
    terms: Sequence[Term], mentions: Sequence[Mention], place: int, joined: bool = False
) -> Iterator[Mention]:
    """The foods that a cue behind them reaches: "nut, egg and milk free", "gluten- and dairy-free"."""
    by_place = {mention.term.start: mention for mention in mentions}
    place, first = place - 1, not joined
    while place >= 0:
        term = terms[place]
        if term.kind == "food" and (first or joined):
            mention = by_place[term.start]
            if mention.how in ("allergy", "free") and not first:
                return
            yield mention
            first, joined = False, False
        elif term.kind == "diet" and joined:
            joined = False
        elif first and term.kind in ("filler", "too") and place and terms[place - 1].kind == "food":
            pass
        elif term.kind == "or" or term.text in JOINTS:
            joined = joined or not first
        elif term.kind == "comma" and not first:
            earlier = terms[place - 1] if place else None
            if not joined and not (earlier and earlier.kind == "food" and group(earlier.text)):
                return
            joined = True
        elif not (joined and term.text in IN_LIST):
            return
        place -= 1
