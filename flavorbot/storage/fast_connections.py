"""Kept-alive connections that many threads share, and the little of HTTP/1.1 that DynamoDB's answers need."""

from __future__ import annotations

import io
import select
import socket
import ssl
import weakref
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import cast
from urllib.parse import urlsplit

from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

PIECE_BYTES = 64 * 1024
MOST_HEAD_BYTES = 64 * 1024
HEAD_ENDS = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the names of its headers are in lower case."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    lasting: bool = False


class Connections:
    """Connections to one address; one of them serves one request at a time."""

    def __init__(self, url: str, tls: ssl.SSLContext | None, connect_s: float, read_s: float, most_idle: int) -> None:
        parts = urlsplit(url)
        self._url = url
        self._tls = tls
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if tls else 80)
        self._connect_s = connect_s
        self._read_s = read_s
        self._most_idle = most_idle
        self._idle: deque[socket.socket] = deque()
        weakref.finalize(self, _close_all, self._idle)

    def exchange(self, request: bytes) -> Answer | None:
        """The answer to a request; `None` where all of it cannot have arrived, botocore's errors where it may have."""
        try:
            connection = self._borrow()
        except OSError:
            return None
        lasting = False
        try:
            if not self._send(connection, request):
                return None
            answer = self._receive(connection)
            lasting = answer.lasting and len(self._idle) < self._most_idle
        finally:
            if lasting:
                self._idle.append(connection)
            else:
                connection.close()
        return answer

    def _borrow(self) -> socket.socket:
        while self._idle:
            try:
                connection = self._idle.pop()
            except IndexError:
                break
            if not _has_news(connection):
                return connection
            connection.close()
        return self._connect()

    def _connect(self) -> socket.socket:
        connection = socket.create_connection((self._host, self._port), self._connect_s)
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_hostname=self._host)
            connection.settimeout(self._read_s)
        except BaseException:
            connection.close()
            raise
        return connection

    def _send(self, connection: socket.socket, request: bytes) -> bool:
        """Whether all of it was handed over: without its last byte a request is not carried out."""
        try:
            connection.sendall(request)
        except TimeoutError as error:
            raise ConnectionClosedError(endpoint_url=self._url, error=error) from error
        except OSError:
            return False
        return True

    def _receive(self, connection: socket.socket) -> Answer:
        try:
            return receive(connection)
        except TimeoutError as error:
            raise ReadTimeoutError(endpoint_url=self._url, error=error) from error
        except (OSError, HTTPException) as error:
            raise ConnectionClosedError(endpoint_url=self._url, error=error) from error


def receive(connection: socket.socket) -> Answer:
    """One answer; `OSError` or `HTTPException` where it is none, or not all of it came."""
    received = connection.recv(PIECE_BYTES)
    while (end := received.find(HEAD_ENDS)) < 0:
        more = connection.recv(PIECE_BYTES)
        if not more or len(received) > MOST_HEAD_BYTES:
            raise HTTPException("this is not the head of an answer")
        received += more
    first, *lines = received[:end].decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = headers.get("content-length", "")
    plain = first.startswith("HTTP/1.1 ") and length.isdecimal() and len(headers) == len(lines)
    if not plain or "transfer-encoding" in headers or first[9:10] not in "2345":
        return _receive_unusual(connection, received)
    content = _rest(connection, received[end + len(HEAD_ENDS) :], int(length))
    # Bytes after the end belong to no request.
    lasting = len(content) == int(length) and headers.get("connection", "").lower() != "close"
    return Answer(int(first[9:12]), headers, content[: int(length)], lasting)


def _rest(connection: socket.socket, begun: bytes, length: int) -> bytes:
    pieces, missing = [begun], length - len(begun)
    while missing > 0:
        piece = connection.recv(min(missing, PIECE_BYTES))
        if not piece:
            raise HTTPException(f"the answer lacks {missing} bytes")
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


class _Received(io.RawIOBase):
    """A connection of which the beginning was read already."""

    def __init__(self, begun: bytes, connection: socket.socket) -> None:
        self._begun = begun
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._begun:
            return self._connection.recv_into(buffer)
        piece, self._begun = self._begun[: len(buffer)], self._begun[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)


def _receive_unusual(connection: socket.socket, received: bytes) -> Answer:
    """In chunks, without a length, in another version: as Python's own client reads it."""
    response = HTTPResponse(cast(socket.socket, _Received(received, connection)), method="POST")
    response.begin()
    content = response.read()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, content, lasting=not response.will_close)


def _has_news(connection: socket.socket) -> bool:
    """On a connection that waits for no answer that is its end."""
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


def _close_all(connections: deque[socket.socket]) -> None:
    while connections:
        connections.pop().close()
