"""Generated recipes, kept for a day unless they are saved."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot.errors import AllowanceSpent, InvalidInput, RequestReused
from flavorbot.generating import StillCooking
from flavorbot.kitchen.checker import Checked, check_recipe
from flavorbot.model import Draft, Recipe
from flavorbot.web.asking import panel
from flavorbot.web.cooking import open_draft, refine_draft
from flavorbot.web.fields import printable
from flavorbot.web.forms import Errors, errors_of, shown, typed, wish_values
from flavorbot.web.home import limit_page, request_id_of, shown_allowance
from flavorbot.web.people import person
from flavorbot.web.schemas import RefineInput
from flavorbot.web.validation import parse

blueprint = Blueprint("drafts", __name__, url_prefix="/drafts")

_OF_NEEDS = frozenset({"allergen", "may_contain", "diet", "excluded"})


@blueprint.get("/<draft_id>")
def show(draft_id: str) -> Response:
    """The recipe, or a page that waits for it."""
    draft = open_draft(draft_id)
    if draft.state == "running":
        return make_response(render_template("drafts/waiting.html", draft_id=draft_id))
    return draft_page(draft)


@blueprint.post("/<draft_id>/refine")
def refine(draft_id: str) -> AnyResponse:
    """Change it into a new draft."""
    draft = open_draft(draft_id)
    values = typed(RefineInput.model_fields)
    request_id = request_id_of(values)
    try:
        told = parse(RefineInput, {"instruction": values.get("instruction", "")}, strict=False)
        refine_draft(draft, told.instruction, request_id)
    except InvalidInput as error:
        return draft_page(draft, errors_of(error, RefineInput.model_fields), str(values.get("instruction", "")), 422)
    except RequestReused:
        again = "This change was made already. Send it once more to make another."
        return draft_page(draft, {"instruction": again}, str(values.get("instruction", "")), 409)
    except AllowanceSpent as error:
        return limit_page(error)
    except StillCooking:
        pass  # the draft's page waits for it
    return redirect(url_for("drafts.show", draft_id=request_id), 303)


def draft_page(
    draft: Draft,
    errors: Errors | None = None,
    instruction: str = "",
    status: int = 200,
    *,
    question: str = "",
    asked_in_vain: str = "",
) -> Response:
    """A draft that is done, with what can be made of it; `asked_in_vain` says why a question has no answer."""
    allowance, recipe = shown_allowance(), draft.recipe
    used = allowance["asked"] if allowance else None
    path = url_for("drafts.show", draft_id=draft.request_id)
    page = render_template(
        "drafts/show.html",
        draft=draft,
        recipe=recipe,
        notices=draft.notices,
        checked=_against(recipe),
        request_id=str(uuid4()),
        values=shown(wish_values(draft.wish) | {"instruction": instruction}),
        errors=errors or {},
        allowance=allowance,
        chef=recipe
        and panel(path, draft.request_id, recipe, used=used, question=printable(question), error=asked_in_vain),
    )
    return make_response(page, status)


def _against(recipe: Recipe | None) -> Checked | None:
    """What speaks against it for whoever looks: their needs may be others now than when they wished for it."""
    asking = person()
    if asking is None or recipe is None:
        return None
    checked = check_recipe(recipe, asking.needs)
    told = (each for each in checked.findings if each.kind in _OF_NEEDS and each.severity != "info")
    return replace(checked, findings=tuple(told))
