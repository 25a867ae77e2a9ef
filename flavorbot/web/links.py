"""Addresses that leave this site: in mails, in links to copy, for search engines."""

from __future__ import annotations

import ipaddress
from typing import Any

from flask import request, url_for

from flavorbot.model import Share
from flavorbot.web.guard import LOOPBACK, asked_host
from flavorbot.web.services import services


def full_link(endpoint: str, **parts: Any) -> str:  # noqa: ANN401
    """The whole address of a page, the same whatever `Host` a request claims."""
    return site_address() + url_for(endpoint, **parts)


def share_link(share: Share) -> str:
    """What the owner of a link gives away."""
    return full_link("public.show", token=services().share_tokens.of(share))


def site_address() -> str:
    """`FLAVORBOT_URL`; without it what was asked for, if that is this machine or one of its own network."""
    settings = services().settings
    if settings.public_url:
        return settings.public_url
    return request.host_url.rstrip("/") if _is_near(asked_host()) else f"http://localhost:{settings.port}"


def _is_near(host: str) -> bool:
    if host in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_private
    except ValueError:
        return False
