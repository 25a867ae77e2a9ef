"""What the session cookie holds: 256 random bits and a MAC, so that a made-up one is known without a storage call."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{43}")


def new_value(key: bytes) -> str:
    """A cookie value that was never used before: token, dot, MAC."""
    token = secrets.token_urlsafe(32)
    return f"{token}.{_mac(token, key)}"


def is_ours(value: str, key: bytes) -> bool:
    """Whether a cookie value was made here; anything may come from a browser."""
    if not _SHAPE.fullmatch(value):
        return False
    token, mac = value.split(".")
    return hmac.compare_digest(mac, _mac(token, key))


def sid_of(value: str) -> str:
    """The id under which a session is stored: nobody who reads it there can sign in with it."""
    return hashlib.sha256(value.encode("ascii")).hexdigest()


def _mac(token: str, key: bytes) -> str:
    digest = hmac.digest(key, token.encode("ascii"), hashlib.sha256)
    return urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
