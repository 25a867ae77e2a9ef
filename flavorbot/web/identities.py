"""The page of the outside identities that sign one in."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import identities
from flavorbot.errors import Conflict
from flavorbot.web.noticing import record_change
from flavorbot.web.outside import begin
from flavorbot.web.people import signed_in
from flavorbot.web.reauth import confirmation_required
from flavorbot.web.services import services

blueprint = Blueprint("identities", __name__, url_prefix="/account/identities")


@blueprint.get("")
@confirmation_required
def index() -> Response:
    return _page({})


@blueprint.post("/<provider>/link")
@confirmation_required
def create(provider: str) -> AnyResponse:
    """On to the provider; what comes back from there is linked."""
    return begin(provider, "/account/identities", signed_in().id)


@blueprint.post("/<identity_id>/unlink")
@confirmation_required
def destroy(identity_id: str) -> AnyResponse:
    person, found = signed_in(), services()
    try:
        gone = identities.unlink(found.storage, person.id, identity_id)
    except Conflict as error:
        return _page({"": error.detail}, error.status)
    label = identities.provider_label(found.settings.issuers, gone.issuer)
    detail = f"{label}, {gone.label}".rstrip(", ")
    record_change("Sign-in by others unlinked", detail, f"{label} was unlinked from your FlavorBot account")
    return redirect("/account/identities?done=unlinked", 303)


def _page(errors: dict[str, str], status: int = 200) -> Response:
    found = services()
    known = found.storage.list_identities(signed_in().id)
    linked = [(each, identities.provider_label(found.settings.issuers, each.issuer)) for each in known]
    return make_response(render_template("identities/index.html", linked=linked, errors=errors), status)
