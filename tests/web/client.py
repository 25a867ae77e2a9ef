"""A test client that behaves like a browser of this site, and looks at every answer it gets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from html5lib import HTMLParser
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from flavorbot.web.headers import always

COOKIES = ("flavorbot", "__Host-flavorbot")


class CarefulClient(FlaskClient):
    """Sends what browsers send on their own, and fails on any answer that breaks a promise made to all pages."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401
        headers = Headers(kwargs.pop("headers", None))
        headers.setdefault("Sec-Fetch-Site", "same-origin")
        kwargs.setdefault("buffered", True)  # reads and closes files, too
        response = super().open(*args, headers=headers, **kwargs)
        look(response, always(self.application.extensions["flavorbot"].settings))
        return response

    @property
    def cookie(self) -> str | None:
        """The session cookie's value."""
        found = [cookie.value for name in COOKIES if (cookie := self.get_cookie(name))]
        return found[0] if found else None


def look(answer: TestResponse, headers: Mapping[str, str]) -> None:
    """Check what holds for every answer."""
    for name, value in headers.items():
        assert answer.headers.get(name) == value, name
    assert answer.headers["X-Request-ID"]
    assert answer.headers["Cache-Control"]
    if answer.headers.getlist("Set-Cookie"):
        assert "Cookie" in answer.headers["Vary"]
        assert "public" not in answer.headers["Cache-Control"]
    if answer.mimetype == "text/html" and answer.data:
        look_at_page(answer.text)


def look_at_page(html: str) -> None:
    """Valid by the HTML standard's own algorithm, without inline code and without another origin."""
    document = HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    for element in document.iter():
        for name, value in element.attrib.items():
            assert not re.match(r"on|style$", name), f"inline code: {name}={value}"
            if name in ("src", "href", "action", "formaction"):
                parts = urlsplit(value)
                assert not parts.netloc or element.tag == "a" or element.get("rel") == "canonical", value
                assert parts.scheme in ("", "http", "https", "mailto", "otpauth"), value
        inline = element.tag == "style" or (element.tag == "script" and not element.get("src"))
        assert not inline or element.get("type") in ("application/json", "application/ld+json"), "inline code"
