"""Static files under addresses that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

FOR_EVER = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Give templates `asset('css/base.css')`, and static files their `Cache-Control`."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_cache)


def asset(name: str) -> str:
    """The address of a static file, with the version of its content."""
    return url_for("static", filename=name, v=_version(name))


def _version(name: str) -> str | None:
    file = Path(current_app.static_folder or "") / name
    try:
        return _digest(file, file.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=256)
def _digest(file: Path, changed_at: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _cache(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        name, version = (request.view_args or {}).get("filename", ""), request.args.get("v")
        current = version is not None and version == _version(name)
        response.headers["Cache-Control"] = FOR_EVER if current else "no-cache"
    return response
