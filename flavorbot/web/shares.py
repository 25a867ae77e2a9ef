"""Sharing a recipe: its link, for how long and for whom, and sending it by mail."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import recipes as box
from flavorbot import sharing
from flavorbot.errors import FlavorBotError, InvalidInput, TooManyRequests
from flavorbot.model import Share
from flavorbot.sharing import DAYS, Terms
from flavorbot.web.errors import problem_of
from flavorbot.web.forms import Errors, Values, errors_of, shown, typed
from flavorbot.web.links import share_link
from flavorbot.web.logs import log_event
from flavorbot.web.people import signed_in
from flavorbot.web.sending import NotSent, send_recipe
from flavorbot.web.services import services
from flavorbot.web.share_schemas import SendInput, ShareInput
from flavorbot.web.validation import parse

blueprint = Blueprint("shares", __name__, url_prefix="/recipes")


@blueprint.get("/<recipe_id>/share")
def show(recipe_id: str) -> Response:
    """The link as it stands, and what can be done with it."""
    return _page(recipe_id, {}, {})


@blueprint.post("/<recipe_id>/share")
def create(recipe_id: str) -> AnyResponse:
    """Make the link, or renew it; what is not ticked is not published."""
    values = typed(ShareInput.model_fields)
    try:
        sent = parse(ShareInput, values | {"published": "published" in values}, strict=False)
    except InvalidInput as error:
        return _page(recipe_id, values, errors_of(error, ShareInput.model_fields), 422)
    make_link(recipe_id, sent.terms())
    return redirect(url_for("shares.show", recipe_id=recipe_id, done="shared"), 303)


@blueprint.post("/<recipe_id>/share/end")
def destroy(recipe_id: str) -> AnyResponse:
    """Take the link back."""
    end_link(recipe_id)
    return redirect(url_for("shares.show", recipe_id=recipe_id, done="unshared"), 303)


@blueprint.post("/<recipe_id>/share/send")
def send(recipe_id: str) -> AnyResponse:
    """Mail the recipe with its link, which is made where there is none."""
    recipe = box.open_recipe(services().storage, signed_in().id, recipe_id)
    values = typed(SendInput.model_fields)
    try:
        send_recipe(recipe, parse(SendInput, values, strict=False), partial(_link_for_mail, recipe_id))
    except InvalidInput as error:
        return _page(recipe_id, values, errors_of(error, SendInput.model_fields), 422)
    except NotSent as error:
        return _later(
            _page(recipe_id, values | {"to": ", ".join(error.left)}, {"to": error.detail}, error.status), error
        )
    except TooManyRequests as error:
        return _later(_page(recipe_id, values, {"": error.detail}, error.status), error)
    done = "mailed" if services().mailer.delivers else "mail-kept"
    return redirect(url_for("shares.show", recipe_id=recipe_id, done=done), 303)


def make_link(recipe_id: str, terms: Terms) -> Share:
    """Make or renew the link to one's own recipe; `NotFound`."""
    found = services()
    share = sharing.share_recipe(found.storage, found.share_tokens, signed_in().id, recipe_id, terms, found.now())
    log_event("link made", recipe=recipe_id, days=terms.days, published=int(share.published))
    return share


def end_link(recipe_id: str) -> None:
    """Take the link to one's own recipe back; `NotFound`."""
    sharing.end_share(services().storage, signed_in().id, recipe_id)
    log_event("link taken back", recipe=recipe_id)


def _link_for_mail(recipe_id: str) -> Share:
    return _current(recipe_id) or make_link(recipe_id, Terms())


def _current(recipe_id: str) -> Share | None:
    found = services()
    return sharing.current_share(found.storage, found.share_tokens, signed_in().id, recipe_id)


def _page(recipe_id: str, values: Values, errors: Errors, status: int = 200) -> Response:
    asking = signed_in()
    recipe, share = box.open_recipe(services().storage, asking.id, recipe_id), _current(recipe_id)
    first: Values = {"name": asking.name, "days": str(DAYS)}
    page = render_template(
        "shares/show.html",
        recipe=recipe,
        share=share,
        link=share_link(share) if share else None,
        values=shown(first | values),
        published="published" in values if errors and "days" in values else bool(share and share.published),
        errors=errors,
    )
    return make_response(page, status)


def _later(response: Response, error: FlavorBotError) -> Response:
    if wait := problem_of(error).retry_after:
        response.headers["Retry-After"] = str(wait)
    return response
