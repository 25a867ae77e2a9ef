"""Markdown as people write it in recipes, read as plain text."""

from __future__ import annotations

import re

_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*\)|!\[\[[^\[\]]*\]\]")
_LINK = re.compile(r"\[([^\[\]]+)\]\((?:[^()\s]*)(?:\s+\"[^\"]*\")?\)")
_STRONG = re.compile(r"(?<!\\)(\*\*|__)(?=\S)([^*_\n]+?)(?<=\S)\1")
_STRESSED = re.compile(r"(?<![\\\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])")
_START = re.compile(r"^\s*(?:#{1,6}\s+|>\s+|[-*+]\s+|\d{1,2}[.)]\s+)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>()#+.!|~&=-])")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")


def unmarked(line: str) -> str:
    """One line without its Markdown: links by their words, no stars, no list marks."""
    return inline(_START.sub("", line)).strip()


def inline(text: str) -> str:
    """The text of a line whose place in the document is known."""
    text = _LINK.sub(r"\1", _PICTURE.sub("", _AUTOLINK.sub(r"\1", text)))
    return _ESCAPED.sub(r"\1", _STRESSED.sub(r"\2", _STRONG.sub(r"\2", text)))
