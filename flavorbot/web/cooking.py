"""What pages and JSON share about generating: whose, how many, and from which wish."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from flavorbot import generating
from flavorbot.errors import (
    Abandoned,
    AllowanceSpent,
    FieldError,
    FlavorBotError,
    GeneratorBusy,
    InvalidInput,
    NotFound,
    RequestReused,
)
from flavorbot.generating import Allowance, allowance
from flavorbot.interfaces import IWatcher
from flavorbot.metering import Meter
from flavorbot.model import CookOutcome, Draft, Owner, Plan, Usage, Wish
from flavorbot.web.fields import once
from flavorbot.web.people import Person, guest_owner, owner, person, signed_in
from flavorbot.web.rates import check_address, check_rate
from flavorbot.web.schemas import WishInput
from flavorbot.web.services import services

GUEST_RECIPES_AN_HOUR = 60
MODEL_RECIPES_AN_HOUR = 60

Cook = Callable[[IWatcher | None], Draft]

_OUTCOMES: tuple[tuple[type[FlavorBotError], CookOutcome], ...] = (
    (AllowanceSpent, "spent"),
    (Abandoned, "left"),
    (GeneratorBusy, "busy"),
    (InvalidInput, "cannot"),
    (RequestReused, "repeated"),
)

logger = logging.getLogger("flavorbot.cooking")


def cook_wish(body: WishInput, request_id: str, *, as_shown: bool = False) -> Draft:
    """Generate within the allowance of whoever asks; raises what `generating.generate` does."""
    return wish_cook(body, request_id, as_shown=as_shown)(None)


def wish_cook(body: WishInput, request_id: str, *, as_shown: bool = False) -> Cook:
    """What generates it, which no longer looks at the request and may be called in another thread."""
    wish = wish_of(body, person(), as_shown=as_shown)
    asking, began = _asking(), services().now()
    generated = partial(
        generating.generate,
        services().storage,
        services().generator,
        asking,
        wish,
        request_id,
        limit=plan_of(asking).recipes,
        now=began,
        meter=Meter.of(services().settings),
        lease=timedelta(seconds=services().settings.lease_s),
    )
    return _counted(lambda watcher: generated(watcher=watcher), began)


def refine_draft(draft: Draft, instruction: str, request_id: str) -> Draft:
    """Change a draft within the allowance of whoever asks; raises what `generating.refine` does."""
    return refine_cook(draft, instruction, request_id)(None)


def refine_cook(draft: Draft, instruction: str, request_id: str) -> Cook:
    """What changes it, as `wish_cook` is for generating."""
    asking, began = _asking(), services().now()
    refined = partial(
        generating.refine,
        services().storage,
        services().generator,
        asking,
        draft,
        instruction,
        request_id,
        limit=plan_of(asking).recipes,
        now=began,
        meter=Meter.of(services().settings),
    )
    return _counted(lambda _: refined(), began)


def open_draft(draft_id: str) -> Draft:
    """A draft of whoever asks, or of the guest this browser was before signing in; `NotFound`."""
    for each in dict.fromkeys((owner(), guest_owner())):
        if each and (draft := _stored_draft(each, draft_id)):
            return draft
    raise NotFound("There is no such recipe. Drafts are kept for a day.")


def own_draft(draft_id: str) -> Draft:
    """A draft to be saved: one that was cooked as a guest becomes the person's first, and counts in their month."""
    asking = Owner("user", signed_in().id)
    found = _stored_draft(asking, draft_id)
    if found:
        return found
    limit, now = plan_of(asking).recipes, services().now()
    return generating.take_over(services().storage, asking, open_draft(draft_id), limit=limit, now=now)


def wish_of(body: WishInput, asking: Person | None, *, as_shown: bool = False) -> Wish:
    """The wish with what the profile says where it says nothing itself.

    The profile's allergies are always added, unless a form showed them (`as_shown`) and they were unticked. Raises
    `InvalidInput` when nothing at all is wished for.
    """
    if not (body.ingredients or body.wish or body.category or body.cuisine):
        raise InvalidInput([FieldError("ingredients", "Tell us what you have, or what you would like.")])
    filled = body.model_copy()
    if asking and not as_shown:
        filled.allergies = once([*body.allergies, *(asking.allergies or ())])
        for name in {"diets", "exclude"} - body.model_fields_set:
            setattr(filled, name, list(getattr(asking, name)))
    return Wish(
        ingredients=tuple(filled.ingredients),
        wish=filled.wish,
        category=filled.category,
        cuisine=filled.cuisine or None,
        diets=tuple(filled.diets),
        allergies=tuple(filled.allergies),
        exclude=tuple(filled.exclude),
        eaters=tuple(filled.eaters),
        servings=filled.servings,
        max_minutes=filled.max_minutes,
        equipment=tuple(filled.equipment),
        units=filled.units or (asking.units if asking else "metric"),
        seed=filled.seed,
    )


def plan_of(each: Owner) -> Plan:
    """What this owner may use; a guest has recipes by the day, and nothing else."""
    if each.kind == "guest":
        return Plan("guest", recipes=services().settings.guest_recipes, questions=0, saved=0)
    return signed_in().limits


def allowance_of(each: Owner) -> Allowance:
    return allowance(each, plan_of(each).recipes, services().now())


def usage_of(each: Owner) -> Usage:
    """What was used of the period that is running now."""
    period = allowance_of(each).period
    found = services().storage.list_usage(each, period, period)
    return found[0] if found else Usage(period=period)


def _counted(cook: Cook, began: datetime) -> Cook:
    """The same, and how it came out is counted."""
    counting = services().counting

    def counted(watcher: IWatcher | None) -> Draft:
        try:
            draft = cook(watcher)
        except Exception as error:
            outcome = next((outcome for kind, outcome in _OUTCOMES if isinstance(error, kind)), None)
            if outcome is None:
                logger.warning("a recipe was not made: %s", type(error).__name__)
            counting.cooked(outcome or "failed")
            raise
        fell_back = any(notice.kind == "fallback" for notice in draft.notices)
        counting.cooked("repeated" if draft.created_at != began else "fallback" if fell_back else "made")
        return draft

    return counted


def _asking() -> Owner:
    """Whose allowance is taken; guests are also counted by their address, since a cookie is soon thrown away.

    With a model everybody has such a limit: what fails is not charged, but its tokens are paid for.
    """
    asking = owner(create=True)
    if asking.kind == "guest":
        check_address("generate", limit=GUEST_RECIPES_AN_HOUR, window_s=3600)
    elif services().settings.model:
        check_rate("generate", asking.id, limit=MODEL_RECIPES_AN_HOUR, window_s=3600)
    return asking


def _stored_draft(asking: Owner, draft_id: str) -> Draft | None:
    return services().storage.get_draft(asking, draft_id) if _is_uuid(draft_id) else None


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
