"""Text of any origin as plain text: markup and entities read, what no page may hold taken away."""

from __future__ import annotations

import re
from html import unescape

from flavorbot.bounds import ADDRESS, UNPRINTABLE, WEB_ADDRESS

LONGEST = 200_000
"""Characters of one field that are looked at; no recipe's is longer."""
_BREAKS = re.compile(r"<(?:br|/?p|/?div|/?li|/?[uo]l|/?h[1-6]|/tr)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|svg|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SPACE = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain(value: object) -> str:
    """A text without markup, its lines kept; empty for what is no text or number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
    if "<" in text:
        text = _without_markup(text)
    if "&" in text:
        text = unescape(unescape(text))
    return printed(text)


def printed(text: str) -> str:
    """The lines without what no page may hold, each without white space around it."""
    text = UNPRINTABLE.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(_SPACE.sub(" ", line).strip() for line in text.split("\n"))).strip()


def one_line(value: object) -> str:
    return " ".join(plain(value).split())


def address(value: object) -> str | None:
    """An address of the web, or None."""
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) <= ADDRESS and re.match(WEB_ADDRESS, text) else None


def _without_markup(text: str) -> str:
    return _TAG.sub("", _BREAKS.sub("\n", _UNSEEN.sub(" ", text)))
