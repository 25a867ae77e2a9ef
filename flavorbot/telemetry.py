"""Each request, and what it asked of the store, as spans that OpenTelemetry's protocol takes to a collector.

Where it goes and what share of requests is kept is told by OpenTelemetry's own variables (`OTEL_EXPORTER_OTLP_…`,
`OTEL_TRACES_SAMPLER`, `OTEL_SERVICE_NAME`). Spans are sent in the background; a collector that is down harms nobody.
"""

from __future__ import annotations

import time
from contextvars import ContextVar

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from flavorbot.model import Answered, CookOutcome, Refusal, SessionEvent, StoreCall

NANOSECONDS = 1_000_000_000

_begun: ContextVar[int] = ContextVar("begun")
"""When the request began, so that no call in it begins before it."""
_calls: ContextVar[list[tuple[int, StoreCall]] | None] = ContextVar("calls", default=None)


class Telemetry:
    """An `IWatch` that sends spans."""

    def __init__(self) -> None:
        resource = Resource({SERVICE_NAME: "flavorbot"}).merge(OTELResourceDetector().detect())
        self._provider = TracerProvider(resource=resource)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("flavorbot")
        self._parents = TraceContextTextMapPropagator()

    def begin(self) -> None:
        _begun.set(time.time_ns())
        _calls.set([])

    def storage_call(self, call: StoreCall) -> None:
        calls = _calls.get()
        if calls is not None:
            calls.append((time.time_ns(), call))

    def request(self, answered: Answered) -> None:
        ended = time.time_ns()
        parent = self._parents.extract({"traceparent": answered.trace_parent or ""})
        span = self._tracer.start_span(
            f"{answered.method} {answered.route or ''}".rstrip(),
            parent,
            SpanKind.SERVER,
            {
                "http.request.method": answered.method,
                "http.route": answered.route or "",
                "http.response.status_code": answered.status,
                "flavorbot.request_id": answered.request_id,
            },
            start_time=_begun.get(),
        )
        if answered.status >= 500:
            span.set_status(StatusCode.ERROR)
        within = set_span_in_context(span)
        for at, call in _calls.get() or ():
            begun = at - round(call.seconds * NANOSECONDS)
            child = self._tracer.start_span(call.kind, within, SpanKind.CLIENT, _told(call), start_time=begun)
            child.end(at)
        span.end(ended)
        _calls.set(None)

    def cooked(self, outcome: CookOutcome) -> None: ...

    def refused(self, what: Refusal) -> None: ...

    def session(self, what: SessionEvent) -> None: ...


def _told(call: StoreCall) -> dict[str, str | float]:
    return {
        "db.operation.name": call.kind,
        "flavorbot.outcome": call.outcome,
        "flavorbot.read_units": call.read_units,
        "flavorbot.write_units": call.write_units,
    }
