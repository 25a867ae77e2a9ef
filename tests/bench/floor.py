"""What a page cannot do without: its storage calls made bare, with nothing around them."""

from __future__ import annotations

import http.client
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from flask import Flask

from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.sqlite import SQLiteStorage

ROUNDS = 300
# No page takes more rows of a statement.
AS_MANY = 25
EXPRESSIONS = ("UpdateExpression", "KeyConditionExpression", "FilterExpression", "ProjectionExpression")
Call = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Floor:
    """Milliseconds for all calls of a page: of a processor, and of a clock; in a driver, and without one."""

    driver_cpu_ms: float
    driver_ms: float
    wire_cpu_ms: float | None = None
    wire_ms: float | None = None


def calls_of(app: Flask, request: bytes) -> list[Call] | list[str]:
    """What the storage of an application is asked for while it answers: operations of DynamoDB, or SQL."""
    storage = app.extensions["flavorbot"].storage
    if isinstance(storage, DynamoDBStorage):
        return _operations(storage, lambda: send(app, request))
    return _statements(storage, lambda: send(app, request))


def send(app: Flask, request: bytes) -> None:
    """The request as the application's own client sends it; the second time, when all is warm."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    app.test_client(use_cookies=False).open(path, method=method, headers=headers, data=body or None)


def _operations(storage: DynamoDBStorage, ask: Callable[[], None]) -> list[Call]:
    made: list[Call] = []
    attempt = storage.table._attempt

    def hear(operation: str, parameters: Mapping[str, Any]) -> Mapping[str, Any]:
        made.append((operation, dict(parameters)))
        return attempt(operation, parameters)

    storage.table._attempt = hear  # type: ignore[method-assign]
    try:
        ask()
    finally:
        storage.table._attempt = attempt  # type: ignore[method-assign]
    return made


def _statements(storage: SQLiteStorage, ask: Callable[[], None]) -> list[str]:
    made: list[str] = []
    with storage.db.read("nothing") as connection:
        pass
    connection.set_trace_callback(made.append)
    try:
        ask()
    finally:
        connection.set_trace_callback(None)
    return [each for each in made if not each.startswith("--")]


def bare_dynamodb(calls: list[Call], endpoint: str) -> Floor:
    """The calls by boto3's client as it comes, and as the bytes it sends over one kept-alive connection.

    Writes are made without their conditions, since they are made again and again.
    """
    client = boto3.client("dynamodb", endpoint_url=endpoint)
    free = [(operation, _unconditional(parameters)) for operation, parameters in calls]
    sent: list[AWSPreparedRequest] = []

    def keep(request: AWSPreparedRequest, **_: object) -> AWSResponse | None:
        sent.append(request)
        return None

    def ask() -> None:
        for operation, parameters in free:
            if "ClientRequestToken" in parameters:
                parameters["ClientRequestToken"] = secrets.token_hex(16)
            getattr(client, operation)(**parameters)

    driver_cpu_ms, driver_ms = _timed(ask)
    client.meta.events.register("before-send.dynamodb.*", keep)  # type: ignore[arg-type]
    ask()
    wire_cpu_ms, wire_ms = _timed(_wire(endpoint, sent[: len(free)]))
    return Floor(driver_cpu_ms, driver_ms, wire_cpu_ms, wire_ms)


def _wire(endpoint: str, sent: list[AWSPreparedRequest]) -> Callable[[], None]:
    address = urlsplit(endpoint)
    connection = http.client.HTTPConnection(address.hostname or "", address.port)

    def ask() -> None:
        for each in sent:
            headers = {name: _text(value) for name, value in each.headers.items()}
            connection.request("POST", "/", each.body, headers)  # type: ignore[arg-type]
            connection.getresponse().read()

    return ask


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _unconditional(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The call without its condition, and without the names and values that only this one had."""
    if "TransactItems" in parameters:
        items = [
            {kind: _unconditional(part) for kind, part in each.items()}
            for each in parameters["TransactItems"]
            if "ConditionCheck" not in each
        ]
        return {**parameters, "TransactItems": items}
    free = {name: part for name, part in parameters.items() if name != "ConditionExpression"}
    text = " ".join(str(free[name]) for name in EXPRESSIONS if name in free)
    for name in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
        used = {key: part for key, part in free.pop(name, {}).items() if _is_in(key, text)}
        if used:
            free[name] = used
    return free


def _is_in(key: str, text: str) -> bool:
    at = text.find(key)
    while at >= 0:
        behind = text[at + len(key) : at + len(key) + 1]
        if not (behind.isalnum() or behind == "_"):
            return True
        at = text.find(key, at + 1)
    return False


def bare_sqlite(statements: list[str], storage: SQLiteStorage) -> Floor:
    """The statements of a page that reads, on a connection that is open."""
    with storage.db.read("nothing") as connection:
        pass

    def ask() -> None:
        for each in statements:
            connection.execute(each).fetchmany(AS_MANY)

    return Floor(*_timed(ask))


def _timed(ask: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds of a processor and of a clock, once warm."""
    for _ in range(ROUNDS // 10):
        ask()
    cpu, clock = time.process_time(), time.perf_counter()
    for _ in range(ROUNDS):
        ask()
    return (time.process_time() - cpu) / ROUNDS * 1000, (time.perf_counter() - clock) / ROUNDS * 1000
