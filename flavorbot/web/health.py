"""For balancers: whether the process answers, and whether it can do its work."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, jsonify

from flavorbot.errors import StorageError
from flavorbot.leaving import is_leaving
from flavorbot.web.services import services

blueprint = Blueprint("health", __name__)
logger = logging.getLogger("flavorbot.health")


@blueprint.get("/healthz")
def live() -> Response:
    """Touches nothing."""
    return _answer({"status": "ok"})


@blueprint.get("/readyz")
def ready() -> Response:
    """503 names the part that is down, why and what to do; the log says more: table, region, what was answered.

    A server that was told to end is not ready either.
    """
    if is_leaving():
        return _answer({"status": "stopping"}, 503)
    try:
        services().storage.check()
    except StorageError as error:
        logger.warning("not ready: %s: %s", error.reason, error.detail)
        told = {"reason": error.reason, "remedy": error.remedy}
        return _answer({"status": "not ready", "storage": "down", **told}, 503)
    return _answer({"status": "ok", "storage": "ok"})


def _answer(parts: dict[str, str], status: int = 200) -> Response:
    response = jsonify(parts)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response
