"""What a request must be before any view sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, current_app, redirect, request
from werkzeug.exceptions import MethodNotAllowed, RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import RequestRedirect

from flavorbot.errors import BadRequest, Forbidden
from flavorbot.sessions.bearer import bearer_of
from flavorbot.settings import Settings
from flavorbot.web.logs import log_event
from flavorbot.web.services import services

V = TypeVar("V", bound=Callable[..., object])

MAX_BODY_BYTES = 1024 * 1024
MAX_FORM_PARTS = 1_000
UPLOAD = "multipart/form-data"
SAFE = ("GET", "HEAD", "OPTIONS")
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# Balancers, and what watches over this site, ask these over plain HTTP, by address.
HEALTH = ("/healthz", "/readyz", "/metrics")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def init_app(app: Flask, settings: Settings) -> None:
    """Check every request; who is asking, and over what, is believed from as many proxies as the settings name."""
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES, MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES, MAX_FORM_PARTS=MAX_FORM_PARTS
    )
    app.url_map.merge_slashes = False  # each page has one address
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    for check in (_check_method, _check_host, _check_https, _check_path, _check_body, _check_site):
        app.before_request(check)


def takes_uploads(most_bytes: int, most_text_bytes: int) -> Callable[[V], V]:
    """Let a view have bodies of this size, of which so much may be text; the rest are files, kept on disk."""

    def mark(view: V) -> V:
        view.most_bytes = (most_bytes, most_text_bytes)  # type: ignore[attr-defined]
        return view

    return mark


def own_origins() -> set[str]:
    """The origins of this site: the public one when it is set, and the one that was asked."""
    public = urlsplit(services().settings.public_url or request.host_url)
    return {f"{public.scheme}://{public.netloc}", request.host_url.rstrip("/")}


def asked_host() -> str:
    """The host that the request claims to be for, without its port."""
    name, _, port = request.host.rpartition(":")
    return name if port.isdecimal() else request.host


def _check_method() -> None:
    if request.method not in SAFE + UNSAFE:
        raise MethodNotAllowed(valid_methods=getattr(request.routing_exception, "valid_methods", None) or SAFE)


def _check_host() -> None:
    """With a public address set, only its host is answered, in development the machine's own names too."""
    settings = services().settings
    if settings.public_url is None or request.path in HEALTH:
        return
    public = urlsplit(settings.public_url).netloc
    if request.host != public and (settings.production or asked_host() not in LOOPBACK):
        raise BadRequest("This is not the address of this site.")


def _check_https() -> Response | None:
    """In production pages move to HTTPS; what carries data in the clear is refused."""
    settings = services().settings
    if request.is_secure or not settings.production or request.path in HEALTH:
        return None
    if request.method not in ("GET", "HEAD") or request.path.startswith("/api/"):
        raise Forbidden("Use https:// for this.")
    public = settings.public_url or f"https://{request.host}"
    secure = f"https://{urlsplit(public).netloc}{request.full_path.rstrip('?')}"
    return redirect(secure, 308)  # type: ignore[return-value]


def _check_path() -> Response | None:
    """Routing mends some paths by a redirect to whatever Host was sent; this one names the path alone."""
    if not isinstance(request.routing_exception, RequestRedirect):
        return None
    mended = urlsplit(request.routing_exception.new_url)
    return redirect(urlunsplit(("", "", "/" + mended.path.lstrip("/"), mended.query, "")), 308)  # type: ignore[return-value]


def _check_body() -> None:
    most = getattr(current_app.view_functions.get(request.endpoint or ""), "most_bytes", None)
    # Only where the length is announced: any other body is read into memory below.
    if most is not None and request.content_length is not None:
        uploaded, request.max_form_memory_size = most
        request.max_content_length = uploaded if request.mimetype == UPLOAD else request.max_form_memory_size
    if (request.content_length or 0) > (request.max_content_length or 0):
        raise RequestEntityTooLarge
    # A body of unannounced length is cut off at the limit without a word: so it is read whole, here.
    if "Transfer-Encoding" in request.headers and len(request.get_data()) >= MAX_BODY_BYTES:
        raise RequestEntityTooLarge
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType


def _check_site() -> None:
    """Refuse what another site's page sends in a person's name; browsers tell where a request comes from."""
    if request.method in SAFE or bearer_of(request) is not None:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site in ("same-origin", "none") or (site is None and request.headers.get("Origin") in own_origins()):
        return
    log_event("cross-site request refused", route=request.url_rule.rule if request.url_rule else None)
    raise Forbidden("This was sent from another site, so nothing was done. Open the page here and try again.")
