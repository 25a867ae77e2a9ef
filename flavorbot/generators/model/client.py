"""One call to a server that speaks OpenAI's API, within a time limit for all of it and a limit of size."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import AsyncIterator, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import httpx2
from openai import APIConnectionError, APIStatusError, AsyncOpenAI, DefaultAsyncHttpxClient, OpenAIError
from pydantic import BaseModel, Field, ValidationError

from flavorbot.generators.model.dialects import Dialect, Question
from flavorbot.generators.model.failures import ModelFailed
from flavorbot.generators.model.streaming import Listener, listen, unless_left
from flavorbot.model import Tokens

T = TypeVar("T")

MOST_BYTES = 256 * 1024
MOST_STREAMED_BYTES = 4 * 1024 * 1024
"""A stream packs every few letters into some hundred bytes."""
_MOST_TRIES = 6
_MOST_TOKENS = 100_000_000
_SAID = 2_000
"""Characters of an error's body that are looked at."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, and the tokens it took."""

    text: str
    tokens: Tokens


class ModelClient:
    """Asks one model at one address; how that server wants to be asked is found out once and kept."""

    def __init__(self, model: str, address: str, key: str | None) -> None:
        self.model = model
        self.address = address
        self.dialect = Dialect()
        self._key = key

    def ask(self, question: Question, deadline: float, listener: Listener | None = None) -> Answer:
        """The answer, before `deadline` on the monotonic clock; `ModelFailed`.

        A listener hears the answer while it is written, from another thread; what it raises ends the call. When it has
        left, the call ends with `Abandoned`.
        """
        work = self._asked(question, listener)
        return within(deadline, work if listener is None else unless_left(listener, work))

    def open(self) -> AsyncOpenAI:
        """A connection of its own for each call: nothing is shared between threads, or with a forked worker."""
        http = DefaultAsyncHttpxClient(
            verify=_trusted(), follow_redirects=False, timeout=None, event_hooks={"response": [_limit]}
        )
        return AsyncOpenAI(
            api_key=self._key or "none",
            base_url=self.address,
            max_retries=0,
            http_client=http,
            default_headers={"Accept-Encoding": "identity"},
        )

    async def _asked(self, question: Question, listener: Listener | None) -> Answer:
        dialect = self.dialect
        async with self.open() as server:
            for _ in range(_MOST_TRIES):
                body = dialect.body(self.model, question, streaming=listener is not None)
                try:
                    answer = await (_whole(server, body) if listener is None else _heard(server, body, listener))
                except APIStatusError as error:
                    said = error.response.text[:_SAID]
                    other = dialect.after(error.status_code, said, streaming=listener is not None)
                    if other is None:
                        raise failure_of(error) from error
                    dialect = other
                except (OpenAIError, httpx2.TransportError) as error:
                    raise failure_of(error) from error
                else:
                    self._remember(dialect)
                    return answer
        raise ModelFailed("refuses every way in which we ask", f"the last one as {dialect.format}")

    def _remember(self, dialect: Dialect) -> None:
        if dialect != self.dialect:
            left_out = ", ".join(sorted(dialect.left_out)) or "nothing"
            logger.info("%s is asked for JSON as %s, leaving out %s", self.address, dialect.format, left_out)
            self.dialect = dialect


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed; read once, since that takes a tenth of a second."""
    return httpx2.create_ssl_context()


def within(deadline: float, work: Coroutine[Any, Any, T]) -> T:
    """Run it in an event loop and a thread of its own, since the caller's thread may have a loop that runs.

    Whatever it waits for at the deadline, it is ended: `ModelFailed`.
    """

    async def limited() -> T:
        async with asyncio.timeout(max(deadline - time.monotonic(), 0)):
            return await work

    try:
        with ThreadPoolExecutor(max_workers=1) as alone:
            return alone.submit(asyncio.run, limited()).result()
    except TimeoutError as error:
        raise ModelFailed(
            "did not answer in time", remedy="raise FLAVORBOT_MODEL_DEADLINE_S, or take a faster model"
        ) from error


async def _whole(server: AsyncOpenAI, body: dict[str, Any]) -> Answer:
    answer = await server.chat.completions.with_raw_response.create(**body)
    return _answer(answer.http_response.text)


async def _heard(server: AsyncOpenAI, body: dict[str, Any], listener: Listener) -> Answer:
    said = await listen(server, body, listener)
    if not said.is_stream:
        answer = _answer(said.whole)
        listener.hear(answer.text)
        return answer
    try:
        return Answer(said.text(), tokens_of(said.usage))
    except ModelFailed as failed:
        failed.tokens = tokens_of(said.usage)
        raise


def failure_of(error: OpenAIError | httpx2.TransportError) -> ModelFailed:
    """What the error means, for people and for whoever runs this."""
    if isinstance(error, APIStatusError):
        return _refused(error.status_code, error.response.headers.get("Retry-After"))
    cause = error.__cause__ if isinstance(error, OpenAIError) else error
    if isinstance(cause, _TooMuch):
        return ModelFailed("answered with something that is no recipe", str(cause))
    if isinstance(cause, httpx2.RemoteProtocolError | httpx2.ReadError):
        return ModelFailed("broke off in the middle of its answer", type(cause).__name__)
    if isinstance(error, APIConnectionError | httpx2.TransportError):
        remedy = "check OPENAI_BASE_URL, and that the server runs and can be reached from here"
        return ModelFailed("could not be reached", type(cause).__name__, remedy=remedy)
    return ModelFailed("could not be used", type(error).__name__)


def _refused(status: int, retry_after: str | None) -> ModelFailed:
    detail = f"status {status}"
    if status == 429:
        remedy = "wait, or raise the limits of this key at its provider"
        return ModelFailed("is too busy just now", detail, remedy=remedy, rest_s=_seconds(retry_after))
    if status in (401, 403):
        return ModelFailed("does not let us in just now", detail, remedy="check OPENAI_API_KEY")
    if status == 404:
        remedy = "check FLAVORBOT_MODEL, and OPENAI_BASE_URL, which usually ends in /v1"
        return ModelFailed("was not found", detail, remedy=remedy)
    return ModelFailed("had a fault of its own" if status >= 500 else "could not be used", detail)


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice] = Field(min_length=1)
    usage: Any = None


def _answer(body: str) -> Answer:
    try:
        completion = _Completion.model_validate_json(body)
    except ValidationError as error:
        remedy = "check OPENAI_BASE_URL, which usually ends in /v1"
        raise ModelFailed("answered with something that is no recipe", "no chat completion", remedy=remedy) from error
    choice, tokens = completion.choices[0], tokens_of(completion.usage)
    if choice.message.refusal or choice.finish_reason == "content_filter":
        raise ModelFailed("declined to write this recipe", of_service=False, tokens=tokens)
    if not (choice.message.content or "").strip():
        raise ModelFailed("gave an empty answer", f"finished with {choice.finish_reason}", tokens=tokens)
    return Answer(choice.message.content or "", tokens)


def tokens_of(usage: object) -> Tokens:
    """What a completion's `usage` counts; nothing is guessed, so what a server does not count is zero."""
    told = usage if isinstance(usage, Mapping) else {}
    sent, received = (told.get(name) for name in ("prompt_tokens", "completion_tokens"))
    return Tokens(_count(sent), _count(received))


def _count(value: object) -> int:
    return value if type(value) is int and 0 <= value <= _MOST_TOKENS else 0


class _TooMuch(httpx2.TransportError):
    """More than a recipe can be, or packed so that nobody knows how much."""


class _Limited(httpx2.AsyncByteStream):
    """A body that ends with an error when it is too long."""

    def __init__(self, stream: httpx2.AsyncByteStream, most: int) -> None:
        self.stream = stream
        self.most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self.stream:
            size += len(chunk)
            if size > self.most:
                raise _TooMuch(f"more than {self.most} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self.stream.aclose()


async def _limit(response: httpx2.Response) -> None:
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise _TooMuch("compressed although it was asked not to be")
    if isinstance(response.stream, httpx2.AsyncByteStream):
        is_stream = response.headers.get("Content-Type", "").startswith("text/event-stream")
        response.stream = _Limited(response.stream, MOST_STREAMED_BYTES if is_stream else MOST_BYTES)


def _seconds(header: str | None) -> float | None:
    """`Retry-After` where it counts seconds; a date is not worth a clock."""
    return float(header) if header and header.isdecimal() else None
