"""A short way to DynamoDB under botocore's own client, for the operations that requests of people wait for.

It takes the place of botocore's serializing, signing, sending and parsing, the latter three where botocore's `Stubber`
does. Nothing is sent twice: botocore's own way is taken only where nothing can have arrived, and an answer that is not
plain is read by its parser.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from urllib.parse import urlsplit
from zlib import crc32

from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders
from botocore.credentials import Credentials, ReadOnlyCredentials
from botocore.endpoint import convert_to_response_dict
from botocore.exceptions import ChecksumError
from botocore.httpsession import get_cert_path
from botocore.model import OperationModel
from botocore.parsers import create_parser
from botocore.utils import get_environ_proxies

from flavorbot.storage.fast_answers import UnknownAnswer, parse_answer
from flavorbot.storage.fast_connections import Answer, Connections
from flavorbot.storage.fast_requests import Serializer
from flavorbot.storage.fast_signing import Signer

HOT = frozenset(
    {
        "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query",
        "TransactWriteItems", "BatchGetItem", "BatchWriteItem",
    }
)  # fmt: skip
HEADERS = frozenset({"X-Amz-Target", "Content-Type", "User-Agent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Time limits of one step each, and how many connections are kept while none is needed."""

    connect_s: float
    read_s: float
    most_idle: int


class FastTransport:
    """Answers the hot operations of one client; whatever is unusual about a request is left to botocore."""

    def __init__(self, client: Any, credentials: Credentials, ca_bundle: str | None, limits: Limits) -> None:  # noqa: ANN401
        self._events = client.meta.events
        self._credentials = credentials
        self._ca_bundle = ca_bundle
        self._limits = limits
        self._ways: dict[tuple[str, str, str], _Way | None] = {}
        self._events.register("before-call.dynamodb", self.answer)
        _remember_endpoints(client)
        client._serializer = Serializer(client._serializer, HOT)

    def answer(
        self,
        model: OperationModel,
        params: Mapping[str, Any],
        request_signer: Any,  # noqa: ANN401
        context: Mapping[str, Any],
        **_: object,
    ) -> tuple[Any, dict[str, Any]] | None:
        """The answer and what it says, as botocore's own way gives them; `None` leaves the request to that."""
        if model.name not in HOT or params["headers"].keys() != HEADERS:
            return None
        way = self._way(params["url"], request_signer, context)
        credentials = _usable(self._credentials)
        if way is None or credentials is None:
            return None
        answer = self._send(model, way, params, credentials)
        return None if answer is None else self._read(model, answer)

    def _way(self, url: str, signer: Any, context: Mapping[str, Any]) -> _Way | None:  # noqa: ANN401
        signing = context.get("signing", {})
        region, service = signing.get("region", signer.region_name), signing.get("signing_name", signer.signing_name)
        if (context.get("auth_type") or signer.signature_version) != "v4":
            return None
        place = (url, region, service)
        if place not in self._ways:
            self._ways[place] = self._open(*place)
        return self._ways[place]

    def _open(self, url: str, region: str, service: str) -> _Way | None:
        parts = urlsplit(url)
        if parts.path != "/" or parts.query or get_environ_proxies(url):
            return None
        tls = _verifying(self._ca_bundle) if parts.scheme == "https" else None
        limits = self._limits
        connections = Connections(url, tls, limits.connect_s, limits.read_s, limits.most_idle)
        usual = f":{443 if tls else 80}"
        return _Way(parts.netloc.removesuffix(usual), Signer(region, service), connections)

    def _send(
        self, model: OperationModel, way: _Way, params: Mapping[str, Any], credentials: ReadOnlyCredentials
    ) -> Answer | None:
        body = params["body"]
        headers = way.signer.sign({"Host": way.host, **params["headers"]}, body, credentials)
        request = AWSPreparedRequest("POST", params["url"], cast(HTTPHeaders, headers), body, stream_output=False)
        # Where tests and tools answer in place of the network.
        _, given = self._events.emit_until_response(f"before-send.dynamodb.{model.name}", request=request)
        if given is not None:
            lower = {name.lower(): value for name, value in given.headers.items()}
            return Answer(given.status_code, lower, given.content)
        lines = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
        head = f"POST / HTTP/1.1\r\n{lines}Accept-Encoding: identity\r\nContent-Length: {len(body)}\r\n\r\n"
        return way.connections.exchange(head.encode("latin-1") + body)

    def _read(self, model: OperationModel, answer: Answer) -> tuple[Any, dict[str, Any]]:
        check_sum(answer.headers, answer.content)
        if answer.status_code == 200:
            try:
                parsed = parse_answer(answer.content)
            except UnknownAnswer:
                return self._read_unusual(model, answer)
            about = {"HTTPStatusCode": 200, "HTTPHeaders": answer.headers, "RetryAttempts": 0}
            request_id = answer.headers.get("x-amzn-requestid")
            parsed["ResponseMetadata"] = about if request_id is None else {"RequestId": request_id, **about}
            return answer, parsed
        return self._read_unusual(model, answer)

    def _read_unusual(self, model: OperationModel, answer: Answer) -> tuple[Any, dict[str, Any]]:
        """Errors, and shapes not known here, as botocore's endpoint reads them."""
        headers: Any = HTTPHeaders.from_dict(dict(answer.headers))
        response = convert_to_response_dict(Answer(answer.status_code, headers, answer.content), model)
        self._events.emit(
            f"before-parse.dynamodb.{model.name}",
            operation_model=model,
            response_dict=response,
            customized_response_dict={},
        )
        parser: Any = create_parser(model.service_model.resolved_protocol)
        parsed: dict[str, Any] = parser.parse(response, model.output_shape)
        shape = model.service_model.shape_for_error_code(parsed.get("Error", {}).get("Code", ""))
        if shape is not None:
            parsed.update(parser.parse(response, shape))
        return answer, parsed


@dataclass(frozen=True, slots=True)
class _Way:
    """How one address is reached."""

    host: str
    signer: Signer
    connections: Connections


def check_sum(headers: Mapping[str, str], content: bytes) -> None:
    """`ChecksumError` where the answer is not what the store sent."""
    said, is_ = headers.get("x-amz-crc32"), str(crc32(content))
    if said is not None and said != is_:
        raise ChecksumError(checksum_type="crc32", expected_checksum=said, actual_checksum=is_)


def _usable(credentials: Credentials) -> ReadOnlyCredentials | None:
    """Those of this moment, fetched anew where they end; what keeps them from it botocore tells."""
    try:
        frozen = credentials.get_frozen_credentials()
    except Exception:
        return None
    texts = (frozen.access_key or "") + (frozen.token or "")
    return frozen if frozen.access_key and frozen.secret_key and texts.isprintable() and texts.isascii() else None


@cache
def _verifying(ca_bundle: str | None) -> ssl.SSLContext:
    """Certificates are checked as botocore does it, by the bundle of the settings or else its own."""
    return ssl.create_default_context(cafile=ca_bundle or str(get_cert_path(True)))


def _remember_endpoints(client: Any) -> None:  # noqa: ANN401
    """Let botocore ask its rules for each operation once: they give the same for one client and one table.

    They take a third of what is left of a request, and no event of botocore's leads past them.
    """
    resolver = client._ruleset_resolver
    construct, known = resolver.construct_endpoint, dict[str, Any]()

    def remembered(operation_model: OperationModel, call_args: Any, request_context: Any) -> Any:  # noqa: ANN401
        name = operation_model.name
        if name not in HOT:
            return construct(operation_model, call_args, request_context)
        if name not in known:
            known[name] = construct(operation_model, call_args, request_context)
        return known[name]

    resolver.construct_endpoint = remembered
