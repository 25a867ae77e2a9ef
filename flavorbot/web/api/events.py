"""An answer as server-sent events: `progress` while it is made, then the result or an `error`."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator

from flask import Response, request, stream_with_context
from pydantic import BaseModel

from flavorbot.errors import FlavorBotError
from flavorbot.web.errors import answer, problem_of

EVENT_STREAM = "text/event-stream"

logger = logging.getLogger(__name__)


def wanted() -> bool:
    """Whether the client asks for events rather than one JSON object."""
    return request.accept_mimetypes.best_match(["application/json", EVENT_STREAM]) == EVENT_STREAM


def event_stream(stage: str, name: str, make: Callable[[], BaseModel]) -> Response:
    """Tell the stage, then what `make` gives, under `name`."""

    def events() -> Iterator[str]:
        yield _event("progress", json.dumps({"message": stage}))
        try:
            yield _event(name, make().model_dump_json())
        except FlavorBotError as error:
            yield _event("error", answer(problem_of(error)).get_data(as_text=True))
        except Exception:
            logger.exception("an event stream failed")
            yield _event("error", answer(problem_of(FlavorBotError())).get_data(as_text=True))

    return Response(stream_with_context(events()), mimetype=EVENT_STREAM, headers={"X-Accel-Buffering": "no"})


def _event(name: str, data: str) -> str:
    """`data` is JSON without line ends, so that one line holds it."""
    return f"event: {name}\ndata: {data}\n\n"
