"""Limits on how often something may be tried, counted in storage and so shared by all workers."""

from __future__ import annotations

import hashlib
import ipaddress

from flask import request

from flavorbot.errors import TooManyRequests
from flavorbot.web.services import services

QUARTER_OF_AN_HOUR_S, HOUR_S = 900, 3_600


def check_rate(action: str, subject: str, limit: int, window_s: int) -> None:
    """Count one more try of `subject`; `TooManyRequests` over the limit. Raises `StorageError`, so fails closed."""
    found = services()
    if not found.settings.rates:
        return
    rate = found.storage.check_rate(action, _key(subject), limit, window_s)
    if not rate.allowed:
        raise TooManyRequests("That was tried too often. Please wait a little and try again.", rate.resets_at)


def check_address(action: str, *, limit: int, window_s: int) -> None:
    """Count one more try from where this request comes; see `check_rate`."""
    check_rate(action, client_address(), limit, window_s)


def check_own_password(user_id: str) -> None:
    """Count one more try of whoever is signed in at giving their password, wherever that is asked for."""
    check_rate("own password", user_id, 10, QUARTER_OF_AN_HOUR_S)


def check_registering() -> None:
    """Count one more account from where this request comes, by whatever way it is made."""
    check_address("register", limit=20, window_s=HOUR_S)


def client_address() -> str:
    """Who is asking: an IPv4 address, or the network of 64 bits that one household has in IPv6."""
    text = request.remote_addr or "unknown"
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _key(subject: str) -> str:
    """Short whatever was typed, and no list of addresses for whoever reads the table."""
    return hashlib.sha256(subject.encode("utf-8", "replace")).hexdigest()[:32]
