"""A proxy between FlavorBot and DynamoDB that breaks chosen answers and counts what is asked."""

from __future__ import annotations

import http.client
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.chaos.faults import FAULTS, HANG_S, Call, Spoil

WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem"})
EVERYTHING = frozenset({*WRITES, "GetItem", "Query", "BatchGetItem", "Scan"})


@dataclass
class Fault:
    """What befalls requests: those of these operations, the first so many after some that are spared, or a share."""

    name: str
    spoil: Spoil
    operations: frozenset[str]
    first: int | None
    share: float
    spared: int = 0
    hits: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(8))

    def befalls(self, operation: str) -> bool:
        if operation not in self.operations or (self.first is not None and self.hits >= self.first):
            return False
        if self.spared:
            self.spared -= 1
            return False
        if self.share < 1 and self.chance.random() >= self.share:
            return False
        self.hits += 1
        return True


class Proxy:
    """Listens on a port of its own; forwards what no fault befalls."""

    def __init__(self, upstream: str) -> None:
        address = urlsplit(upstream)
        self.upstream = (address.hostname or "127.0.0.1", address.port or 80)
        self.calls: Counter[str] = Counter()
        self.healed = threading.Event()
        self._fault: Fault | None = None
        self._lock = threading.Lock()
        self._listen()

    def close(self) -> None:
        self.healed.set()
        self._server.shutdown()
        self._server.server_close()

    @contextmanager
    def breaking(
        self,
        name: str,
        operations: frozenset[str] = EVERYTHING,
        first: int | None = None,
        share: float = 1,
        spared: int = 0,
    ) -> Iterator[Fault]:
        """While it lasts, the fault of this name befalls what is chosen; afterwards all is well at once."""
        fault = Fault(name, FAULTS[name], operations, first, share, spared)
        self.healed.clear()
        self._fault = fault
        try:
            yield fault
        finally:
            self._fault = None
            self.healed.set()

    @contextmanager
    def counting(self) -> Iterator[Counter[str]]:
        """What is asked meanwhile, by operation."""
        before, seen = Counter(self.calls), Counter[str]()
        try:
            yield seen
        finally:
            seen.update(self.calls - before)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Nothing listens, and what was connected is cut off."""
        port = self._server.server_port
        self._server.shutdown()
        self._server.server_close()
        for connection in list(self._server.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        try:
            yield
        finally:
            self._listen(port)

    def _listen(self, port: int = 0) -> None:
        self._server = _Server(self, port)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def spoils(self, operation: str) -> Spoil | None:
        with self._lock:
            self.calls[operation] += 1
            return self._fault.spoil if self._fault is not None and self._fault.befalls(operation) else None


class Handler(BaseHTTPRequestHandler):
    """One connection of FlavorBot's, with one of its own to the store."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)
        host, port = self.server.proxy.upstream
        self.used_at = time.monotonic()
        self.store = http.client.HTTPConnection(host, port, timeout=HANG_S)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        self.store.close()
        with suppress(OSError):
            super().finish()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        operation = self.headers.get("X-Amz-Target", "").rpartition(".")[2]
        call = Call(self.server.proxy, self, operation, body)
        spoil = self.server.proxy.spoils(operation)
        if spoil is None:
            call.answer(call.forward())
        else:
            spoil(call)

    def log_message(self, *_: object) -> None: ...


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, proxy: Proxy, port: int) -> None:
        self.proxy = proxy
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, *_: object) -> None:
        """Whoever hung up is not told of."""


@contextmanager
def proxied(upstream: str) -> Iterator[Proxy]:
    proxy = Proxy(upstream)
    try:
        yield proxy
    finally:
        proxy.close()


def until(true: Callable[[], bool], seconds: float) -> float | None:
    """How long it took to become true; None when it did not in time."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if true():
            return time.monotonic() - began
        time.sleep(0.1)
    return None
