"""What is on the web, read with care: the address that was checked is the one that is asked, and all has its limits."""

from __future__ import annotations

import http.client
import io
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urljoin

from flavorbot.addresses import IPAddress, NotOnTheWeb, Place, is_public, parse_address
from flavorbot.errors import FieldError, GeneratorBusy, InvalidInput

Address = tuple[str, int]
"""An IP address and a port."""
Resolve = Callable[[str, int], Sequence[Address]]
Allowed = Callable[[IPAddress], bool]

MB = 1024 * 1024
MOST_HEADER_BYTES = 128 * 1024
MOST_HOPS = 5
AT_ONCE = 4
HEADERS = {
    "User-Agent": "FlavorBot/1 (reads one page when a person asks)",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}

BY_HAND = "Save the page in your browser and bring the file in, or paste the recipe's text."
_REFUSING = frozenset({401, 402, 403, 405, 406, 429, 451, 503})
_MOVED = frozenset({301, 302, 303, 307, 308})
_BLOCK = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for, of which kinds, and how long and how large it may be, unpacked.

    Of `readers` one worker has only so many, so that slow sites do not hold all of its threads.
    """

    accept: str
    kinds: re.Pattern[str]
    not_it: str
    most_bytes: int
    deadline_s: float
    readers: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))


PAGE = Wanted(
    accept="text/html,application/xhtml+xml,application/ld+json;q=0.9,application/json;q=0.8",
    kinds=re.compile(r"text/html|application/(?:xhtml\+xml|ld\+json|json)"),
    not_it="This is not a web page.",
    most_bytes=3 * MB,
    deadline_s=10.0,
)


class PageUnreadable(InvalidInput):
    """A page that did not come, and what to do instead."""

    def __init__(self, message: str) -> None:
        super().__init__([FieldError("url", f"{message} {BY_HAND}")])


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came, and from where in the end; `charset` is what its header says, if anything."""

    url: str
    content: bytes
    kind: str
    charset: str | None


def addresses_of(host: str, port: int) -> Sequence[Address]:
    """Every address that the system's resolver knows of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(str(each[4][0]), port) for each in found]


def fetch_page(
    url: str, *, resolve: Resolve = addresses_of, allowed: Allowed = is_public, deadline_s: float = PAGE.deadline_s
) -> Fetched:
    """The page at an address; see `fetch`."""
    return fetch(url, replace(PAGE, deadline_s=deadline_s), resolve=resolve, allowed=allowed)


def fetch(url: str, wanted: Wanted, *, resolve: Resolve = addresses_of, allowed: Allowed = is_public) -> Fetched:
    """What is at an address, over redirects; `NotOnTheWeb`, `PageUnreadable`, `GeneratorBusy`.

    `allowed` decides which addresses may be asked at all.
    """
    if not wanted.readers.acquire(blocking=False):
        raise GeneratorBusy("Many pages are being read just now. Please try again in a moment.")
    try:
        return _follow(parse_address(url), wanted, resolve, allowed)
    except ssl.SSLError:
        raise PageUnreadable("This site could not prove that it is who it says.") from None
    except TimeoutError:
        raise PageUnreadable(f"This site took longer than {wanted.deadline_s:g} seconds.") from None
    except (OSError, http.client.HTTPException, ValueError, zlib.error):
        raise PageUnreadable("This site did not answer as a website does.") from None
    finally:
        wanted.readers.release()


def _follow(place: Place, wanted: Wanted, resolve: Resolve, allowed: Allowed) -> Fetched:
    deadline = Deadline(wanted.deadline_s)
    for _ in range(MOST_HOPS + 1):
        addresses = _checked(resolved(place, resolve, deadline), allowed)
        connection = Pinned(place, addresses, deadline, wanted.most_bytes)
        try:
            connection.request("GET", place.path, headers=HEADERS | {"Accept": wanted.accept})
            answer = connection.getresponse()
            if answer.status not in _MOVED:
                return _read(place, wanted, answer)
            place = parse_address(urljoin(place.url, answer.headers.get("Location") or ""))
        finally:
            connection.hang_up()
    raise PageUnreadable("This address leads from one to the next and never to a page.")


def resolved(place: Place, resolve: Resolve, deadline: Deadline) -> Sequence[Address]:
    """A resolver has no time limit of its own: it is asked in a thread that nobody waits for longer than this."""
    answers: SimpleQueue[Sequence[Address]] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(place.host, place.port))
        except (OSError, UnicodeError):
            answers.put(())

    threading.Thread(target=ask, daemon=True).start()
    try:
        return answers.get(timeout=deadline.left())
    except Empty:
        raise TimeoutError from None


def _checked(addresses: Sequence[Address], allowed: Allowed) -> Sequence[Address]:
    """The addresses, when a machine may be asked at each; a name that has any other, or none, is not on the web."""
    if not addresses or not all(allowed(ipaddress.ip_address(address)) for address, _ in addresses):
        raise NotOnTheWeb
    return addresses


def _read(place: Place, wanted: Wanted, answer: http.client.HTTPResponse) -> Fetched:
    if answer.status in _REFUSING:
        raise PageUnreadable("This site refuses to be read by programs.")
    if answer.status in (404, 410):
        raise PageUnreadable("This site says that it has no page at this address.")
    if answer.status != 200:
        raise PageUnreadable(f"This site answered with an error ({answer.status}).")
    kind = answer.headers.get_content_type()
    if "Content-Type" not in answer.headers or not wanted.kinds.fullmatch(kind):
        raise PageUnreadable(wanted.not_it)
    return Fetched(place.url, _content(answer, wanted.most_bytes), kind, answer.headers.get_content_charset())


def _content(answer: http.client.HTTPResponse, most_bytes: int) -> bytes:
    """The whole body, unpacked while it is counted."""
    unpack = _unpacker(answer.headers.get("Content-Encoding", "identity").strip().lower())
    content = bytearray()
    while block := answer.read1(_BLOCK):
        content += unpack.decompress(block, most_bytes + 1 - len(content)) if unpack else block
        if len(content) > most_bytes:
            raise _too_much(most_bytes)
    if answer.length or (unpack and not unpack.eof):
        raise http.client.IncompleteRead(b"")
    return bytes(content)


def _unpacker(encoding: str) -> Any | None:  # noqa: ANN401
    """What undoes this encoding; None where there is nothing to undo."""
    if encoding in ("identity", ""):
        return None
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise PageUnreadable("This page came packed in a way that we did not ask for.")
    return zlib.decompressobj(zlib.MAX_WBITS | 32)


def _too_much(most_bytes: int) -> PageUnreadable:
    return PageUnreadable(f"This page is over {most_bytes // MB} MB.")


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed; read once, since that takes a tenth of a second."""
    return ssl.create_default_context()


class Deadline:
    """A moment by which all is done."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds, more than none; `TimeoutError`."""
        seconds = self._at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


class Pinned(http.client.HTTPConnection):
    """A connection to an address that was checked, by the name that the certificate must have."""

    def __init__(self, place: Place, addresses: Sequence[Address], deadline: Deadline, most_bytes: int) -> None:
        super().__init__(place.host, place.port)
        self._most_bytes = most_bytes
        self.default_port = 443 if place.scheme == "https" else 80
        self._place = place
        self._addresses = addresses
        self._deadline = deadline
        self._open: socket.socket | None = None

    def connect(self) -> None:
        self._open = self._opened()
        if self._place.scheme == "https":
            self._open.settimeout(self._deadline.left())
            self._open = _trusted().wrap_socket(self._open, server_hostname=self._place.host)
        self.sock = _Timed(self._open, self._deadline, self._most_bytes)

    def hang_up(self) -> None:
        """Close it for good; `close` leaves that to whoever still reads the answer."""
        self.close()
        if self._open is not None:
            self._open.close()

    def _opened(self) -> socket.socket:
        """To the first that answers of a few."""
        failed = OSError("no address")
        for address in self._addresses[:3]:
            try:
                return socket.create_connection(address, self._deadline.left() / 2)
            except TimeoutError:
                self._deadline.left()
                failed = TimeoutError()
            except OSError as error:
                failed = error
        raise failed


class _Timed:
    """A socket that gives up at the deadline, however often a little comes."""

    def __init__(self, sock: socket.socket, deadline: Deadline, most_bytes: int) -> None:
        self._sock = sock
        self._deadline = deadline
        self._most_bytes = most_bytes

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Incoming(self._sock, self._deadline, self._most_bytes))

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def close(self) -> None:
        """The answer may still be read."""


class _Incoming(io.RawIOBase):
    """What comes over a socket until the deadline; more than was asked for is too much, headers and all."""

    def __init__(self, sock: socket.socket, deadline: Deadline, most_bytes: int) -> None:
        super().__init__()
        self._sock = sock
        self._deadline = deadline
        self._most_bytes = most_bytes
        self._left = most_bytes + MOST_HEADER_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401
        self._sock.settimeout(self._deadline.left())
        count = self._sock.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise _too_much(self._most_bytes)
        return count
