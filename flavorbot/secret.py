"""The secret that signs cookies and cursors: from the settings, else made once in the data folder."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from flavorbot.errors import SettingsError
from flavorbot.settings import Settings


def load_secret(settings: Settings) -> bytes:
    """The secret as bytes; every worker of this data folder gets the same. `SettingsError` if it cannot be kept."""
    if settings.secret_key:
        return settings.secret_key.encode()
    file = settings.data_dir / "secret-key"
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _make(file)
        return file.read_bytes().strip()
    except OSError as error:
        problem = f"FLAVORBOT_DATA: {settings.data_dir} cannot be written ({error.strerror}); choose another folder"
        raise SettingsError([problem]) from error


def derive_key(secret: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose alone, so that a MAC made for one is worth nothing for another."""
    return hmac.digest(secret, f"flavorbot {purpose}".encode(), hashlib.sha256)


def _make(file: Path) -> None:
    """Write a new secret whole or not at all; of several workers the first wins."""
    draft = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(secrets.token_hex(32).encode())
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
