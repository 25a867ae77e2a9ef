"""Whether two recipes came from the same page."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit

DIGITS = 12
# What follows readers around and does not change the page.
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid")


def origin_of(url: str | None) -> str | None:
    """A short text that is the same for addresses of the same page, however they are written; a front page has none."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    query = [pair for pair in parse_qsl(parts.query) if not pair[0].lower().startswith(_TRACKING)]
    if not path and not query:
        return None
    page = f"{host}{path}?{urlencode(sorted(query))}"
    return hashlib.sha256(page.encode("utf-8", "replace")).hexdigest()[:DIGITS]
