"""Pages that a browser saved as one file: MHTML (RFC 2557) of Chrome and Edge, and Safari's web archives."""

from __future__ import annotations

import email
import plistlib
from collections.abc import Mapping
from email.message import Message

from flavorbot.exchange.readers.cleaning import address

_PLIST = b"bplist00"
_LONGEST_HEAD = 4_000
_HEADS = (b"From: ", b"MIME-Version: ", b"Subject: ", b"Date: ")


def page_in(content: bytes) -> tuple[bytes, str | None] | None:
    """The page itself and its address; None when this is no such file, or there is no page in it."""
    if content.startswith(_PLIST):
        return _of_safari(content)
    if content.startswith(_HEADS) and b"multipart/related" in content[:_LONGEST_HEAD]:
        return _of_mhtml(email.message_from_bytes(content))
    return None


def _of_safari(content: bytes) -> tuple[bytes, str | None] | None:
    data = plistlib.loads(content, fmt=plistlib.FMT_BINARY)
    page = data.get("WebMainResource") if isinstance(data, Mapping) else None
    html = page.get("WebResourceData") if isinstance(page, Mapping) else None
    if not isinstance(page, Mapping) or not isinstance(html, bytes):
        return None
    return html, address(page.get("WebResourceURL"))


def _of_mhtml(message: Message) -> tuple[bytes, str | None] | None:
    part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    html = part.get_payload(decode=True) if part else None
    if part is None or not isinstance(html, bytes):
        return None
    return html, address(str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""))
