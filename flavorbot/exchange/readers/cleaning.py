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
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_SPACE = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain(value: object) -> str:
    """The text without its markup, its lines kept; empty for what is neither text nor number."""
    text = _text(value)
    if "<" in text:
        text = _TAG.sub("", _BREAKS.sub("\n", _UNSEEN.sub(" ", text)))
    return printed(unescape(unescape(text)) if "&" in text else text)


def printed(value: object) -> str:
    """The lines of what is text already, without what no page may hold and without white space around them."""
    text = _text(value)
    if text.isprintable() and "  " not in text:
        # As nearly all are: one line, and nothing in it that is not shown.
        return text.strip(" ")
    text = UNPRINTABLE.sub("", _LINE_ENDS.sub("\n", text))
    return _EMPTY_LINES.sub("\n\n", "\n".join(_SPACE.sub(" ", line).strip() for line in text.split("\n"))).strip()


def one_line(value: object) -> str:
    """What is text already, on one line."""
    text = printed(value)
    # What is printable has no white space but single blanks left.
    return text if text.isprintable() else " ".join(text.split())


def _text(value: object) -> str:
    if type(value) is str and len(value) <= LONGEST:
        return value
    return str(value)[:LONGEST] if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def address(value: object) -> str | None:
    """An address of the web, or None."""
    text = value.strip() if isinstance(value, str) else ""
    return text if len(text) <= ADDRESS and re.match(WEB_ADDRESS, text) and not UNPRINTABLE.search(text) else None
