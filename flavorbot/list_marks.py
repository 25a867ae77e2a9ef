"""Bullets, boxes and numbering that come along when a list is pasted; `static/js/lines.js` takes off the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

_BULLETS = re.compile(r"^(?:[•◦●○‣▪▫■□▢☐☑☒✓✔·∙⁃➢➤]\s*|[-*–—](?:\s+|$)|\[[ xX]?\](?:\s+|$))+")
_NUMBER = re.compile(r"^\(?(\d{1,2})[.)](?:\s+|$)")
_STEP = re.compile(r"^step\s+\d{1,2}\s*(?:[:.)–—-]\s*|$)", re.IGNORECASE)


def unmarked_ingredients(lines: Sequence[str], keep: Collection[str] = ()) -> list[str]:
    """Each line without its mark; those in `keep` stay as they are, and one of a mark alone becomes empty.

    A number is numbering only where the lines count on, so that "1. onion" by itself stays an amount.
    """
    bare = [line if line in keep else _BULLETS.sub("", line) for line in map(_tidy, lines)]
    counting = _counting([(place, int(found[1])) for place, line in enumerate(bare) if (found := _NUMBER.match(line))])
    return [
        _NUMBER.sub("", line) if place in counting and line not in keep else line for place, line in enumerate(bare)
    ]


def unmarked_steps(lines: Sequence[str], keep: Collection[str] = ()) -> list[str]:
    """Each line without its mark or number; those in `keep` stay as they are, and one of a mark alone becomes empty."""
    return [
        line if line in keep else _STEP.sub("", _NUMBER.sub("", _BULLETS.sub("", line))) for line in map(_tidy, lines)
    ]


def _tidy(line: str) -> str:
    return " ".join(line.split())


def _counting(numbered: Sequence[tuple[int, int]]) -> set[int]:
    """The places of numbers of which one is the next of the other."""
    return {place for one, other in pairwise(numbered) if other[1] == one[1] + 1 for place in (one[0], other[0])}
