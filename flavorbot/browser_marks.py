"""What a browser shows to prove that an account was signed in to in it; nobody else can make it."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode

from flavorbot.accounts import fold_email
from flavorbot.secret import derive_key


class BrowserMarks:
    """Makes the mark of a browser and an account, 128 bits as text."""

    def __init__(self, secret: bytes) -> None:
        self._key = derive_key(secret, "known browsers")

    def of(self, browser: str, email: str) -> str:
        text = f"{browser} {fold_email(email)}".encode("utf-8", "replace")
        digest = hmac.digest(self._key, text, hashlib.sha256)
        return urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()
