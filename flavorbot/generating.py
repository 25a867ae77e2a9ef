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
from functools import partial

from flavorbot.errors import Abandoned, Conflict, FieldError, FlavorBotError, GeneratorBusy, InvalidInput
from flavorbot.interfaces import IDrafts, IGenerator, IWatcher
from flavorbot.kitchen.checker import check_recipe, checked_recipe
from flavorbot.kitchen.needs import Needs
from flavorbot.metering import Meter
from flavorbot.model import Draft, Generated, Outcome, Owner, Tokens, UsageEvent, Wish

LEASE = timedelta(seconds=60)
KEPT = timedelta(hours=24)
WAIT_S = 5.0
POLL_S = 0.2
NO_METER = Meter()

Note = Callable[[Tokens | None, Outcome], UsageEvent | None]

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
    meter: Meter = NO_METER,
    lease: timedelta = LEASE,
    watcher: IWatcher | None = None,
) -> Draft:
    """Cook a wish once; the same request again gives the draft it made before.

    A recipe that the built-in kitchen made because the model failed is not charged: its allowance is given back in the
    step that stores it. What a model took is metered all the same, for whoever runs this. After `lease` another attempt
    may take over, as from a worker that was killed. Raises `InvalidInput` when the wish cannot be met,
    `AllowanceSpent`, `RequestReused`, `GeneratorBusy`, and `Abandoned` when the watcher has left before the recipe was
    done: then nothing is counted.
    """
    seeded = wish if wish.seed is not None else replace(wish, seed=secrets.randbelow(2**31), month=now.month)
    claim = _claim(owner, seeded, request_id, _fingerprint(asdict(wish)), now, lease)
    note = partial(meter.event, "generate", claim.period, now)
    return _made_once(storage, owner, claim, limit, lambda: _watched(generator, seeded, watcher), note)


def _watched(generator: IGenerator, wish: Wish, watcher: IWatcher | None) -> Generated:
    made = generator.generate(wish, watcher)
    if watcher is not None and watcher.has_left():
        raise Abandoned(made.tokens)
    return made


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
    meter: Meter = NO_METER,
) -> Draft:
    """Change a draft as told, into a new one that counts as a generation; raises what `generate` does."""
    recipe = draft.recipe
    if recipe is None:
        raise Conflict("This recipe is still being cooked. Wait for it, then change it.")
    told = {"draft": draft.request_id, "instruction": instruction}
    claim = _claim(owner, draft.wish, request_id, _fingerprint(told), now)
    note = partial(meter.event, "refine", claim.period, now)
    return _made_once(storage, owner, claim, limit, lambda: generator.refine(draft.wish, recipe, instruction), note)


def take_over(storage: IDrafts, owner: Owner, draft: Draft, *, limit: int | None, now: datetime) -> Draft:
    """Make a guest's draft this person's own, once: it counts in their month, as it would have. `AllowanceSpent`."""
    recipe = draft.recipe
    if recipe is None:
        raise Conflict("This recipe is still being cooked. Wait for it, then save it.")
    claim = _claim(owner, draft.wish, draft.request_id, draft.fingerprint, now)
    return _made_once(storage, owner, claim, limit, lambda: Generated(recipe, draft.notices, draft.wish), _nothing)


def keep(storage: IDrafts, owner: Owner, made: Draft, *, limit: int | None, now: datetime) -> Draft:
    """Make a recipe that is cooked already a draft of this owner, once, and count it. `AllowanceSpent`."""
    recipe = made.recipe
    if recipe is None:
        raise Conflict("This recipe is still being cooked.")
    claim = _claim(owner, made.wish, made.request_id, made.fingerprint, now)
    return _made_once(storage, owner, claim, limit, lambda: Generated(recipe, made.notices, made.wish), _nothing)


def _claim(
    owner: Owner, wish: Wish, request_id: str, fingerprint: str, now: datetime, lease: timedelta = LEASE
) -> Draft:
    return Draft(
        request_id=request_id,
        claim=secrets.token_hex(16),
        fingerprint=fingerprint,
        period=allowance(owner, None, now).period,
        state="running",
        wish=wish,
        created_at=now,
        lease_ends_at=now + lease,
        expires_at=now + KEPT,
    )


def _fingerprint(sent: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()


def _nothing(*_: object) -> None:
    """What there is to note where no model can have been asked."""


def _made_once(
    storage: IDrafts, owner: Owner, claim: Draft, limit: int | None, cook: Callable[[], Generated], note: Note
) -> Draft:
    """Cook under the claim, or wait a little for whoever holds it."""
    resets_at = allowance(owner, limit, claim.created_at).resets_at
    give_up_at = time.monotonic() + WAIT_S
    while True:
        held = storage.reserve_draft(owner, claim, limit, resets_at)
        if held.claim == claim.claim:
            return _cooked(storage, owner, claim, cook, note)
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


def _cooked(storage: IDrafts, owner: Owner, claim: Draft, cook: Callable[[], Generated], note: Note) -> Draft:
    event: UsageEvent | None = None
    try:
        made = cook()
        event = note(made.tokens, "fallback" if made.fell_back else "made")
        _refuse_unsafe(made)
        draft = replace(claim, state="done", wish=made.wish, recipe=checked_recipe(made.recipe), notices=made.notices)
        if storage.finish_draft(owner, draft, event, not made.fell_back):
            return draft
    except BaseException as error:
        _give_back(storage, owner, claim, event or note(_in_vain(error), "failed"))
        raise
    # The lease ran out while cooking and another attempt took over.
    if event is not None:
        _give_back(storage, owner, claim, event)
    taken = storage.get_draft(owner, claim.request_id)
    if taken is None or taken.state == "running":
        raise GeneratorBusy("Cooking took too long and was not counted. Try again.")
    return taken


def _in_vain(error: BaseException) -> Tokens | None:
    return error.tokens if isinstance(error, FlavorBotError) else None


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


def _give_back(storage: IDrafts, owner: Owner, claim: Draft, event: UsageEvent | None) -> None:
    """Once only, whatever became of finishing the draft; the event keeps its id, so it is counted once as well."""
    try:
        storage.release_draft(owner, claim, event and replace(event, outcome="failed"))
    except FlavorBotError:
        logger.warning("an allowance was not given back at once; its lease ends it", exc_info=True)
