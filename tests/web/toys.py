"""Small pages that do one thing each with the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Flask, request, session
from flask.typing import ResponseReturnValue

from tests.web.client import CarefulClient


def add_toys(app: Flask) -> Flask:
    """Add the pages; `/slow` calls `app.config["MEANWHILE"]` between looking at the session and changing it."""
    serve(app, "/blind", lambda: {"page": "blind"})
    serve(app, "/look", lambda: dict(session))
    serve(app, "/has", lambda: {"colour": "colour" in session})
    serve(app, "/put", _put)
    serve(app, "/fail", lambda: (_put(), 500))
    serve(app, "/append", _append)
    serve(app, "/clear", _clear)
    serve(app, "/regenerate", lambda: _regenerate(app))
    serve(app, "/slow", lambda: _slow(app))
    return app


def serve(app: Flask, path: str, view: Callable[[], ResponseReturnValue]) -> None:
    """Answer a path, by GET and by POST, with what `view` gives."""
    app.add_url_rule(path, endpoint=path, view_func=view, methods=["GET", "POST"])


def tab(client: CarefulClient) -> CarefulClient:
    """Another tab of the same browser, as of now."""
    other = cast(CarefulClient, client.application.test_client())
    other.set_cookie("flavorbot", client.cookie or "")
    return other


def _put() -> dict[str, str]:
    session.update(request.form.to_dict())
    return {"page": "put"}


def _append() -> dict[str, str]:
    session.setdefault("list", []).append(1)
    return {"page": "appended"}


def _clear() -> dict[str, str]:
    session.clear()
    return {"page": "cleared"}


def _regenerate(app: Flask) -> dict[str, str]:
    app.session_interface.regenerate(session._get_current_object())  # type: ignore[attr-defined]
    return {"page": "regenerated"}


def _slow(app: Flask) -> dict[str, str]:
    dict(session)
    app.config["MEANWHILE"]()
    session["slow"] = "done"
    return {"page": "slow"}
