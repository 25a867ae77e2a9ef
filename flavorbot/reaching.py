"""Calls to a server that the settings name, over requests: in time as a whole, not too large, never led elsewhere."""

from __future__ import annotations

import http.client
import ssl
import zlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter

from flavorbot.addresses import PORTS, Place
from flavorbot.errors import InvalidInput
from flavorbot.fetching import Deadline, Pinned, addresses_of, resolved

MOST_BYTES = 1024 * 1024


class InTime(BaseAdapter):
    """What carries requests' calls, all of which share one deadline; a redirect is an answer like any other."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self._deadline = deadline

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:  # noqa: ANN401
        """Raises a `RequestException` for whatever goes wrong."""
        try:
            return self._sent(request, place_of(request.url or ""))
        except TimeoutError as error:
            raise requests.Timeout(str(error), request=request) from error
        except ssl.SSLError as error:
            raise requests.exceptions.SSLError(str(error), request=request) from error
        except (OSError, http.client.HTTPException, ValueError, zlib.error, InvalidInput) as error:
            raise requests.ConnectionError(str(error), request=request) from error

    def close(self) -> None:
        """Each connection is closed when its answer was read."""

    def _sent(self, request: requests.PreparedRequest, place: Place) -> requests.Response:
        addresses = resolved(place, addresses_of, self._deadline)
        if not addresses:
            raise OSError(f"nobody knows where {place.host} is")
        connection = Pinned(place, addresses, self._deadline, MOST_BYTES)
        try:
            headers = {**dict(request.headers), "Accept-Encoding": "identity", "Connection": "close"}
            body: Any = request.body
            connection.request(request.method or "GET", place.path, body, headers)
            return _response(request, connection.getresponse())
        finally:
            connection.hang_up()


def place_of(url: str) -> Place:
    """An address taken apart; `ValueError` for one that is no http or https address."""
    parts = urlsplit(url)
    port = PORTS.get(parts.scheme) if parts.port is None else parts.port
    if port is None or not parts.hostname:
        raise ValueError("not an address of the web")
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Place(parts.scheme, parts.hostname, port, path)


def session_in_time(session: requests.Session, deadline: Deadline) -> requests.Session:
    """A session that follows no redirect and takes nothing from its surroundings, such as ~/.netrc."""
    session.trust_env = False
    session.max_redirects = 0
    for scheme in ("https://", "http://"):
        session.mount(scheme, InTime(deadline))
    return session


def _response(request: requests.PreparedRequest, answer: http.client.HTTPResponse) -> requests.Response:
    found = requests.Response()
    found.status_code = answer.status
    found.headers = requests.structures.CaseInsensitiveDict(_headers(answer))
    found.url, found.request, found.reason = request.url or "", request, answer.reason
    content = answer.read()
    if answer.length:
        raise http.client.IncompleteRead(content)
    found._content = content
    return found


def _headers(answer: http.client.HTTPResponse) -> Mapping[str, str]:
    return dict(answer.headers.items())
