"""Static files under addresses that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from flavorbot.web.bundles import JOIN, is_asked_for, members, together
from flavorbot.web.remembered import add_global

FOR_EVER = "public, max-age=31536000, immutable"
# What is worth to be compressed; none of it holds anything of a person.
TEXT = frozenset({".css", ".js", ".svg", ".webmanifest"})
MOST_ADDRESSES = 256


@dataclass(frozen=True, slots=True)
class Asset:
    """A file, or several in one, as it is sent."""

    content: bytes
    packed: bytes | None
    version: str
    kind: str


def init_app(app: Flask) -> None:
    """Give templates `asset`, `stylesheet` and `script`, and static files their `Cache-Control`."""
    for address in (asset, stylesheet, script):
        add_global(app, address.__name__, address, MOST_ADDRESSES)
    app.view_functions["static"] = send


def asset(name: str) -> str:
    """The address of a static file, with the version of its content."""
    found = _asset(name)
    return url_for("static", filename=name, v=found and found.version)


def stylesheet(*names: str) -> Markup:
    """The link to style sheets of `static/css/`, in this order in one file."""
    return Markup('<link rel="stylesheet" href="{}">').format(asset(f"css/{JOIN.join(names)}.css"))


def script(*names: str) -> Markup:
    """Custom elements of `static/js/elements/` with what they import, in one file.

    A module that two of these of one page import is there twice, so what it keeps in variables is not shared.
    """
    return Markup('<script type="module" src="{}"></script>').format(asset(f"js/elements/{JOIN.join(names)}.js"))


def send(filename: str) -> Response:
    """A static file; its address with the right version is good for ever, without one it is asked for anew."""
    found = _asset(filename)
    if found is None:
        raise NotFound
    response = Response(found.content, content_type=found.kind)
    if found.packed is not None:
        response.vary.add("Accept-Encoding")
        if request.accept_encodings["gzip"] > 0:
            response.set_data(found.packed)
            response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = FOR_EVER if request.args.get("v") == found.version else "no-cache"
    response.set_etag(f"{found.version}{'-gzip' if response.content_encoding else ''}")
    response.make_conditional(request)
    return response


def _asset(name: str) -> Asset | None:
    """None for what is no file of the folder."""
    root = Path(current_app.static_folder or "")
    # Whoever works on them sees what was changed; otherwise they stay as they were when this began.
    read: Callable[[Path, str], Asset | None] = _read if current_app.debug else _kept
    return read(root, name)


def _read(root: Path, name: str) -> Asset | None:
    if not is_asked_for(name) or any(safe_join(str(root), each) is None for each in members(name)):
        return None
    try:
        content = together(root, name)
    except (OSError, ValueError):
        return None
    kind, _ = mimetypes.guess_type(name)
    packed = gzip.compress(content, 9, mtime=0) if Path(name).suffix in TEXT else None
    return Asset(content, packed, hashlib.sha256(content).hexdigest()[:12], _content_type(kind))


_kept = lru_cache(maxsize=256)(_read)


def _content_type(kind: str | None) -> str:
    if kind is None:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith("javascript") else kind
