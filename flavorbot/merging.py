"""Two texts made from one, put together: what one side changed is taken, and where both did, both are offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Lines = tuple[str, ...]
Kind = Literal["same", "mine", "theirs", "both", "added", "clash"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a merge, as they were and as each side has them.

    The kind says whose change they are; "both" made the same one, "added" are lines that each side put in the same
    place, and a "clash" is for a person to settle.
    """

    kind: Kind
    base: Lines
    mine: Lines
    theirs: Lines

    @property
    def merged(self) -> Lines:
        """What stands in the merge; in a clash, mine until someone has chosen."""
        if self.kind == "added":
            return self.mine + tuple(line for line in self.theirs if line not in self.mine)
        return self.theirs if self.kind == "theirs" else self.mine


def merge_lines(base: Sequence[str] | None, mine: Sequence[str], theirs: Sequence[str]) -> tuple[Piece, ...]:
    """The pieces in their order; where `base` is not known, what only one side has was added by it."""
    known = _shared(mine, theirs) if base is None else tuple(base)
    chunks = _chunks(known, tuple(mine), tuple(theirs))
    return tuple(piece for chunk in chunks for piece in _pieces(*chunk, adding=base is not None))


def merge_value(base: str | None, mine: str, theirs: str) -> Piece:
    """A text that is changed as a whole."""
    return _piece(() if base is None else (base,), (mine,), (theirs,), adding=False)


def merge_set(base: Sequence[str] | None, mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Entries without an order: those of either side, without those that one side took out."""
    known = _shared(mine, theirs) if base is None else base
    kept = [entry for entry in mine if entry in theirs or entry not in known]
    return kept + [entry for entry in theirs if entry not in mine and entry not in known]


def _shared(mine: Sequence[str], theirs: Sequence[str]) -> Lines:
    return tuple(mine[place] for place in sorted(_places(mine, theirs)))


def _chunks(base: Lines, mine: Lines, theirs: Lines) -> Iterator[tuple[Lines, Lines, Lines]]:
    """Lines that all three have, one by one, and between them what is different."""
    in_mine, in_theirs = _places(base, mine), _places(base, theirs)
    at, ours, others = 0, 0, 0
    for place in sorted(in_mine.keys() & in_theirs.keys()):
        yield base[at:place], mine[ours : in_mine[place]], theirs[others : in_theirs[place]]
        yield base[place : place + 1], base[place : place + 1], base[place : place + 1]
        at, ours, others = place + 1, in_mine[place] + 1, in_theirs[place] + 1
    yield base[at:], mine[ours:], theirs[others:]


def _places(base: Sequence[str], side: Sequence[str]) -> dict[int, int]:
    """Where the lines of the base that a side kept are there."""
    blocks = SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks()
    return {block.a + offset: block.b + offset for block in blocks for offset in range(block.size)}


def _pieces(base: Lines, mine: Lines, theirs: Lines, *, adding: bool) -> Iterator[Piece]:
    """Line by line where all three have as many, so that neighbours may be changed by different sides."""
    if len(base) == len(mine) == len(theirs):
        for was, ours, other in zip(base, mine, theirs, strict=True):
            yield _piece((was,), (ours,), (other,), adding=adding)
    elif base or mine or theirs:
        yield _piece(base, mine, theirs, adding=adding)


def _piece(base: Lines, mine: Lines, theirs: Lines, *, adding: bool) -> Piece:
    return Piece(_kind(base, mine, theirs, adding=adding), base, mine, theirs)


def _kind(base: Lines, mine: Lines, theirs: Lines, *, adding: bool) -> Kind:
    if mine == theirs:
        return "same" if mine == base else "both"
    if mine == base:
        return "theirs"
    if theirs == base:
        return "mine"
    return "added" if adding and not base else "clash"
