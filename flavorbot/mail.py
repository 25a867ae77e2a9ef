"""Mail to people: handed to a mail server, or written to files where none is set."""

from __future__ import annotations

import logging
import os
import secrets
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import urlsplit

import idna

from flavorbot.accounts import is_email
from flavorbot.errors import FieldError, FlavorBotError, InvalidInput, MailError
from flavorbot.interfaces import IMailer
from flavorbot.model import Mail
from flavorbot.settings import LOOPBACK, MailServer, Settings

# For all of it, and of that for reaching one address of the server and for its first word.
TOTAL_S = 10.0
REACH_S = 3.0
SITE = "FlavorBot"
NOT_SENT = "The mail server does not answer; nothing was sent. Please try again later."
UNSURE = "The mail server did not confirm this mail: it may have been sent, or not."

logger = logging.getLogger("flavorbot.mail")


def open_mailer(settings: Settings) -> IMailer:
    """The mailer that the settings name; nothing is connected to before it is first used."""
    host = urlsplit(settings.public_url or "").hostname or "localhost"
    sender = settings.mail_from or f"flavorbot@{'localhost' if ':' in host else host}"
    if settings.mail_server is not None:
        return SMTPMailer(settings.mail_server, sender)
    return FileMailer(settings.data_dir / "mail", sender)


class FileMailer:
    """Writes each mail to a file of its own; for development, and until a mail server is set."""

    delivers = False

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    def send(self, mail: Mail) -> None:
        # Not encoded any further, so that people can read the file and follow its links.
        message = compose(mail, self.sender, "8bit")
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}.eml"
        file, draft = self.folder / name, self.folder / f".{name}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Mails hold links that let people in.
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(message.as_bytes(policy=SMTP.clone(utf8=True)))
            draft.replace(file)
        except OSError as error:
            logger.error("mail cannot be written to %s: %s", self.folder, error.strerror)
            raise MailError("The mail could not be written; nothing was sent.") from error
        logger.info("mail written to %s", file)


class SMTPMailer:
    """Hands each mail to a server, encrypted unless that is this machine, or asks for no password and offers no TLS."""

    delivers = True

    def __init__(self, server: MailServer, sender: str) -> None:
        self.server = server
        self.sender = sender

    def send(self, mail: Mail) -> None:
        message = compose(mail, self.sender, "quoted-printable")
        told = NOT_SENT
        try:
            with self._connected(time.monotonic() + TOTAL_S) as smtp:
                self._introduce(smtp)
                _check_letters(mail.to, smtp)
                told = UNSURE
                smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _unwanted(error) from error
        except smtplib.SMTPResponseException as error:
            logger.error("the mail server %s answered %s", self.server.host, error.smtp_code)
            raise MailError("The mail server refused this; nothing was sent.") from error
        except (OSError, ValueError) as error:
            logger.error(
                "no mail by %s: %s", self.server.host, getattr(error, "strerror", None) or type(error).__name__
            )
            raise MailError(told) from error

    @contextmanager
    def _connected(self, until: float) -> Iterator[smtplib.SMTP]:
        """A connection that is cut when its time is over, however slowly the server speaks."""
        host, port, name = self.server.host, self.server.port, self.sender.rpartition("@")[2]
        smtp = (
            smtplib.SMTP_SSL(host, port, name, timeout=REACH_S, context=self._trust())
            if self.server.tls
            else smtplib.SMTP(host, port, name, timeout=REACH_S)
        )
        cut = threading.Timer(max(until - time.monotonic(), 0.1), _cut, [smtp])
        cut.daemon = True
        cut.start()
        try:
            if smtp.sock:
                smtp.sock.settimeout(TOTAL_S)
            yield smtp
            with suppress(OSError):
                smtp.quit()
        finally:
            cut.cancel()
            smtp.close()

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        """Switch to TLS and sign in, where the settings say so."""
        smtp.ehlo_or_helo_if_needed()
        if not self.server.tls and smtp.has_extn("starttls"):
            smtp.starttls(context=self._trust())
        elif not self.server.tls and self.server.user and not self._is_here():
            raise smtplib.SMTPNotSupportedError("no STARTTLS, and a password is not sent in the clear")
        if self.server.user:
            smtp.login(self.server.user, self.server.password)
        smtp.ehlo_or_helo_if_needed()

    def _trust(self) -> ssl.SSLContext:
        """Certificates are checked, except where no network lies between."""
        context = ssl.create_default_context()
        if self._is_here():
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _is_here(self) -> bool:
        return self.server.host in LOOPBACK


def compose(mail: Mail, sender: str, encoding: str) -> EmailMessage:
    """The message as it travels; no header can hold more than its own line. `InvalidInput` for what is no address."""
    if not is_email(mail.to):
        raise InvalidInput([FieldError("to", "No mail can reach this address.")])
    local, _, domain = mail.to.rpartition("@")
    message = EmailMessage(policy=SMTP)
    try:
        # Not the codec of the standard library, whose older rules lead from straße.de to strasse.de, another's domain.
        message["To"] = Address(username=local, domain=idna.encode(domain, uts46=True).decode())
    except ValueError:
        raise InvalidInput([FieldError("to", "No mail can reach this address.")]) from None
    message["From"] = Address(SITE, addr_spec=sender)
    message["Subject"] = " ".join(mail.subject.split())
    message["Date"] = datetime.now(UTC)
    # Not `make_msgid`, which tells the number of the process.
    message["Message-ID"] = f"<{secrets.token_hex(16)}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte=encoding)
    if mail.html:
        message.add_alternative(mail.html, subtype="html", cte=encoding)
    return message


def _check_letters(address: str, smtp: smtplib.SMTP) -> None:
    if not address.rpartition("@")[0].isascii() and not smtp.has_extn("smtputf8"):
        raise InvalidInput([FieldError("to", "The mail server takes only addresses in plain letters.")])


def _unwanted(error: smtplib.SMTPRecipientsRefused) -> FlavorBotError:
    """A server that is merely busy says so with a code below 500."""
    code = max(code for code, _ in error.recipients.values())
    logger.error("the mail server answered %s to the recipient", code)
    if code >= 500:
        return InvalidInput([FieldError("to", "The mail server says that no mail reaches this address.")])
    return MailError("The mail server is busy; nothing was sent. Please try again later.")


def _cut(smtp: smtplib.SMTP) -> None:
    """Wake whoever waits for the server; closing alone would not. What TLS knows of the socket stays untouched."""
    if smtp.sock:
        with suppress(OSError):
            socket.socket.shutdown(smtp.sock, socket.SHUT_RDWR)
