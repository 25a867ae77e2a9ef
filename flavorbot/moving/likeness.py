"""Whether what is stored is what was moved in: by a hash of each, not of a sample."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Literal

from flavorbot.model import Movable, Recipe, Session, TypedRecord, Usage, User

# Edited: the app has changed it since.
Likeness = Literal["same", "edited", "differs", "missing"]

WORST_FIRST: tuple[Likeness, ...] = ("missing", "differs", "edited", "same")
REASONS: Mapping[Likeness, str] = {
    "missing": "it is not stored here",
    "differs": "what is stored here is not what the source tells now",
}


def likeness(moved: Movable, there: Movable | None) -> Likeness:
    """How alike what a row becomes is to what is stored in its place."""
    if there is None:
        return "missing"
    if hash_of(moved) == hash_of(there):
        return "same"
    return "edited" if _has_changed(moved, there) else "differs"


def hash_of(value: Movable) -> str:
    """The same for values that are equal in every field."""
    if isinstance(value, Usage):
        # Its cost is as exact with fewer digits behind the point.
        value = replace(value, cost_usd=value.cost_usd.normalize())
    text = json.dumps(asdict(value), ensure_ascii=False, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


def _has_changed(moved: Movable, there: Movable) -> bool:
    """Whether the app did it: a change raises the version, counters only grow, and a session is used."""
    if isinstance(there, User | Recipe | TypedRecord):
        return there.version > 1
    if isinstance(moved, Usage) and isinstance(there, Usage):
        return there.recipes_generated >= moved.recipes_generated and there.recipe_queries >= moved.recipe_queries
    return isinstance(there, Session)
