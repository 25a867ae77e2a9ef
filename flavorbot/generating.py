"""Generating within the allowance: claim it, cook, then keep the draft or give the allowance back."""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

from flavorbot.errors import Conflict, FieldError, FlavorBotError, GeneratorBusy, InvalidInput
from flavorbot.interfaces import IDrafts, IGenerator
from flavorbot.kitchen.checker import check_recipe, checked_recipe
from flavorbot.kitchen.needs import Needs
from flavorbot.model import Draft, Generated, Owner, Wish

LEASE = timedelta(seconds=60)
KEPT = timedelta(hours=24)
WAIT_S = 5.0
POLL_S = 0.2

logger = logging.getLogger(__name__)


class StillCooking(GeneratorBusy):
    """Another attempt holds this request; its draft appears under the same id."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many recipes the period that is running now includes; `limit` None is unlimited."""

    period: str
    limit: int | None
    resets_at: datetime


def allowance(owner: Owner, limit: int | None, now: datetime) -> Allowance:
    """A person's calendar month, a guest's day, both in UTC."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if owner.kind == "guest":
        return Allowance(f"{today:%Y-%m-%d}", limit, today + timedelta(days=1))
    return Allowance(f"{today:%Y-%m}", limit, (today.replace(day=1) + timedelta(days=32)).replace(day=1))


def generate(
    storage: IDrafts,
    generator: IGenerator,
    owner: Owner,
    wish: Wish,
    request_id: str,
    *,
    limit: int | None,
    now: datetime,
) -> Draft:
    """Cook a wish once; the same request again gives the draft it made before.

    Raises `InvalidInput` when the wish cannot be met, `AllowanceSpent`, `RequestReused`, `GeneratorBusy`.
    """
    seeded = wish if wish.seed is not None else replace(wish, seed=secrets.randbelow(2**31), month=now.month)
    claim = _claim(owner, seeded, request_id, _fingerprint(asdict(wish)), now)
    return _made_once(storage, owner, claim, limit, lambda: generator.generate(seeded))


def refine(
    storage: IDrafts,
    generator: IGenerator,
    owner: Owner,
    draft: Draft,
    instruction: str,
    request_id: str,
    *,
    limit: int | None,
    now: datetime,
) -> Draft:
    """Change a draft as told, into a new one that counts as a generation; raises what `generate` does."""
    recipe = draft.recipe
    if recipe is None:
        raise Conflict("This recipe is still being cooked. Wait for it, then change it.")
    told = {"draft": draft.request_id, "instruction": instruction}
    claim = _claim(owner, draft.wish, request_id, _fingerprint(told), now)
    return _made_once(storage, owner, claim, limit, lambda: generator.refine(draft.wish, recipe, instruction))


def take_over(storage: IDrafts, owner: Owner, draft: Draft, *, limit: int | None, now: datetime) -> Draft:
    """Make a guest's draft this person's own, once: it counts in their month. `AllowanceSpent`."""
    recipe = draft.recipe
    if recipe is None:
        raise Conflict("This recipe is still being cooked. Wait for it, then save it.")
    claim = _claim(owner, draft.wish, draft.request_id, draft.fingerprint, now)
    return _made_once(storage, owner, claim, limit, lambda: Generated(recipe, draft.notices, draft.wish))


def keep(storage: IDrafts, owner: Owner, made: Draft, *, limit: int | None, now: datetime) -> Draft:
    """Make a recipe that is cooked already a draft of this owner, once, and count it. `AllowanceSpent`."""
    recipe = made.recipe
    if recipe is None:
        raise Conflict("This recipe is still being cooked.")
    claim = _claim(owner, made.wish, made.request_id, made.fingerprint, now)
    return _made_once(storage, owner, claim, limit, lambda: Generated(recipe, made.notices, made.wish))


def _claim(owner: Owner, wish: Wish, request_id: str, fingerprint: str, now: datetime) -> Draft:
    return Draft(
        request_id=request_id,
        claim=secrets.token_hex(16),
        fingerprint=fingerprint,
        period=allowance(owner, None, now).period,
        state="running",
        wish=wish,
        created_at=now,
        lease_ends_at=now + LEASE,
        expires_at=now + KEPT,
    )


def _fingerprint(sent: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()


def _made_once(storage: IDrafts, owner: Owner, claim: Draft, limit: int | None, cook: Callable[[], Generated]) -> Draft:
    """Cook under the claim, or wait a little for whoever holds it."""
    resets_at = allowance(owner, limit, claim.created_at).resets_at
    give_up_at = time.monotonic() + WAIT_S
    while True:
        held = storage.reserve_draft(owner, claim, limit, resets_at)
        if held.claim == claim.claim:
            return _cooked(storage, owner, claim, cook)
        while held.state == "running":
            if time.monotonic() >= give_up_at:
                raise StillCooking("This recipe is still being cooked. Try again in a few seconds.")
            time.sleep(POLL_S)
            found = storage.get_draft(owner, claim.request_id)
            if found is None:  # the other attempt failed and gave its claim back
                break
            held = found
        else:
            return held


def _cooked(storage: IDrafts, owner: Owner, claim: Draft, cook: Callable[[], Generated]) -> Draft:
    try:
        made = cook()
        _refuse_unsafe(made)
        draft = replace(claim, state="done", wish=made.wish, recipe=checked_recipe(made.recipe), notices=made.notices)
        if storage.finish_draft(owner, draft):
            return draft
    except BaseException:
        _give_back(storage, owner, claim)
        raise
    # The lease ran out while cooking and another attempt took over.
    taken = storage.get_draft(owner, claim.request_id)
    if taken is None or taken.state == "running":
        raise GeneratorBusy("Cooking took too long and was not counted. Try again.")
    return taken


def _refuse_unsafe(made: Generated) -> None:
    """The checker has the last word, whoever cooked: what breaks the wish's own needs is never shown."""
    wish = made.wish
    needs = Needs(diets=wish.diets, allergies=wish.allergies, exclude=wish.exclude, eaters=wish.eaters)
    broken = [each.message for each in check_recipe(made.recipe, needs).findings if each.severity == "error"]
    if broken:
        logger.error("a generated recipe was refused: %s", "; ".join(broken))
        raise InvalidInput(
            [FieldError("", f"No recipe passed our own check, so none is shown or counted: {broken[0]}")]
        )


def _give_back(storage: IDrafts, owner: Owner, claim: Draft) -> None:
    try:
        storage.release_draft(owner, claim)
    except FlavorBotError:
        logger.warning("an allowance was not given back at once; its lease ends it", exc_info=True)
