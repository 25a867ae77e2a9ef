"""Web sessions in FlavorBot's own storage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask

from flavorbot.interfaces import ISessions
from flavorbot.model import SessionEvent
from flavorbot.secret import derive_key
from flavorbot.sessions.interface import StorageSessionInterface
from flavorbot.sessions.session import StorageSession, the_session
from flavorbot.settings import Settings

__all__ = ["StorageSession", "StorageSessionInterface", "init_app", "the_session"]


def init_app(
    app: Flask,
    storage: ISessions,
    settings: Settings,
    secret: bytes,
    now: Callable[[], datetime],
    on_event: Callable[[SessionEvent], None],
) -> None:
    """Give the application its sessions; the cookie follows the settings, never the request."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-flavorbot" if settings.production else "flavorbot",
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )
    app.session_interface = StorageSessionInterface(
        app, storage, settings, derive_key(secret, "session cookie"), now, on_event
    )
