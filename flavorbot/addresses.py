"""Which addresses FlavorBot opens itself: those of pages on the public web, never what is inside a network."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from flavorbot.errors import FieldError, InvalidInput

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"http": 80, "https": 443}
LONGEST = 2_000

_ODD = re.compile(r"[\s\x00-\x20\x7f\\<>\"]")
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
# A name ends in letters: all spellings of a bare IP address end in a number, and "localhost" has no point.
_NAME = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,58}}[a-z0-9])")
_KEPT = "%/:@!$&'()*+,;=~-._?"

_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
# What Python's registry calls global, and what yet is not a machine of the public web: prefixes that carry an IPv4
# address (Teredo, 6to4 and its relays), documentation, and the address at which Azure's hosts serve their guests.
_NOT_THE_WEB = tuple(
    ipaddress.ip_network(network)
    for network in ("2001::/23", "2002::/16", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")
)


class NotOnTheWeb(InvalidInput):
    """An address that is not opened; one message for all, which tells nothing about what is behind it."""

    def __init__(self) -> None:
        message = (
            "We open only pages that anybody can open on the web, and found none at this address. Check it for a slip; "
            "or save the page in your browser and bring the file in."
        )
        super().__init__([FieldError("url", message)])


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: a host by its name in ASCII, and the path with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}{self.path}"


def parse_address(text: str) -> Place:
    """The place that an address names; `NotOnTheWeb` for all but http and https, by name, on their own ports."""
    address = text.strip()
    if not address or len(address) > LONGEST or _ODD.search(address):
        raise NotOnTheWeb
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        port = PORTS[parts.scheme] if parts.port is None else parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    except (ValueError, KeyError):
        raise NotOnTheWeb from None
    if "@" in parts.netloc or port not in PORTS.values() or len(host) > 253 or not _NAME.fullmatch(host):
        raise NotOnTheWeb
    path = urlunsplit(("", "", quote(parts.path or "/", _KEPT), quote(parts.query, _KEPT), ""))
    return Place(parts.scheme, host, port, path)


def is_public(address: IPAddress) -> bool:
    """Whether an address is a machine's on the public internet, the same from wherever one asks."""
    if address.version == 6 and address not in _GLOBAL_UNICAST:
        return False
    inner = address.is_multicast or address.is_reserved or any(address in network for network in _NOT_THE_WEB)
    return address.is_global and not inner
