"""Where people may be sent after signing in: to a path of this site, never to another."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

LONGEST = 2_000
# Nothing to see there for whoever has just signed in.
NOWHERE = ("/logout", "/generate")


def safe_next(target: str | None, otherwise: str = "/") -> str:
    """`target` when every browser reads it as a path of this site, else `otherwise`."""
    if not target or len(target) > LONGEST or not _stays_here(target) or not _stays_here(unquote(target)):
        return otherwise
    return target


def _stays_here(target: str) -> bool:
    """Browsers take a backslash for a slash, and leave out tabs and line ends."""
    if not target.startswith("/") or target.startswith("//") or "\\" in target or not target.isprintable():
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and parts.path not in NOWHERE
