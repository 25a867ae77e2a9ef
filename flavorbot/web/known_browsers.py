"""Browsers in which somebody signed in before: their tries are counted by themselves (OWASP's device cookies).

Nobody who only knows an address can then use up the tries of its owner. The cookie opens nothing, and tells nobody
whose it is.
"""

from __future__ import annotations

import hmac
import re
import secrets

from flask import Response, after_this_request, request

from flavorbot.web.services import services

YEAR_S = 365 * 86_400
MOST = 4
"""How many accounts one browser is known by; the last ones are kept."""

_PART = "[A-Za-z0-9_-]{22}"
_SHAPE = re.compile(rf"{_PART}(?:\.{_PART}){{1,{MOST}}}")


def known_browser(email: str) -> str | None:
    """A name for this browser if the account of this address was signed in to in it."""
    browser, marks = _read()
    if browser is None:
        return None
    mark = services().browser_marks.of(browser, email)
    return browser if any(hmac.compare_digest(each, mark) for each in marks) else None


def remember_browser(email: str) -> None:
    """Let this browser show from now on, for a year, that this account was signed in to in it."""
    browser, marks = _read()
    browser = browser or secrets.token_urlsafe(16)
    mark = services().browser_marks.of(browser, email)
    kept = [mark, *(each for each in marks if each != mark)][:MOST]

    @after_this_request
    def tell(response: Response) -> Response:
        production = services().settings.production
        value = ".".join((browser, *kept))
        response.set_cookie(_name(), value, max_age=YEAR_S, secure=production, httponly=True, samesite="Lax")
        return response


def _read() -> tuple[str | None, list[str]]:
    sent = request.cookies.get(_name(), "")
    browser, *marks = sent.split(".") if _SHAPE.fullmatch(sent) else (None,)
    return browser, [each for each in marks if each]


def _name() -> str:
    return "__Host-flavorbot-browser" if services().settings.production else "flavorbot-browser"
