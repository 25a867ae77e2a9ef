"""Generating, over JSON."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response

from flavorbot.errors import GeneratorBusy
from flavorbot.kitchen.checker import check as check_lines
from flavorbot.kitchen.needs import Needs
from flavorbot.model import Draft
from flavorbot.web import cooking
from flavorbot.web.api.answers import CheckAnswer, DraftAnswer, check_answer, draft_answer
from flavorbot.web.api.conditions import request_id
from flavorbot.web.api.endpoint import answer, endpoint
from flavorbot.web.api.events import event_stream, wanted
from flavorbot.web.api.usage import current_usage
from flavorbot.web.people import owner
from flavorbot.web.rates import check_address
from flavorbot.web.schemas import CheckInput, RefineInput, WishInput

CHECKS_A_MINUTE = 120
KEY = ("Idempotency-Key",)


@endpoint(
    "POST",
    "/generate",
    body=WishInput,
    returns=DraftAnswer,
    errors=(409, 429),
    signed_in=False,
    events=True,
    request_headers=KEY,
)
def generate(body: WishInput) -> Response:
    """Generate a recipe within the allowance; the same key again gives the same draft and takes nothing."""
    key = request_id(body.request_id)
    return _cooked(lambda: cooking.wish_cook(body, key))


@endpoint("GET", "/drafts/<draft_id>", returns=DraftAnswer, signed_in=False)
def show(draft_id: str) -> Response:
    """A generated recipe, kept for a day."""
    return answer(_draft_answer(cooking.open_draft(draft_id)))


@endpoint(
    "POST",
    "/drafts/<draft_id>/refine",
    body=RefineInput,
    returns=DraftAnswer,
    errors=(409, 429),
    signed_in=False,
    events=True,
    request_headers=KEY,
)
def refine(draft_id: str, body: RefineInput) -> Response:
    """Change a draft as told, into a new one; counts as a generation."""
    key = request_id(body.request_id)
    draft = cooking.open_draft(draft_id)
    return _cooked(lambda: cooking.refine_cook(draft, body.instruction, key))


@endpoint("POST", "/check", body=CheckInput, returns=CheckAnswer, errors=(429,), signed_in=False)
def check(body: CheckInput) -> Response:
    """What ingredient lines contain; it proves presence, never absence."""
    check_address("check", limit=CHECKS_A_MINUTE, window_s=60)
    needs = Needs(diets=tuple(body.diets), allergies=tuple(body.allergies))
    return answer(check_answer(check_lines(body.ingredients, body.instructions, needs)))


def _cooked(prepare: Callable[[], cooking.Cook]) -> Response:
    return cooked_events(prepare) if wanted() else answer(_draft_answer(prepare()(None)))


def cooked_events(prepare: Callable[[], cooking.Cook]) -> Response:
    """The recipe as it is being made, for pages and scripts alike."""
    owner(create=True)  # a new guest's cookie is set before the stream begins
    return event_stream(prepare, _draft_answer)


def _draft_answer(draft: Draft) -> DraftAnswer:
    if draft.state == "running":
        raise GeneratorBusy("This recipe is still being cooked.")
    return draft_answer(draft, current_usage())
