"""What is counted, for whoever watches over this site."""

from __future__ import annotations

import hmac

from flask import Blueprint, Response, abort, request

from flavorbot.sessions.bearer import bearer_of
from flavorbot.web.services import services

blueprint = Blueprint("metrics", __name__)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@blueprint.get("/metrics")
def show() -> Response:
    """For whoever has the token that the settings name; for everybody else there is no such page."""
    found, token = services(), services().settings.metrics_token
    sent = bearer_of(request) or ""
    if found.metrics is None or token is None or not hmac.compare_digest(sent.encode(), token.encode()):
        abort(404)
    return Response(found.metrics.text(), content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})
