"""haproxy and nginx as `deploy/` sets them up, on ports of a test."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.parts import free_port, need

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
START_S = 10


def program(name: str) -> str:
    """Where it is; Debian's nginx is not on everybody's path."""
    return need(shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin"), f"{name}: apt-get install {name}")


def haproxy_file(folder: Path, port: int, servers: Sequence[int]) -> Path:
    """`deploy/haproxy.cfg` with these ports in place of its own; with one server, the other one is left out."""
    text = (DEPLOY / "haproxy.cfg").read_text(encoding="utf-8").replace("bind :80\n", f"bind 127.0.0.1:{port}\n")
    for line, server in zip(("server one 127.0.0.1:8000", "server two 127.0.0.1:8001"), (*servers, None), strict=False):
        assert line in text
        text = text.replace(line, "" if server is None else f"{line[:-4]}{server}")
    # Whoever runs tests is root, or must not become another.
    text = text.replace("    user haproxy\n    group haproxy\n", "")
    file = folder / "haproxy.cfg"
    file.write_text(text, encoding="utf-8")
    return file


def nginx_file(folder: Path, port: int, server: int) -> Path:
    """A main configuration around `deploy/nginx.conf`, with a certificate and these ports in place of its own."""
    certificate, key = _certificate(folder)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    changes = {
        "    listen 80;\n    listen [::]:80;": f"    listen 127.0.0.1:{free_port()};",
        "    listen 443 ssl http2;\n    listen [::]:443 ssl http2;": f"    listen 127.0.0.1:{port} ssl http2;",
        "/etc/ssl/flavorbot/fullchain.pem": str(certificate),
        "/etc/ssl/flavorbot/privkey.pem": str(key),
        "server 127.0.0.1:8000 ": f"server 127.0.0.1:{server} ",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log stderr; events {{}}"
        f" http {{ {paths} access_log off;\n{text}\n}}",
        encoding="utf-8",
    )
    return file


@contextmanager
def haproxy(folder: Path, *servers: int) -> Iterator[int]:
    """Run it in front of these ports; gives its own."""
    port = free_port()
    with _running([program("haproxy"), "-db", "-f", str(haproxy_file(folder, port, servers))], port):
        yield port


@contextmanager
def nginx(folder: Path, server: int) -> Iterator[int]:
    port = free_port()
    with _running([program("nginx"), "-c", str(nginx_file(folder, port, server))], port):
        yield port


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + START_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None, command
                assert time.monotonic() < until, command
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(10)


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return certificate, private
