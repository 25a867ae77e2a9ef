"""A recipe's picture, read from the web with the same care as a page, and known by its bytes alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flavorbot.addresses import is_public
from flavorbot.fetching import MB, Allowed, PageUnreadable, Resolve, Wanted, addresses_of, fetch

PICTURE = Wanted(
    accept="image/avif,image/webp,image/png,image/jpeg,image/gif",
    # Many servers name no kind, or a wrong one: what it is, its first bytes say.
    kinds=re.compile(r"image/[\w.+-]+|application/octet-stream|binary/octet-stream"),
    not_it="This is not a picture.",
    most_bytes=2 * MB,
    deadline_s=5.0,
)
# SVG is not among them: it can hold script.
_BEGIN = (
    ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
    ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("image/gif", re.compile(rb"GIF8[79]a")),
    ("image/webp", re.compile(rb"RIFF.{4}WEBPVP8", re.DOTALL)),
    ("image/avif", re.compile(rb".{4}ftypavi[fs]", re.DOTALL)),
)


@dataclass(frozen=True, slots=True)
class Picture:
    """Its bytes as they came, and its media type."""

    content: bytes
    kind: str


def fetch_picture(url: str, *, resolve: Resolve = addresses_of, allowed: Allowed = is_public) -> Picture:
    """The picture at an address; what `fetch` raises, and `PageUnreadable` for what is none."""
    content = fetch(url, PICTURE, resolve=resolve, allowed=allowed).content
    kind = kind_of(content)
    if kind is None:
        raise PageUnreadable(PICTURE.not_it)
    return Picture(content, kind)


def kind_of(content: bytes) -> str | None:
    """The media type of a picture that every browser shows; None of anything else."""
    return next((kind for kind, begin in _BEGIN if begin.match(content)), None)
