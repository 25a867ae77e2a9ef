"""What a browser is asked to do with a passkey, remembered in its session until it answers, once."""

from __future__ import annotations

import ipaddress
from typing import Literal
from urllib.parse import urlsplit

from flask import Response, request, session

from flavorbot.errors import Conflict, NotSignedIn
from flavorbot.passkeys import CHALLENGE_MINUTES, Site
from flavorbot.web.guard import own_origins
from flavorbot.web.people import keep_session, moment_s
from flavorbot.web.services import services

Aim = Literal["add", "sign-in", "confirm"]

ASKED = "passkey"


def site() -> Site:
    """This site as passkeys know it; `Conflict` at an address that has no name, for which browsers make none."""
    host = urlsplit(services().settings.public_url or request.host_url).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return Site(host=host, origins=tuple(sorted(own_origins())))
    raise Conflict(f"Passkeys belong to a name, and {host} is a number. On your own computer open this at localhost.")


def ask(aim: Aim, challenge: bytes, options: str) -> Response:
    """Send the browser what to do."""
    from webauthn.helpers import bytes_to_base64url

    session[ASKED] = {"aim": aim, "challenge": bytes_to_base64url(challenge), "at": moment_s()}
    return Response(options, mimetype="application/json")


def asked(aim: Aim) -> bytes:
    """The challenge that this browser was sent for this; `NotSignedIn` when it is too old, or was answered before."""
    known = session.pop(ASKED, None)
    # Now, since the same answer may come a second time while this one is checked.
    if not isinstance(known, dict) or not keep_session() or known["aim"] != aim or _is_late(known["at"]):
        raise NotSignedIn("That took too long. Please try again.")
    from webauthn import base64url_to_bytes

    return base64url_to_bytes(known["challenge"])


def _is_late(asked_at: int) -> bool:
    return not 0 <= moment_s() - asked_at < CHALLENGE_MINUTES * 60
