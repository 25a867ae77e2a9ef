"""Asking the chef within the allowance, and taking up a version that the chef proposed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from flavorbot.errors import AllowanceSpent, Conflict, RequestReused
from flavorbot.generating import KEPT, NO_METER, allowance, keep
from flavorbot.interfaces import IChef, IDrafts, IQuestions, IRecipes
from flavorbot.kitchen.needs import joined
from flavorbot.kitchen.reading import read_line
from flavorbot.metering import Meter
from flavorbot.model import Draft, Exchange, Owner, Recipe, Turn, User, Wish
from flavorbot.recipes import edit_recipe


class Keeps(IDrafts, IQuestions, IRecipes, Protocol):
    """What asking needs of a storage."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The recipe that a question is about: a draft's or a saved one's, with the wish that it has to suit."""

    about: str
    recipe: Recipe
    wish: Wish


class Profile(Protocol):
    """Whose needs a saved recipe has to suit."""

    @property
    def diets(self) -> tuple[str, ...]: ...
    @property
    def allergies(self) -> tuple[str, ...] | None: ...
    @property
    def exclude(self) -> tuple[str, ...]: ...
    @property
    def units(self) -> str: ...


def about_draft(draft: Draft, asking: Profile | User) -> Subject:
    """A draft with its own wish and whatever else the person's profile bars; `Conflict` while it is being cooked."""
    if draft.recipe is None:
        raise Conflict("This recipe is still being cooked. Wait for it, then ask.")
    wish = replace(
        draft.wish,
        diets=joined(draft.wish.diets, asking.diets),
        allergies=joined(draft.wish.allergies, asking.allergies or ()),
        exclude=joined(draft.wish.exclude, asking.exclude),
    )
    return Subject(draft.request_id, draft.recipe, wish)


def about_recipe(recipe: Recipe, asking: Profile | User) -> Subject:
    """A saved recipe as the wish that could have led to it."""
    named = (read_line(item.name).food for item in recipe.ingredients)
    wish = Wish(
        ingredients=tuple(dict.fromkeys(food.name for food in named if food))[:50],
        category=recipe.category,
        cuisine=recipe.cuisine,
        servings=min(max(recipe.servings, 1), 24),
        diets=asking.diets,
        allergies=asking.allergies or (),
        exclude=asking.exclude,
        units=asking.units,
        seed=int.from_bytes(hashlib.sha256((recipe.id or "").encode()).digest()[:4], "big") >> 1,
    )
    return Subject(recipe.id or "", recipe, wish)


def ask(
    storage: Keeps,
    chef: IChef,
    owner: Owner,
    subject: Subject,
    question: str,
    request_id: str,
    turns: Sequence[Turn],
    *,
    limit: int | None,
    now: datetime,
    meter: Meter = NO_METER,
) -> Exchange:
    """Answer a question once; the same request again gives the same answer. What fails is not counted.

    Neither is what the house answered because a model failed; what the model took is metered all the same. Raises
    `AllowanceSpent`, `RequestReused`, `GeneratorBusy`.
    """
    told = json.dumps({"about": subject.about, "question": question}, sort_keys=True)
    fingerprint = hashlib.sha256(told.encode()).hexdigest()
    stored = storage.get_question(owner, request_id)
    if stored:
        if stored.fingerprint != fingerprint:
            raise RequestReused("This request was already used for another question.")
        return stored
    period = allowance(owner, limit, now)
    _refuse_when_spent(storage, owner, period.period, limit, period.resets_at)
    reply = chef.ask(subject.recipe, subject.wish, question, turns)
    exchange = Exchange(
        request_id=request_id,
        fingerprint=fingerprint,
        period=period.period,
        about=subject.about,
        version=subject.recipe.version,
        question=question,
        reply=replace(reply, tokens=None),
        created_at=now,
        expires_at=now + KEPT,
    )
    event = meter.event("ask", period.period, now, reply.tokens, "fallback" if reply.fell_back else "made")
    return storage.count_question(owner, exchange, limit, period.resets_at, event, charged=not reply.fell_back)


def accept_on_draft(
    storage: Keeps, owner: Owner, draft: Draft, taken: Exchange, *, limit: int | None, now: datetime
) -> Draft:
    """Make the proposal a draft of its own, once; the draft that was asked about stays.

    It counts as another recipe only when it was cooked anew: then `AllowanceSpent` over `limit`.
    """
    made = _draft_of(taken, draft.wish, owner, now)
    if taken.reply.cooked:
        return keep(storage, owner, made, limit=limit, now=now)
    storage.add_draft(owner, made)
    return made


def accept_on_recipe(
    storage: Keeps, owner: Owner, current: Recipe, taken: Exchange, *, limit: int | None, now: datetime
) -> Recipe:
    """Save the proposal as an edit of the version that it was made from, once.

    Raises `VersionConflict` when the recipe has changed since, `AllowanceSpent` as for a draft, `NotFound`.
    """
    proposal = _proposal(taken)
    if current.reads_like(proposal):
        return current
    if taken.reply.cooked and current.version == taken.version:
        keep(storage, owner, _draft_of(taken, taken.reply.wish or Wish(), owner, now), limit=limit, now=now)
    return edit_recipe(storage, owner.id, current, proposal, taken.version)


def _refuse_when_spent(storage: Keeps, owner: Owner, period: str, limit: int | None, resets_at: datetime) -> None:
    """Before anything is asked of a model; counting decides again."""
    if limit is None:
        return
    used = storage.list_usage(owner, period, period) if limit > 0 else ()
    if limit <= 0 or (used and used[0].recipe_queries >= limit):
        raise AllowanceSpent(f"All {limit} questions of this month are used.", resets_at, "questions")


def _draft_of(taken: Exchange, wish: Wish, owner: Owner, now: datetime) -> Draft:
    return Draft(
        request_id=str(uuid5(NAMESPACE_URL, f"accepted {taken.request_id}")),
        claim=taken.fingerprint[:32],
        fingerprint=taken.fingerprint,
        period=allowance(owner, None, now).period,
        state="done",
        wish=taken.reply.wish or wish,
        created_at=now,
        lease_ends_at=now,
        expires_at=now + KEPT,
        recipe=_proposal(taken),
        notices=taken.reply.notices,
    )


def _proposal(taken: Exchange) -> Recipe:
    if taken.reply.proposal is None:
        raise Conflict("That answer proposed no other version.")
    return taken.reply.proposal
