"""Load on a server: a few connections, each with one request under way, as fast as the answers come."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

TIMEOUT_S = 30.0
# The bytes of one request: of which connection, and which one of it.
Make = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, with its headers by lower-case name; `took_s` from the first byte sent to the last received."""

    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes
    size: int
    took_s: float


@dataclass(slots=True)
class Load:
    """What a run gave: how long each request took, in order of length, and what was answered."""

    seconds: float = 0.0
    took_s: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    size: int = 0
    last: Answer | None = None

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.took_s) / self.seconds if self.seconds else 0.0

    def percentile_ms(self, share: float) -> float:
        return self.took_s[min(int(len(self.took_s) * share), len(self.took_s) - 1)] * 1000 if self.took_s else 0.0

    @property
    def failed(self) -> int:
        """Answers that are no success and no redirect."""
        return sum(count for status, count in self.statuses.items() if status >= 400)


class Connection:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._left = b""

    def ask(self, request: bytes) -> Answer:
        """`OSError` where the server breaks off."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), TIMEOUT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        began = time.perf_counter()
        self._socket.sendall(request)
        head = self._until(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        headers = dict(fields)
        body = self._chunks() if headers.get("transfer-encoding") == "chunked" else self._exactly(_length(headers))
        took_s = time.perf_counter() - began
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(first.split()[1]), headers, _cookies(fields), body, len(head) + 4 + len(body), took_s)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket, self._left = None, b""

    def _receive(self) -> None:
        part = self._socket.recv(65536) if self._socket else b""
        if not part:
            raise ConnectionError("the server broke off")
        self._left += part

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._left:
            self._receive()
        found, _, self._left = self._left.partition(mark)
        return found

    def _exactly(self, count: int) -> bytes:
        while len(self._left) < count:
            self._receive()
        found, self._left = self._left[:count], self._left[count:]
        return found

    def _chunks(self) -> bytes:
        parts = []
        while size := int(self._until(b"\r\n"), 16):
            parts.append(self._exactly(size))
            self._exactly(2)
        self._exactly(2)
        return b"".join(parts)


def _cookies(fields: list[tuple[str, str]]) -> dict[str, str]:
    set_cookies = (value.partition(";")[0].partition("=") for name, value in fields if name == "set-cookie")
    return {name: value for name, _, value in set_cookies}


def _length(headers: dict[str, str]) -> int:
    return int(headers.get("content-length", 0))


def load(port: int, make: Make, *, connections: int, seconds: float, most: int = 1_000_000) -> Load:
    """Ask for so long, or `most` requests in all; a broken connection raises."""
    found, lock = Load(), threading.Lock()
    until = time.perf_counter() + seconds
    faults: list[BaseException] = []

    def ask(number: int) -> None:
        connection, done = Connection(port), 0
        try:
            while time.perf_counter() < until and done < most // connections:
                answer = connection.ask(make(number, done))
                done += 1
                with lock:
                    found.took_s.append(answer.took_s)
                    found.statuses[answer.status] += 1
                    found.size, found.last = answer.size, answer
        except OSError as error:
            faults.append(error)
        finally:
            connection.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.seconds = time.perf_counter() - began
    if faults:
        raise faults[0]
    found.took_s.sort()
    return found


def message(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body
