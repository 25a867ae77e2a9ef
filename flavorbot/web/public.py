"""A shared recipe, as whoever has its link sees it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import sharing
from flavorbot.errors import BoxFull, NotFound
from flavorbot.exchange import to_jsonld
from flavorbot.kitchen.checker import check_recipe
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.nutrition import reckon
from flavorbot.model import Recipe, Share
from flavorbot.sessions import the_session
from flavorbot.sharing import open_shared, public_copy
from flavorbot.web import pictures
from flavorbot.web.errors import note_refused
from flavorbot.web.links import full_link
from flavorbot.web.logs import log_event
from flavorbot.web.people import person
from flavorbot.web.rates import check_address
from flavorbot.web.services import services
from flavorbot.web.showing import as_asked

blueprint = Blueprint("public", __name__, url_prefix="/r")

HOUR_S = 3_600
MISSES_AN_HOUR = 60


@blueprint.get("/<token>")
def show(token: str) -> Response:
    """The recipe without what is its owner's business alone."""
    share, recipe = _open(token)
    return _page(token, share, recipe)


@blueprint.get("/<token>/picture")
def picture(token: str) -> Response:
    """Its picture; `NotFound` when there is none, or it cannot be had."""
    share, recipe = _open(token)
    url = pictures.picture_of(public_copy(recipe))
    check_address("shared picture", limit=pictures.AN_HOUR, window_s=HOUR_S)
    return _unlisted(pictures.handed_on(url), published=share.published)


@blueprint.post("/<token>/copy")
def copy(token: str) -> AnyResponse:
    """Put it into one's own box, once; whoever is signed out signs in first and comes back."""
    asking = person()
    if asking is None:
        return redirect(url_for("auth.login", next=url_for("public.show", token=token)), 303)
    share, recipe = _open(token)
    if asking.id == share.user_id:
        return redirect(url_for("recipes.show", recipe_id=recipe.id), 303)
    try:
        kept = sharing.copy_shared(
            services().storage, asking.id, share, recipe, full_link("public.show", token=token), asking.limits.saved
        )
    except BoxFull as error:
        note_refused(error)
        return _page(token, share, recipe, error=error.detail, status=error.status)
    log_event("shared recipe copied", recipe=kept.id)
    return redirect(url_for("recipes.show", recipe_id=kept.id, done="copied"), 303)


def _open(token: str) -> tuple[Share, Recipe]:
    """What the link leads to; who tries many that lead nowhere is slowed down."""
    try:
        return open_shared(services().storage, token)
    except NotFound:
        if sharing.is_token(token):
            check_address("shared link", limit=MISSES_AN_HOUR, window_s=HOUR_S)
        raise


def _page(token: str, share: Share, recipe: Recipe, *, error: str = "", status: int = 200) -> Response:
    asking, original = person(), public_copy(recipe)
    shown = as_asked(original, asking.units if asking else "metric")
    link = full_link("public.show", token=token)
    page = render_template(
        "public/show.html",
        **shown.values(),
        checked=check_recipe(original, asking.needs if asking else Needs()),
        reckoned=reckon(original),
        address=url_for("public.show", token=token),
        key=f"shared-{share.token_hash[:16]}-{recipe.version}",
        edition=recipe.version,
        link=link,
        jsonld=to_jsonld(original) | {"url": link},
        published=share.published,
        own_id=recipe.id if asking and asking.id == share.user_id else None,
        error=error,
    )
    return _kept_briefly(make_response(page, status), published=share.published)


def _kept_briefly(response: Response, *, published: bool) -> Response:
    """Asked for anew each time, so that a link that was taken back is gone at once."""
    _unlisted(response, published=published)
    if request.method == "POST" or the_session().stored is not None:
        return response
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _unlisted(response: Response, *, published: bool) -> Response:
    """Nothing for search engines, unless its owner wants them to show it."""
    if not published:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
