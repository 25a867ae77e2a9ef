"""The generator: one form, and what becomes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot.errors import AllowanceSpent, GeneratorBusy, InvalidInput, RequestReused, TooManyRequests
from flavorbot.generating import StillCooking
from flavorbot.web.api.cooking import cooked_events
from flavorbot.web.api.events import wanted
from flavorbot.web.cooking import allowance_of, cook_wish, open_draft, usage_of, wish_cook
from flavorbot.web.errors import problem_of
from flavorbot.web.forms import SHOWN, WISH_FIELDS, Errors, Values, errors_of, shown, typed, wish_input, wish_values
from flavorbot.web.people import owner, person
from flavorbot.web.schemas import WishInput

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def index() -> Response:
    """The form, filled from a draft (`?from=`) or from the profile."""
    draft_id = request.args.get("from")
    values = wish_values(open_draft(draft_id).wish) | {"seed": ""} if draft_id else _profile_values()
    return _form(values, {})


@blueprint.post("/generate")
def create() -> AnyResponse:
    """Cook what the form asks for; whatever is wrong with it is said beside it.

    To a script of ours that asks for events the same is told as `/api/v1/generate` tells it.
    """
    values = typed(WISH_FIELDS)
    request_id, as_shown = request_id_of(values), values.get(SHOWN) == "1"
    if wanted("text/html"):
        body = _body(values)
        return cooked_events(lambda: wish_cook(body, request_id, as_shown=as_shown))
    try:
        cook_wish(_body(values), request_id, as_shown=as_shown)
    except InvalidInput as error:
        return _form(values, errors_of(error, WISH_FIELDS), 422)
    except RequestReused:
        again = "This form was cooked already and has changed since. Send it once more to cook the new wish."
        return _form(values, {"": again}, 409)
    except AllowanceSpent as error:
        return limit_page(error)
    except StillCooking:
        pass  # the draft's page waits for it
    except (TooManyRequests, GeneratorBusy) as error:
        problem = problem_of(error)
        response = _form(values, {"": problem.message}, problem.status)
        response.headers["Retry-After"] = str(problem.retry_after)
        return response
    return redirect(url_for("drafts.show", draft_id=request_id), 303)


def _body(values: Values) -> WishInput:
    return wish_input({name: value for name, value in values.items() if name != "request_id"})


def request_id_of(values: Values) -> str:
    """The id that came with the form; a new one when a form came without, or with something else."""
    try:
        return str(UUID(str(values["request_id"])))
    except (KeyError, ValueError):
        return str(uuid4())


def shown_allowance() -> dict[str, Any] | None:
    """What is left, for whoever is known; None for a visitor who has not cooked yet."""
    asking = owner()
    if asking is None:
        return None
    allowed, usage = allowance_of(asking), usage_of(asking)
    used = usage.recipes_generated
    return {
        "used": used,
        "asked": usage.recipe_queries,
        "limit": allowed.limit,
        "left": None if allowed.limit is None else max(0, allowed.limit - used),
        "resets_at": allowed.resets_at,
        "guest": asking.kind == "guest",
    }


def limit_page(error: AllowanceSpent) -> Response:
    """The friendly page of an allowance that is used up."""
    allowance = shown_allowance()
    response = make_response(
        render_template("drafts/limit.html", allowance=allowance, resets_at=error.resets_at, guest=person() is None),
        429,
    )
    response.headers["Retry-After"] = str(problem_of(error).retry_after)
    return response


def _profile_values() -> Values:
    asking = person()
    values: Values = {"servings": "2", SHOWN: "1"}
    if asking:
        values |= {
            "diets": list(asking.diets),
            "allergies": list(asking.allergies or ()),
            "exclude": list(asking.exclude),
            "units": asking.units,
        }
    return values


def _form(values: Values, errors: Errors, status: int = 200) -> Response:
    """The form under a new request id: nothing was counted for the old one."""
    page = render_template(
        "home/index.html", values=shown(values), errors=errors, allowance=shown_allowance(), request_id=str(uuid4())
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    return response
