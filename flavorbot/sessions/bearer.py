"""Requests that carry a token of their own: whoever else their browser is signed in as does not matter."""

from __future__ import annotations

from flask import Request


def bearer_of(request: Request) -> str | None:
    """What follows `Authorization: Bearer`, whatever it is; None where that was not sent (RFC 6750, section 2.1)."""
    sent = request.authorization
    return (sent.token or "") if sent is not None and sent.type == "bearer" else None
