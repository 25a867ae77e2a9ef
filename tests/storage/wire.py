"""A server that speaks HTTP byte by byte as a test tells it, where DynamoDB would answer."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

Reply = Callable[[socket.socket, dict[str, Any]], None]


@dataclass
class Asked:
    """One request as it came."""

    first: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Wire:
    """`replies` is the script, of which the last is given again and again; `connections` counts those that came."""

    listener: socket.socket
    tls: ssl.SSLContext | None = None
    replies: list[Reply] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        port = self.listener.getsockname()[1]
        return f"https://localhost:{port}" if self.tls else f"http://127.0.0.1:{port}"

    def run(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(10)
            talk = self.tls.wrap_socket(connection, server_side=True) if self.tls else connection
            with talk:
                while asked := _next(talk):
                    self.asked.append(asked)
                    reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
                    reply(talk, json.loads(asked.body))


@contextmanager
def wired(tls: ssl.SSLContext | None = None) -> Iterator[Wire]:
    """A server that runs until it is left."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        wire = Wire(listener, tls)
        threading.Thread(target=wire.run, daemon=True).start()
        try:
            yield wire
        finally:
            wire.over.set()
            listener.shutdown(socket.SHUT_RDWR)


def says(content: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer with the sum that DynamoDB gives, unless told another."""
    named = {"Content-Length": str(len(content)), "x-amz-crc32": str(crc32(content)), "x-amzn-RequestId": "ABC"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + content


def sends(*pieces: bytes) -> Reply:
    def reply(connection: socket.socket, _: object) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return reply


def sends_and_leaves(*pieces: bytes) -> Reply:
    def reply(connection: socket.socket, asked: dict[str, Any]) -> None:
        sends(*pieces)(connection, asked)
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()

    return reply


def sends_and_waits(wire: Wire, begun: bytes) -> Reply:
    """As long as the server runs."""

    def reply(connection: socket.socket, _: object) -> None:
        connection.sendall(begun)
        wire.over.wait()

    return reply


def _next(connection: socket.socket) -> Asked | None:
    received = b""
    while b"\r\n\r\n" not in received:
        more = connection.recv(65536)
        if not more:
            return None
        received += more
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers["content-length"]):
        body += connection.recv(65536)
    return Asked(first, headers, body)
