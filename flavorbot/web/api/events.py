"""An answer as server-sent events: `progress` and `delta` while it is made, then the result or an `error`."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from queue import Empty, SimpleQueue

from flask import Response, g, request, stream_with_context
from pydantic import BaseModel

from flavorbot.errors import FlavorBotError
from flavorbot.kitchen.units import amount_text
from flavorbot.model import Draft, Ingredient, Instruction
from flavorbot.web.api.answers import IngredientAnswer, InstructionAnswer
from flavorbot.web.cooking import Cook
from flavorbot.web.errors import Problem, json_answer, problem_of
from flavorbot.web.logs import log_event

EVENT_STREAM = "text/event-stream"
HEARTBEAT_S = 1.0
"""How long nothing is sent at most; a browser that has gone is noticed by the second heartbeat."""
# Kept from whoever stands between here and the browser: nothing may be held back, compressed or stored.
HEADERS = {"X-Accel-Buffering": "no", "Cache-Control": "private, no-store, no-transform"}
BEGUN = "Cooking up a recipe and checking it"

logger = logging.getLogger(__name__)


def wanted(otherwise: str = "application/json") -> bool:
    """Whether the client asks for events rather than one answer."""
    return request.accept_mimetypes.best_match([otherwise, EVENT_STREAM]) == EVENT_STREAM


def event_stream(prepare: Callable[[], Cook], told: Callable[[Draft], BaseModel]) -> Response:
    """Cook in a thread of its own and tell what it shows, then the draft.

    `prepare` still sees the request, the cooking it gives does not. Nobody reading any more ends the cooking.
    """

    def events() -> Iterator[str]:
        watcher, outcome = EventWatcher(), "left"
        with ThreadPoolExecutor(max_workers=1) as kitchen:
            try:
                yield _event("progress", {"message": BEGUN})
                made = kitchen.submit(copy_context().run, prepare(), watcher)
                made.add_done_callback(lambda _: watcher.done())
                yield from watcher.events()
                answer = told(made.result())
                outcome = "made"
                yield f"event: recipe\ndata: {answer.model_dump_json()}\n\n"
            except FlavorBotError as error:
                outcome = "failed"
                yield _problem(problem_of(error))
            except Exception:
                logger.exception("an event stream failed")
                outcome = "failed"
                yield _problem(problem_of(FlavorBotError()))
            finally:
                watcher.leave()
                log_event("event stream ended", outcome=outcome)

    g.streaming = True
    return Response(stream_with_context(events()), mimetype=EVENT_STREAM, headers=HEADERS)


class EventWatcher:
    """An `IWatcher` whose events another thread sends."""

    def __init__(self) -> None:
        self._events: SimpleQueue[str | None] = SimpleQueue()
        self._gone = threading.Event()
        self._has_shown = False

    def stage(self, message: str) -> None:
        self._events.put(_event("progress", {"message": message}))

    def title(self, text: str) -> None:
        self._show({"title": text})

    def line(self, ingredient: Ingredient) -> None:
        shown = IngredientAnswer.model_validate(ingredient).model_dump()
        self._show({"ingredient": {**shown, "amount": amount_text(ingredient)}})

    def step(self, instruction: Instruction) -> None:
        self._show({"instruction": InstructionAnswer.model_validate(instruction).model_dump()})

    def restart(self) -> None:
        if self._has_shown:
            self._events.put(_event("delta", {"restart": True}))
        self._has_shown = False

    def has_left(self) -> bool:
        return self._gone.is_set()

    def leave(self) -> None:
        self._gone.set()

    def done(self) -> None:
        """There is nothing more to come."""
        self._events.put(None)

    def events(self) -> Iterator[str]:
        """What is shown, as it comes, and a comment line whenever nothing has come for a heartbeat."""
        while True:
            try:
                event = self._events.get(timeout=HEARTBEAT_S)
            except Empty:
                event = ":\n\n"
            if event is None:
                return
            yield event

    def _show(self, part: dict[str, object]) -> None:
        self._has_shown = True
        self._events.put(_event("delta", part))


def _event(name: str, data: dict[str, object]) -> str:
    """JSON without line ends, so that one line of `data` holds it."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def _problem(problem: Problem) -> str:
    return f"event: error\ndata: {json_answer(problem).get_data(as_text=True)}\n\n"
