"""Asking the chef on a page: beside a draft and beside a saved recipe."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import asking
from flavorbot import recipes as box
from flavorbot.asking import Subject, about_draft, about_recipe
from flavorbot.errors import (
    AllowanceSpent,
    FlavorBotError,
    GeneratorBusy,
    InvalidInput,
    NotFound,
    RequestReused,
    TooManyRequests,
    VersionConflict,
)
from flavorbot.model import Exchange, Owner, Recipe
from flavorbot.web.asking import ask
from flavorbot.web.conflicts import conflict_page
from flavorbot.web.conversation import carry, settle
from flavorbot.web.cooking import open_draft
from flavorbot.web.drafts import draft_page
from flavorbot.web.errors import problem_of
from flavorbot.web.forms import recipe_values, typed
from flavorbot.web.home import limit_page, request_id_of
from flavorbot.web.pages import date
from flavorbot.web.people import login_required, signed_in
from flavorbot.web.recipes import recipe_page
from flavorbot.web.schemas import QuestionInput
from flavorbot.web.services import services
from flavorbot.web.validation import parse

ANCHOR = "chef"
Page = Callable[[str, str, int], Response]

blueprint = Blueprint("chef", __name__)


@blueprint.post("/drafts/<draft_id>/ask")
@login_required
def ask_about_draft(draft_id: str) -> AnyResponse:
    """Answer a question about a draft."""
    draft = open_draft(draft_id)

    def page(question: str, error: str, status: int) -> Response:
        return draft_page(draft, status=status, question=question, asked_in_vain=error)

    return _asked(about_draft(draft, signed_in()), page, url_for("drafts.show", draft_id=draft_id, _anchor=ANCHOR))


@blueprint.post("/recipes/<recipe_id>/ask")
@login_required
def ask_about_recipe(recipe_id: str) -> AnyResponse:
    """Answer a question about a saved recipe."""
    recipe = _recipe(recipe_id)

    def page(question: str, error: str, status: int) -> Response:
        return recipe_page(recipe, status=status, question=question, asked_in_vain=error)

    return _asked(about_recipe(recipe, signed_in()), page, url_for("recipes.show", recipe_id=recipe_id, _anchor=ANCHOR))


@blueprint.post("/drafts/<draft_id>/ask/<request_id>/accept")
@login_required
def accept_on_draft(draft_id: str, request_id: str) -> AnyResponse:
    """Go on with the chef's version, a draft of its own."""
    owner, found = Owner("user", signed_in().id), services()
    draft, taken = open_draft(draft_id), _exchange(request_id, draft_id)
    limit = signed_in().limits.recipes
    try:
        made = asking.accept_on_draft(found.storage, owner, draft, taken, limit=limit, now=found.now())
    except AllowanceSpent as error:
        return limit_page(error)
    settle(draft_id, request_id, "taken")
    carry(draft_id, made.request_id)
    return redirect(url_for("drafts.show", draft_id=made.request_id, done="proposed"), 303)


@blueprint.post("/recipes/<recipe_id>/ask/<request_id>/accept")
@login_required
def accept_on_recipe(recipe_id: str, request_id: str) -> AnyResponse:
    """Save the chef's version over the one it was made from."""
    owner, found = Owner("user", signed_in().id), services()
    current, taken = _recipe(recipe_id), _exchange(request_id, recipe_id)
    limit = signed_in().limits.recipes
    try:
        asking.accept_on_recipe(found.storage, owner, current, taken, limit=limit, now=found.now())
    except AllowanceSpent as error:
        return limit_page(error)
    except VersionConflict:
        proposal = taken.reply.proposal or current
        theirs = _recipe(recipe_id)
        base = box.made_from(found.storage, owner.id, theirs, proposal, taken.version)
        return conflict_page(recipe_values(proposal), proposal, theirs, base)
    settle(recipe_id, request_id, "taken")
    return redirect(url_for("recipes.show", recipe_id=recipe_id, done="taken"), 303)


@blueprint.post("/drafts/<draft_id>/ask/<request_id>/refuse")
@login_required
def refuse_on_draft(draft_id: str, request_id: str) -> AnyResponse:
    """Keep the draft as it is."""
    open_draft(draft_id)
    settle(draft_id, _exchange(request_id, draft_id).request_id, "refused")
    return redirect(url_for("drafts.show", draft_id=draft_id, _anchor=ANCHOR), 303)


@blueprint.post("/recipes/<recipe_id>/ask/<request_id>/refuse")
@login_required
def refuse_on_recipe(recipe_id: str, request_id: str) -> AnyResponse:
    """Keep the recipe as it is."""
    _recipe(recipe_id)
    settle(recipe_id, _exchange(request_id, recipe_id).request_id, "refused")
    return redirect(url_for("recipes.show", recipe_id=recipe_id, _anchor=ANCHOR), 303)


def _asked(subject: Subject, page: Page, back: str) -> AnyResponse:
    """Ask, and return to the page; whatever is wrong is said beside the question, which is kept."""
    values = typed(QuestionInput.model_fields)
    question = str(values.get("question", ""))
    try:
        sent = parse(QuestionInput, {"question": question}, strict=False)
        ask(subject, sent.question, request_id_of(values))
    except InvalidInput as error:
        return page(question, error.errors[0].message, 422)
    except RequestReused:
        return page(question, "This form was answered already. Send your question once more.", 409)
    except AllowanceSpent as error:
        return _waiting(page(question, _spent(error), 429), error)
    except (TooManyRequests, GeneratorBusy) as error:
        return _waiting(page(question, error.detail, error.status), error)
    return redirect(back, 303)


def _spent(error: AllowanceSpent) -> str:
    limit = signed_in().limits.questions
    whole = (
        f"You have asked {limit} of {limit} questions of this month." if limit else "Your plan includes no questions."
    )
    return f"{whole} There will be more on {date(error.resets_at)}, and this one was not counted."


def _waiting(response: Response, error: FlavorBotError) -> Response:
    response.headers["Retry-After"] = str(problem_of(error).retry_after)
    return response


def _recipe(recipe_id: str) -> Recipe:
    return box.open_recipe(services().storage, signed_in().id, recipe_id)


def _exchange(request_id: str, about: str) -> Exchange:
    """A question of this person about this recipe; `NotFound`."""
    found = services().storage.get_question(Owner("user", signed_in().id), request_id)
    if found is None or found.about != about:
        raise NotFound("There is no such answer. Answers are kept for a day.")
    return found
