"""The page of what happened to one's account."""

from __future__ import annotations

from flask import Blueprint, render_template

from flavorbot.web.people import login_required, signed_in
from flavorbot.web.services import services

blueprint = Blueprint("activity", __name__, url_prefix="/account/activity")

SHOWN = 200


@blueprint.get("")
@login_required
def index() -> str:
    return render_template("activity/index.html", events=services().storage.list_events(signed_in().id, SHOWN))
