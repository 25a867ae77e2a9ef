"""What is counted, as Prometheus reads it: one text for all workers of this machine.

Under gunicorn each worker writes to files of its own that are mapped into memory (`PROMETHEUS_MULTIPROC_DIR`), and
whichever is asked adds them up.
"""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from flavorbot.model import Answered, CookOutcome, Refusal, SessionEvent, StoreCall

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
REQUEST_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
STORAGE_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3)

disable_created_metrics()  # type: ignore[no-untyped-call]


class Prometheus:
    """An `IWatch` whose counts `text` shows."""

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        self._requests = Counter(
            "flavorbot_requests", "Requests answered.", ["method", "route", "status"], registry=own
        )
        self._request_s = Histogram(
            "flavorbot_request_seconds", "Time to answer, streams to their end.", ["route"], registry=own,
            buckets=REQUEST_S,
        )  # fmt: skip
        self._calls = Counter("flavorbot_storage_calls", "Calls to the store.", ["kind", "outcome"], registry=own)
        self._call_s = Histogram(
            "flavorbot_storage_seconds", "Time that calls to the store took.", ["kind"], registry=own, buckets=STORAGE_S
        )
        self._units = Counter("flavorbot_capacity_units", "Capacity units of DynamoDB.", ["kind"], registry=own)
        self._cooked = Counter("flavorbot_generations", "Recipes asked for, by outcome.", ["outcome"], registry=own)
        self._refused = Counter("flavorbot_allowance_refusals", "Refused as used up.", ["what"], registry=own)
        self._sessions = Counter("flavorbot_sessions", "Sessions begun, ended, not known.", ["what"], registry=own)

    def begin(self) -> None: ...

    def request(self, answered: Answered) -> None:
        route = answered.route or "none"
        self._requests.labels(answered.method, route, f"{answered.status // 100}xx").inc()
        self._request_s.labels(route).observe(answered.seconds)

    def storage_call(self, call: StoreCall) -> None:
        self._calls.labels(call.kind, call.outcome).inc()
        self._call_s.labels(call.kind).observe(call.seconds)
        if call.read_units:
            self._units.labels("read").inc(call.read_units)
        if call.write_units:
            self._units.labels("write").inc(call.write_units)

    def cooked(self, outcome: CookOutcome) -> None:
        self._cooked.labels(outcome).inc()

    def refused(self, what: Refusal) -> None:
        self._refused.labels(what).inc()

    def session(self, what: SessionEvent) -> None:
        self._sessions.labels(what).inc()

    def text(self) -> bytes:
        if FOLDER not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)
