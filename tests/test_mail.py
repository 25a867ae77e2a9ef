"""Mail reaches a real SMTP server, or a file; whatever goes wrong there is told, and told truly."""

from __future__ import annotations

import email
import logging
import socket
import ssl
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from flavorbot import mail as mailing
from flavorbot.errors import InvalidInput, MailError, SettingsError
from flavorbot.mail import open_mailer
from flavorbot.model import Mail
from flavorbot.settings import MailServer, Settings
from tests.parts import free_port

MAIL = Mail(
    to="bea@example.org",
    subject="Crème brûlée",
    text="Look:\nhttps://cook.example/r/" + "x" * 90 + "\nfrom Zoë",
    html="<p>Look</p>",
)


class Inbox:
    """What a server was given; `refuse` is what it answers to recipients instead."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.signed_in: list[LoginPassword] = []
        self.encrypted: list[bool] = []
        self.refuse = ""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.refuse or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(read(cast(bytes, envelope.content)))
        self.encrypted.append(bool(session.ssl or (server.transport and server.transport.get_extra_info("sslcontext"))))
        return "250 OK"

    def sign_in(self, server: SMTP, session: Session, envelope: Envelope, how: str, data: Any) -> AuthResult:  # noqa: ANN401
        self.signed_in.append(data)
        return AuthResult(success=data == LoginPassword(b"ada@example.com", b"se:cret"))


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=default)


@contextmanager
def serving(inbox: Inbox, **options: Any) -> Iterator[MailServer]:  # noqa: ANN401
    port = free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port, authenticator=inbox.sign_in, **options)
    controller.start()
    try:
        yield MailServer(host="127.0.0.1", port=port)
    finally:
        controller.stop()


@contextmanager
def talking(talk: Callable[[socket.socket], object]) -> Iterator[MailServer]:
    """A server of a test's own words, one connection at a time."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                connection, _ = listener.accept()
                with connection:
                    talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield MailServer(host="127.0.0.1", port=listener.getsockname()[1])
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def send(server: MailServer, mail: Mail = MAIL, **settings: Any) -> None:  # noqa: ANN401
    open_mailer(Settings(mail_server=server, mail_from="kitchen@example.com", **settings)).send(mail)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n").strip()


def test_a_mail_arrives_whole() -> None:
    inbox = Inbox()
    with serving(inbox) as server:
        send(server)
    [message] = inbox.mails
    assert (message["To"], message["From"]) == ("bea@example.org", "FlavorBot <kitchen@example.com>")
    assert message["Subject"] == "Crème brûlée"
    assert body(message, "plain") == MAIL.text
    assert body(message, "html") == MAIL.html
    assert message["Date"]
    assert message["Message-ID"].endswith("@example.com>")


def test_a_mail_may_be_text_alone() -> None:
    inbox = Inbox()
    with serving(inbox) as server:
        send(server, Mail(to="bea@example.org", subject="Hi", text="Hello"))
    assert inbox.mails[0].get_content_type() == "text/plain"


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("to", "bea@example.org\r\nBcc: eve@evil.example"),
        ("to", "bea@example.org, eve@evil.example"),
        ("to", "bea@example.org\n"),
        ("to", "bea"),
        ("to", "@example.org"),
        ("to", ""),
    ],
)
def test_no_other_address_can_be_smuggled_in(tmp_path: Path, field: str, text: str) -> None:
    with pytest.raises(InvalidInput):
        open_mailer(Settings(data_dir=tmp_path)).send(Mail(subject="Hi", text="", **{field: text}))
    assert not list(tmp_path.rglob("*.eml"))


@pytest.mark.parametrize(
    "subject", ["Hi\r\nBcc: eve@evil.example", "Hi\nBcc: eve@evil.example", "Hi\rBcc: x", "a\u2028b"]
)
def test_a_subject_is_one_line(tmp_path: Path, subject: str) -> None:
    open_mailer(Settings(data_dir=tmp_path)).send(Mail(to="bea@example.org", subject=subject, text="."))
    [message] = [read(file.read_bytes()) for file in tmp_path.rglob("*.eml")]
    assert message["Bcc"] is None
    assert message["Subject"] == " ".join(subject.split())


def test_without_a_server_mails_are_files(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "flavorbot")
    mailer = open_mailer(Settings(data_dir=tmp_path, public_url="https://cook.example:8443"))
    mailer.send(MAIL)
    mailer.send(MAIL)
    files = sorted((tmp_path / "mail").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert str(files[0]) in caplog.text
    assert "bea@" not in caplog.text
    assert not mailer.delivers
    message = read(files[0].read_bytes())
    assert message["From"] == "FlavorBot <flavorbot@cook.example>"
    assert body(message, "plain") == MAIL.text
    # Whoever reads the file finds the link in one piece.
    assert MAIL.text.splitlines()[1] in files[0].read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("not a folder")
    with pytest.raises(MailError, match="nothing was sent"):
        open_mailer(Settings(data_dir=tmp_path)).send(MAIL)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [("bücher.example", "xn--bcher-kva.example"), ("straße.example", "xn--strae-oqa.example")],
)
def test_an_address_in_any_script_is_written(tmp_path: Path, typed: str, sent: str) -> None:
    """As registries have it since 2010: strasse.example is another's."""
    open_mailer(Settings(data_dir=tmp_path)).send(Mail(to=f"zoë@{typed}", subject="Hi", text="."))
    [file] = (tmp_path / "mail").iterdir()
    assert f"zoë@{sent}" in file.read_text("utf-8")


@pytest.mark.parametrize("able", [True, False])
def test_an_address_in_any_script_needs_a_server_that_can(able: bool) -> None:
    inbox = Inbox()
    with serving(inbox, enable_SMTPUTF8=able) as server:
        if able:
            send(server, Mail(to="zoë@example.org", subject="Hi", text="."))
        else:
            with pytest.raises(InvalidInput, match="plain letters"):
                send(server, Mail(to="zoë@example.org", subject="Hi", text="."))
    assert len(inbox.mails) == able


@pytest.mark.parametrize(("answer", "error"), [("550 No such user", InvalidInput), ("451 Later", MailError)])
def test_a_refused_recipient_is_told(answer: str, error: type[Exception], caplog: pytest.LogCaptureFixture) -> None:
    inbox = Inbox()
    inbox.refuse = answer
    with serving(inbox) as server, pytest.raises(error):
        send(server)
    assert "bea@" not in caplog.text


def test_nobody_listening_is_told() -> None:
    with pytest.raises(MailError, match="nothing was sent"):
        send(MailServer(host="127.0.0.1", port=free_port()))


@pytest.mark.parametrize("greeting", [b"", b"hello\r\n", b"554 Go away\r\n", b"\xff\x00\r\n"])
def test_a_server_that_is_none_is_told(greeting: bytes) -> None:
    said = pytest.raises(MailError, match="nothing was sent")
    with talking(lambda connection: connection.sendall(greeting)) as server, said:
        send(server)


def test_a_slow_server_is_cut_off_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "TOTAL_S", 1.0)

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"220 ready\r\n")
        for _ in range(100):
            connection.sendall(b"250-wait\r\n")
            time.sleep(0.1)

    began = time.monotonic()
    with talking(drip) as server:
        with pytest.raises(MailError, match="nothing was sent"):
            send(server)
        assert time.monotonic() - began < 2


def test_a_lost_answer_is_not_called_unsent() -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.sendall(b"220 ready\r\n")
        with connection.makefile("rb") as lines:
            for line in lines:
                if line == b".\r\n":
                    return
                if line[:4].upper() in (b"EHLO", b"MAIL", b"RCPT"):
                    connection.sendall(b"250 fine\r\n")
                elif line[:4].upper() == b"DATA":
                    connection.sendall(b"354 go on\r\n")

    with talking(hang_up) as server, pytest.raises(MailError, match="may have been sent"):
        send(server)


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    """Of a server that its own certificate vouches for, kept in `ca.pem`."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    (tmp_path / "ca.pem").write_bytes(pem)
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (tmp_path / "server.pem").write_bytes(private + pem)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "server.pem")
    return context


def test_a_password_goes_encrypted(certificate: ssl.SSLContext) -> None:
    inbox = Inbox()
    with serving(inbox, tls_context=certificate, require_starttls=True) as server:
        send(MailServer(host="127.0.0.1", port=server.port, user="ada@example.com", password="se:cret"))
    assert inbox.encrypted == [True]
    assert inbox.signed_in == [LoginPassword(b"ada@example.com", b"se:cret")]


def test_tls_from_the_first_byte(certificate: ssl.SSLContext) -> None:
    inbox = Inbox()
    with serving(inbox, ssl_context=certificate) as server:
        send(MailServer(host="127.0.0.1", port=server.port, tls=True))
    assert inbox.encrypted == [True]


def test_a_wrong_password_is_told_without_it(certificate: ssl.SSLContext, caplog: pytest.LogCaptureFixture) -> None:
    inbox = Inbox()
    with serving(inbox, tls_context=certificate) as server, pytest.raises(MailError, match="nothing was sent") as told:
        send(MailServer(host="127.0.0.1", port=server.port, user="ada@example.com", password="wrong"))
    assert inbox.mails == []
    assert "wrong" not in caplog.text + str(told.value)


@pytest.mark.parametrize("known", [True, False])
def test_elsewhere_certificates_are_checked(
    certificate: ssl.SSLContext, known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "LOOPBACK", ())
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    inbox = Inbox()
    with serving(inbox, tls_context=certificate) as server:
        elsewhere = MailServer(host="localhost", port=server.port, user="ada@example.com", password="se:cret")
        if known:
            send(elsewhere)
        else:
            with pytest.raises(MailError, match="nothing was sent"):
                send(elsewhere)
    assert len(inbox.mails) == known


def test_elsewhere_no_password_goes_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailing, "LOOPBACK", ())
    inbox = Inbox()
    with serving(inbox, auth_require_tls=False) as server, pytest.raises(MailError, match="nothing was sent"):
        send(MailServer(host="127.0.0.1", port=server.port, user="ada@example.com", password="se:cret"))
    assert inbox.signed_in == []


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("smtp://mail.example.com", MailServer(host="mail.example.com", port=587)),
        ("smtps://mail.example.com", MailServer(host="mail.example.com", port=465, tls=True)),
        (
            "smtp://ada%40example.com:se%3Acret@mail.example.com:25/",
            MailServer(host="mail.example.com", port=25, user="ada@example.com", password="se:cret"),
        ),
    ],
)
def test_a_mail_servers_address_is_read(text: str, server: MailServer) -> None:
    assert Settings.from_env({"MAIL_URL": text}).mail_server == server
    assert "cret" not in repr(server)


@pytest.mark.parametrize(
    "text",
    [
        "mail.example.com", "http://ada:t0psecret@mail.example.com", "smtp://ada:t0psecret@", "smtp://ada@mail.example",
        "smtp://ada:t0psecret@mail.example:99999", "smtp://ada:t0psecret@mail.example/x", "smtp://[t0psecret",
    ],
)  # fmt: skip
def test_a_bad_address_is_told_without_its_password(text: str) -> None:
    with pytest.raises(SettingsError, match="MAIL_URL") as told:
        Settings.from_env({"MAIL_URL": text})
    assert "t0psecret" not in str(told.value)


@pytest.mark.parametrize("text", ["kitchen", "a@b c", "Kitchen <a@example.com>", "a@example.com\nBcc: x@y"])
def test_a_bad_sender_is_told(text: str) -> None:
    with pytest.raises(SettingsError, match="MAIL_FROM"):
        Settings.from_env({"MAIL_FROM": text})
