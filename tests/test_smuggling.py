"""Requests that two servers in a row would cut apart differently: each is refused, and nothing after it is answered."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tests.server import serving

ODD = {
    "length and chunks": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
    "a signed length": b"Content-Length: +0\r\n\r\n",
    "unknown coding": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks last not": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "a space before the colon": b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a folded line": b"X: a\r\n Transfer-Encoding: chunked\r\n\r\n",
    "NUL in a value": b"X: a\0b\r\n\r\n",
    "a bare line feed": b"X: a\nContent-Length: 5\r\n\r\n",
    "two hosts": b"Host: evil.example\r\n\r\n",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    with serving(tmp_path_factory.mktemp("smuggling") / "data", WEB_CONCURRENCY="1", THREADS="4") as url:
        yield "127.0.0.1", int(url.rpartition(":")[2])


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_no_second_request_is_smuggled_in(address: tuple[str, int], odd: bytes) -> None:
    hidden = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    told = answers(address, b"POST /login HTTP/1.1\r\nHost: localhost\r\n" + odd + hidden)
    assert told.count(b"HTTP/1.1 ") == 1, told
    assert told.split()[1] in (b"400", b"403", b"501"), told
    assert b'"ok"' not in told


def answers(address: tuple[str, int], sent: bytes) -> bytes:
    """All that comes back before the other side hangs up, which it must."""
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(sent)
        told = bytearray()
        while block := connection.recv(65536):
            told += block
    return bytes(told)
