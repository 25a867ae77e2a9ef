"""What both stores know about deleting an account: what its things are called in the report, and when it is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from flavorbot.model import Erasure
from flavorbot.storage.clock import from_moment, to_moment
from flavorbot.storage.limits import LAST_LOOK

# About so many things in one step, so that no step takes a second.
MANY = 250
OTHER = "other"
NAMES = {
    "RECIPE": "recipes",
    "VERSION": "past versions",
    "COLLECTION": "collections",
    "DRAFT": "drafts",
    "QUESTION": "questions",
    "IMPORT": "imports",
    "SHARE": "links",
    "TOKEN": "tokens",
    "PASSKEY": "passkeys",
    "IDENTITY": "identities",
    "AUDIT": "events",
    "RECORD": "records",
}
TABLES = {
    "recipes": "RECIPE",
    "recipe_versions": "VERSION",
    "collections": "COLLECTION",
    "drafts": "DRAFT",
    "questions": "QUESTION",
    "imports": "IMPORT",
    "shares": "SHARE",
    "access_tokens": "TOKEN",
    "passkeys": "PASSKEY",
    "identities": "IDENTITY",
    "account_events": "AUDIT",
    "records": "RECORD",
}


def is_idle(erasure: Erasure, now: int) -> bool:
    """Whether there is nothing to do: it is closed, or done and not yet due for the last look."""
    if erasure.done_at is None:
        return erasure.closed
    return erasure.closed or now < to_moment(erasure.done_at) + LAST_LOOK


def gone_on(erasure: Erasure, kinds: Iterable[str], now: int) -> Erasure:
    """How it stands after things of these kinds were deleted; none were left to be if there are none."""
    counts = Counter(erasure.counts)
    counts.update(NAMES.get(kind, OTHER) for kind in kinds)
    if counts.total() > erasure.count:
        return replace(erasure, counts=dict(counts))
    if erasure.done_at is None:
        return replace(erasure, done_at=from_moment(now))
    return replace(erasure, user_id="", closed=True)
