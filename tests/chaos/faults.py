"""Ways in which the answer to one request is spoilt."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.chaos.proxy import Handler, Proxy

JSON = "application/x-amz-json-1.0"
# Longer than anybody waits for the store.
HANG_S = 60.0
# DynamoDB Local hangs up on whoever is silent for half a minute, which is no fault that was asked for.
IDLE_S = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What DynamoDB answers, or what stands in its place."""

    status: int
    body: bytes
    kind: str = JSON
    crc: str | None = None


Spoil = Callable[["Call"], None]


class Call:
    """One request on its way."""

    def __init__(self, proxy: Proxy, handler: Handler, operation: str, body: bytes) -> None:
        self.proxy, self.operation, self.body = proxy, operation, body
        self._handler, self._store = handler, handler.store

    def forward(self, body: bytes | None = None) -> Answer:
        """What the store answers; it has carried it out then."""
        if time.monotonic() - self._handler.used_at > IDLE_S:
            self._store.close()
        self._handler.used_at = time.monotonic()
        headers = {key: value for key, value in self._handler.headers.items() if key.lower() not in DROPPED}
        self._store.request("POST", self._handler.path, self.body if body is None else body, headers)
        found = self._store.getresponse()
        kind = found.headers.get("Content-Type", JSON)
        return Answer(found.status, found.read(), kind, found.headers.get("x-amz-crc32"))

    def answer(self, answer: Answer, cut: int | None = None) -> None:
        """Send it, or only so many bytes of its body."""
        self._handler.send_response(answer.status)
        self._handler.send_header("Content-Type", answer.kind)
        self._handler.send_header("Content-Length", str(len(answer.body)))
        if answer.crc is not None:
            self._handler.send_header("x-amz-crc32", answer.crc)
        self._handler.end_headers()
        self._handler.wfile.write(answer.body[:cut])
        if cut is not None:
            self.hang_up()

    def refuse(self, status: int, code: str, **more: object) -> None:
        body = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "made up", **more}
        self.answer(Answer(status, json.dumps(body).encode()))

    def hang_up(self, *, rudely: bool = False) -> None:
        self._handler.close_connection = True
        with suppress(OSError):
            if rudely:  # by a reset, as where a machine went away
                self._handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                self._handler.connection.shutdown(socket.SHUT_RDWR)
            self._handler.connection.close()

    def wait(self, seconds: float) -> None:
        """Until then, or until all is well again."""
        self.proxy.healed.wait(seconds)


DROPPED = frozenset({"host", "connection", "content-length"})


def reset(call: Call) -> None:
    call.hang_up(rudely=True)


def hang(call: Call) -> None:
    """Nothing comes of it: neither the work nor an answer."""
    call.wait(HANG_S)
    call.hang_up()


def late(seconds: float) -> Spoil:
    def spoil(call: Call) -> None:
        call.wait(seconds)
        call.answer(call.forward())

    return spoil


def throttle(call: Call) -> None:
    call.refuse(400, "ProvisionedThroughputExceededException")


def fail(call: Call) -> None:
    call.refuse(500, "InternalServerError")


def be_away(call: Call) -> None:
    """As a balancer's page."""
    call.answer(Answer(503, b"<html><body><h1>503 Service Unavailable</h1></body></html>", "text/html"))


def talk_nonsense(call: Call) -> None:
    call.answer(Answer(200, b"\x00\xff<html>{]", "text/plain"))


def truncate(call: Call) -> None:
    """Carried out, and half of the answer arrives."""
    answer = call.forward()
    call.answer(answer, cut=len(answer.body) // 2)


def lose(call: Call) -> None:
    """Carried out, and the connection goes away before the answer."""
    call.forward()
    call.hang_up(rudely=True)


def keep_to_itself(call: Call) -> None:
    """Carried out, and no answer ever comes."""
    call.forward()
    hang(call)


def do_part(call: Call) -> None:
    """Of a batch the first half; of a transaction nothing, since others are at it."""
    sent: dict[str, Any] = json.loads(call.body)
    if call.operation == "TransactWriteItems":
        reasons = [{"Code": "TransactionConflict"}, *({"Code": "None"} for _ in sent["TransactItems"][1:])]
        call.refuse(400, "TransactionCanceledException", CancellationReasons=reasons)
    elif call.operation == "BatchWriteItem":
        ((table, requests),) = sent["RequestItems"].items()
        done, left = requests[: (len(requests) + 1) // 2], requests[(len(requests) + 1) // 2 :]
        call.forward(json.dumps({**sent, "RequestItems": {table: done}}).encode())
        call.answer(Answer(200, json.dumps({"UnprocessedItems": {table: left} if left else {}}).encode()))
    elif call.operation == "BatchGetItem":
        ((table, asked),) = sent["RequestItems"].items()
        keys = asked["Keys"]
        now, later = keys[: (len(keys) + 1) // 2], keys[(len(keys) + 1) // 2 :]
        done = json.loads(call.forward(json.dumps({"RequestItems": {table: {**asked, "Keys": now}}}).encode()).body)
        left = {table: {**asked, "Keys": later}} if later else {}
        call.answer(Answer(200, json.dumps({**done, "UnprocessedKeys": left}).encode()))
    else:
        call.answer(call.forward())


FAULTS: dict[str, Spoil] = {
    "reset": reset,
    "hang": hang,
    "0.8 s late": late(0.8),
    "3 s late": late(3),
    "30 s late": late(30),
    "throttle": throttle,
    "500": fail,
    "503 HTML": be_away,
    "garbage": talk_nonsense,
    "truncated": truncate,
    "lost": lose,
    "lost, silent": keep_to_itself,
    "partial": do_part,
}
