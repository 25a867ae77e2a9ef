"""A site on loopback that answers as a test tells it to, byte for byte, and a resolver that leads there."""

from __future__ import annotations

import ipaddress
import socket
import socketserver
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flavorbot.addresses import IPAddress, is_public
from flavorbot.fetching import Address, Fetched, fetch_page

Answer = Callable[[socket.socket], None]

PAGE = b"<!doctype html><title>Soup</title>"
LOOPBACK = "127.0.0.1"


class Site(socketserver.ThreadingTCPServer):
    """`answers` are given in turn, the last one again and again; `requests` is what was asked."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__((LOOPBACK, 0), _Handler)
        self.context = context
        self.answers: list[Answer] = [page()]
        self.requests: list[str] = []
        self.over = threading.Event()

    def resolve(self, host: str, port: int) -> Sequence[Address]:
        """Every name is this site."""
        return [(LOOPBACK, self.server_address[1])]

    def fetch(self, url: str = "http://kitchen.example/soup", deadline_s: float = 5) -> Fetched:
        return fetch_page(url, resolve=self.resolve, allowed=or_loopback, deadline_s=deadline_s)

    def handle_error(self, *_: object) -> None:
        """A client that leaves early is no error here."""


class _Handler(socketserver.BaseRequestHandler):
    server: Site

    def handle(self) -> None:
        sock: socket.socket = self.request
        if self.server.context:
            sock = self.server.context.wrap_socket(sock, server_side=True)
        request = b""
        while not request.endswith(b"\r\n\r\n") and (more := sock.recv(4096)):
            request += more
        self.server.requests.append(request.decode("ascii"))
        answers = self.server.answers
        (answers.pop(0) if len(answers) > 1 else answers[0])(sock)
        sock.close()


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Site]:
    with Site(context) as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.over.set()
            site.shutdown()
            thread.join()


def or_loopback(address: IPAddress) -> bool:
    """What a test may reach besides the web: the one address that its site has."""
    return address == ipaddress.ip_address(LOOPBACK) or is_public(address)


def page(content: bytes = PAGE, status: str = "200 OK", **headers: str) -> Answer:
    named = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(content))}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return lambda sock: sock.sendall(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + content)


def moved(to: str, status: str = "302 Found") -> Answer:
    return page(b"", status, Location=to)


def zipped(content: bytes) -> Answer:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return page(packer.compress(content) + packer.flush(), Content_Encoding="gzip")


def endless(site: Site, first: bytes, more: bytes, pause_s: float = 0) -> Answer:
    """Says `first`, and then `more` again and again."""

    def answer(sock: socket.socket) -> None:
        sock.sendall(first)
        while not site.over.wait(pause_s):
            sock.sendall(more)

    return answer


def certificate(folder: Path, name: str) -> ssl.SSLContext:
    """A server's context with a new certificate of this name, which `folder / "ca.pem"` vouches for."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    return context
