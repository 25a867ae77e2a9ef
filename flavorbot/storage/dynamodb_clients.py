"""The connections to DynamoDB: made in the process that uses them, with time limits of our own."""

from __future__ import annotations

import json
import os
import threading
from typing import Any
from urllib.parse import urlsplit

import botocore.session
from botocore.config import Config

from flavorbot.settings import Settings
from flavorbot.storage.fast_transport import FastTransport, Limits, check_sum

CONNECT_S = 1.0
READ_S = 1.0
TRANSACTION_READ_S = 3.0
# No person waits for a page of the whole table; DynamoDB Local sorts all of it for each.
SCAN_READ_S = 30.0
# Given once: botocore would put it together anew for every request.
USER_AGENT = "flavorbot"
# What engines on this machine get when nothing is set; they ask for credentials but do not look at them.
LOCAL_REGION = "us-east-1"
LOCAL_CREDENTIALS = ("flavorbot", "flavorbot")


class Clients:
    """One botocore client for single items, one for transactions, which may take longer, and one for scans."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self._session: botocore.session.Session | None = None
        self._made: dict[float, Any] = {}

    def single(self) -> Any:  # noqa: ANN401
        return self._client(READ_S)

    def transactions(self) -> Any:  # noqa: ANN401
        return self._client(TRANSACTION_READ_S)

    def scans(self) -> Any:  # noqa: ANN401
        return self._client(SCAN_READ_S)

    def _client(self, read_s: float) -> Any:  # noqa: ANN401
        if self._pid != os.getpid():
            # After a fork: sockets and the lock belong to the parent.
            self._lock, self._made, self._session, self._pid = threading.Lock(), {}, None, os.getpid()
        client = self._made.get(read_s)
        if client is None:
            with self._lock:
                client = self._made.get(read_s) or self._make(read_s)
                self._made[read_s] = client
        return client

    def _make(self, read_s: float) -> Any:  # noqa: ANN401
        if self._session is None:
            self._session = open_session(self._settings)
        return make_client(self._session, self._settings, read_s)


def make_client(session: botocore.session.Session, settings: Settings, read_s: float, attempts: int = 1) -> Any:  # noqa: ANN401
    """A client that retries nothing by itself, unless told so: whoever calls it knows better what may be repeated."""
    config = Config(
        connect_timeout=CONNECT_S,
        read_timeout=read_s,
        retries={"total_max_attempts": attempts, "mode": "standard"},
        max_pool_connections=settings.threads + 2,
        user_agent=USER_AGENT,
        tcp_keepalive=True,
        parameter_validation=False,
    )
    client = session.create_client("dynamodb", endpoint_url=settings.endpoint, config=config)
    client.meta.events.register("before-parse.dynamodb", _refuse_garbage)
    credentials = session.get_credentials()
    # Retries are botocore's, and so is every request that may be made again.
    if settings.fast_transport and attempts == 1 and credentials is not None:
        limits = Limits(connect_s=CONNECT_S, read_s=read_s, most_idle=settings.threads + 2)
        FastTransport(client, credentials, session.get_config_variable("ca_bundle"), limits)
    return client


def open_session(settings: Settings) -> botocore.session.Session:
    """Region and credentials, by AWS's usual chain; engines that are not AWS work without any."""
    session = botocore.session.Session()
    region = settings.region or session.get_config_variable("region")
    if settings.endpoint and not _is_aws(settings.endpoint):
        region = region or LOCAL_REGION
        # Asks for a role over the network, which takes seconds where there is none.
        session.get_component("credential_provider").remove("iam-role")
        if session.get_credentials() is None:
            session.set_credentials(*LOCAL_CREDENTIALS)
    session.set_config_variable("region", region)
    return session


def _is_aws(endpoint: str) -> bool:
    host = urlsplit(endpoint).hostname or ""
    return host.endswith((".amazonaws.com", ".amazonaws.com.cn", ".api.aws"))


def _refuse_garbage(response_dict: dict[str, Any], **_: object) -> None:
    """Refuse an answer that is not a JSON object, or not whole; botocore would read HTML as "nothing found"."""
    check_sum(response_dict["headers"], response_dict["body"])
    if response_dict["status_code"] < 300 and not isinstance(json.loads(response_dict["body"]), dict):
        raise ValueError("the answer is not a JSON object")
