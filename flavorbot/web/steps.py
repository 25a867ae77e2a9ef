"""A job over many recipes, done some at a time: what its addresses and forms carry from one step to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from flavorbot.bulk import Progress, Reason
from flavorbot.recipes import is_ulid

REASONS: tuple[Reason, ...] = ("missing", "changing", "full", "unacceptable", "unreadable", "unreached")
# As many ids as an address holds beside all else.
MOST_NAMED = 40


@dataclass(frozen=True, slots=True)
class Steps:
    """How many recipes are changed, left, and missed; of these, `failed` names some by the reason.

    The next step goes on with the recipes whose ids come after `after`; `since` is when the first one began, in
    seconds since 1970.
    """

    changed: int = 0
    missed: int = 0
    left: int = 0
    after: str = ""
    since: int = 0
    failed: Mapping[str, list[str]] = field(default_factory=dict)

    def and_then(self, progress: Progress) -> Steps:
        """After one more step."""
        failed = {reason: list(ids) for reason, ids in self.failed.items()}
        room = MOST_NAMED - sum(map(len, failed.values()))
        for recipe_id, reason in list(progress.failed.items())[:room]:
            failed.setdefault(reason, []).append(recipe_id)
        return Steps(
            changed=self.changed + progress.done,
            missed=self.missed + len(progress.failed),
            left=progress.left,
            after=progress.after if progress.left else "",
            since=self.since,
            failed=failed,
        )

    def fields(self) -> dict[str, str]:
        """As the fields of an address or a form."""
        numbers = {"changed": self.changed, "missed": self.missed, "left": self.left, "since": self.since}
        told = {name: str(number) for name, number in numbers.items() if number or name == "changed"}
        return told | ({"after": self.after} if self.after else {}) | failed_fields(self.failed)


def steps_in(sent: MultiDict[str, str]) -> Steps:
    """What an address or a form tells; anything else than ours counts as nothing."""
    after = sent.get("after", "")
    return Steps(
        changed=_number(sent.get("changed")),
        missed=_number(sent.get("missed")),
        left=_number(sent.get("left")),
        after=after if is_ulid(after) else "",
        since=_number(sent.get("since")),
        failed=failed_in(sent),
    )


def failed_fields(failed: Mapping[str, list[str]]) -> dict[str, str]:
    """Ids by reason, with dots between them."""
    return {reason: ".".join(ids) for reason, ids in failed.items() if ids}


def failed_in(sent: MultiDict[str, str]) -> dict[str, list[str]]:
    """The other way round."""
    return {reason: ids for reason in REASONS if (ids := ids_in(sent.get(reason)))}


def ids_in(text: str | None, most: int = 100) -> list[str]:
    """Ids from an address, where they stand with dots between them."""
    return list(dict.fromkeys(each for each in (text or "").split(".") if each))[:most]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else 0
