"""The headers that every answer carries, errors and redirects included."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import Flask, Response, request

from flavorbot.sessions import the_session
from flavorbot.settings import Settings
from flavorbot.web.services import Services

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
UNUSED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
)  # fmt: skip
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
}
TWO_YEARS_S = 63_072_000


def init_app(app: Flask, services: Services) -> None:
    """Add the headers to whatever is answered."""
    app.after_request(partial(add_headers, always(services.settings)))


def always(settings: Settings) -> dict[str, str]:
    """The headers of every answer here: a form that is sent to this site may lead on to a provider of the settings."""
    if not settings.issuers:
        return ALWAYS
    lead_to = " ".join(("form-action 'self'", *sorted({issuer.origin for issuer in settings.issuers})))
    policy = CONTENT_SECURITY_POLICY.replace("form-action 'self'", lead_to)
    return ALWAYS | {"Content-Security-Policy": policy}


def add_headers(headers: Mapping[str, str], response: Response) -> Response:
    """Put the headers on one answer; a view's own `Cache-Control` stays."""
    response.headers.update(headers)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS_S}"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = _cache_control(response)
    return response


def _cache_control(response: Response) -> str:
    """Keep nothing that is a person's, or that only fits this one request."""
    session = the_session()
    if session.stored or session.passing or response.status_code >= 300 or request.method not in ("GET", "HEAD"):
        return "private, no-store"
    return "private, no-cache" if session.looked_at else "no-cache"
