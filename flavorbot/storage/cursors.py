"""Where a list goes on: a place, sealed for one person and one query."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import astuple, replace

from flavorbot.errors import BadRequest
from flavorbot.model import RecipeQuery
from flavorbot.searching.ordering import Place

MAC_BYTES = 16


class Cursors:
    """Seals and opens cursors. One names no partition: whoever reads on does so in their own."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.digest(secret, b"flavorbot list cursor", hashlib.sha256)

    def sealer(self, user_id: str, query: RecipeQuery) -> Callable[[Place], str]:
        """What makes a cursor of a place in this person's answer to this query."""

        def seal(place: Place) -> str:
            text = json.dumps(place, separators=(",", ":")).encode()
            return base64.urlsafe_b64encode(self._mac(user_id, query, text) + text).decode().rstrip("=")

        return seal

    def open(self, user_id: str, query: RecipeQuery, cursor: str | None) -> Place | None:
        """The place to go on after; `BadRequest` when it was not sealed for this person and query."""
        if cursor is None:
            return None
        sealed = _decoded(cursor)
        mac, text = sealed[:MAC_BYTES], sealed[MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(user_id, query, text)):
            raise BadRequest("This link to the next page is not valid; start again from the first page.")
        value, recipe_id = json.loads(text)
        return value, recipe_id

    def _mac(self, user_id: str, query: RecipeQuery, text: bytes) -> bytes:
        # What a collection holds may change while it is leafed through.
        context = json.dumps([user_id, *astuple(replace(query, among=None))]).encode()
        return hmac.digest(self._key, context + b"\n" + text, hashlib.sha256)[:MAC_BYTES]


def _decoded(cursor: str) -> bytes:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
