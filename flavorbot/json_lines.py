"""Whatever is logged, as a line of JSON, with the id of the request that it belongs to."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

# Loggers whose messages are JSON already.
READY = frozenset({"flavorbot.requests", "flavorbot.events"})

current_request: ContextVar[str | None] = ContextVar("current_request", default=None)


class JsonLines(logging.Formatter):
    """One line for each record, line ends in its text or trace included."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name in READY:
            return record.getMessage()
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        request = current_request.get()
        if request:
            line["request_id"] = request
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line)
