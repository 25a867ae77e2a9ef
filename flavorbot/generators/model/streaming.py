"""An answer that is heard while it is written: server-sent events of pieces, or all at once from who cannot stream."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar

from openai import AsyncOpenAI
from pydantic import BaseModel, ValidationError

from flavorbot.errors import Abandoned
from flavorbot.generators.model.failures import ModelFailed

T = TypeVar("T")

MOST_CHARACTERS = 256 * 1024
_LOOK_EVERY_S = 0.1
_FIELDS = ("event:", "id:", "retry:", ":")


class Listener(Protocol):
    """Whoever hears an answer piece by piece."""

    def hear(self, piece: str) -> None: ...

    def has_left(self) -> bool: ...


async def unless_left(listener: Listener, work: Coroutine[Any, Any, T]) -> T:
    """What the work gives; `Abandoned`, and the work ended, as soon as the listener has left."""
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            if listener.has_left():
                raise Abandoned
            await asyncio.wait({task}, timeout=_LOOK_EVERY_S)
        return task.result()
    finally:
        task.cancel()


async def listen(server: AsyncOpenAI, body: dict[str, Any], listener: Listener) -> Said:
    """Hand on each piece as it comes; what the listener raises closes the connection."""
    said = Said()
    async with server.chat.completions.with_streaming_response.create(**body) as answer:
        async for line in answer.iter_lines():
            if piece := said.take(line):
                listener.hear(piece)
            if said.ended:
                break
    return said


class Said:
    """What a server has sent so far; `whole` are the lines of an answer that is no stream, `usage` what it took."""

    def __init__(self) -> None:
        self.ended = False
        self.whole = ""
        self.usage: object = None
        self._pieces: list[str] = []
        self._size = 0
        self._finish: str | None = None

    def take(self, line: str) -> str:
        """The piece of text in one line, if there is one; `ModelFailed`."""
        if not line.startswith("data:"):
            if not line.startswith(_FIELDS):
                self.whole += f"{line}\n"
            return ""
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            self.ended = True
            return ""
        return self._piece(data)

    def _piece(self, data: str) -> str:
        try:
            chunk = _Chunk.model_validate_json(data)
        except ValidationError as error:
            raise ModelFailed("answered with something that is no recipe", "no piece of a completion") from error
        if chunk.error is not None:
            raise ModelFailed("had a fault of its own", "an error amid its answer")
        self.usage = chunk.usage or self.usage
        choice = chunk.choices[0] if chunk.choices else _Choice()
        self._finish = choice.finish_reason or self._finish
        if choice.delta.refusal or self._finish == "content_filter":
            raise ModelFailed("declined to write this recipe", of_service=False)
        piece = choice.delta.content or ""
        self._size += len(piece)
        if self._size > MOST_CHARACTERS:
            raise ModelFailed("answered with something that is no recipe", f"more than {MOST_CHARACTERS} characters")
        self._pieces.append(piece)
        return piece

    @property
    def is_stream(self) -> bool:
        return bool(self._pieces) or self.ended or not self.whole.strip()

    def text(self) -> str:
        """The answer of a stream; `ModelFailed` when it is empty, or nobody said that this was all."""
        if not (self.ended or self._finish):
            raise ModelFailed("broke off in the middle of its answer", "the stream ended early")
        text = "".join(self._pieces)
        if not text.strip():
            raise ModelFailed("gave an empty answer", f"finished with {self._finish}")
        return text


class _Delta(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    delta: _Delta = _Delta()
    finish_reason: str | None = None


class _Chunk(BaseModel):
    choices: list[_Choice] = []
    error: object = None
    usage: object = None
