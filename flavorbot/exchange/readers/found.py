"""What a reader answers with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flavorbot.model import Recipe


@dataclass(frozen=True, slots=True)
class Listed:
    """A collection that stands beside recipes: the names of their files, without endings, in its order."""

    name: str
    description: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """The collections of one zip; each that is read is itself alone."""

    collections: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One entry of what was read: its recipe, or the sentence that says why there is none.

    `title` is the best name known for it, `url` the page it came from. `remarks` are sentences about what did not fit
    in and was left out. The recipe is clean and within the bounds of a box, but not checked by the kitchen.
    `file` is its name in a zip, without the ending, where collections stand `beside` it.
    """

    title: str
    recipe: Recipe | None = None
    reason: str = ""
    url: str | None = None
    remarks: tuple[str, ...] = ()
    file: str = ""
    beside: Beside | None = None


class Unreadable(Exception):
    """Why an entry cannot be read, as a sentence for people."""


BROKEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What a shape that nobody thought of can raise: its entry cannot be read, and that is no fault of whoever asked."""
MISSHAPEN = "It cannot be read: it is not written as its format asks."


def attempted(read: Callable[[], Found], title: object) -> Found:
    """What `read` finds in one entry; a broken one says so under its title, and stops no other."""
    try:
        return read()
    except BROKEN:
        called = "".join(char for char in str(title)[:200] if char.isprintable()).strip()
        return Found(title=called or "Untitled recipe", reason=MISSHAPEN)
