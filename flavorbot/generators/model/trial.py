"""Trying out a model's server: what works, what does not, and what to do about it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from openai import OpenAIError

from flavorbot.generators.model.client import ModelClient, failure_of, within
from flavorbot.generators.model.dialects import Question
from flavorbot.generators.model.failures import ModelFailed

_ASKED = 'Answer with this JSON object and nothing else: {"dish": "soup"}'
_SCHEMA = {
    "type": "object",
    "properties": {"dish": {"type": "string", "enum": ["soup"]}},
    "required": ["dish"],
    "additionalProperties": False,
}
_FORMATS = {"json_schema": "JSON by a schema", "json_object": "JSON objects", "plain": "JSON in plain text"}


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report; without what is `needed` no recipe can be cooked."""

    what: str
    works: bool
    told: str = ""
    needed: bool = True


def try_model(client: ModelClient, deadline_s: float) -> Iterator[Result]:
    """Ask a tiny question as FlavorBot asks for recipes, and once more as a stream."""
    begun = time.monotonic()
    try:
        answer = client.ask(Question([{"role": "user", "content": _ASKED}], _SCHEMA), begun + deadline_s).text
    except ModelFailed as failed:
        yield Result(
            f"ask {client.model} at {client.address}", False, f"{failed}. Remedy: {failed.remedy or 'none known'}"
        )
        return
    yield Result(f"ask {client.model} at {client.address}", True, f"answered in {time.monotonic() - begun:.1f} s")
    yield from _formats(client)
    yield _is_json(answer)
    yield _streaming(client, deadline_s)


def _formats(client: ModelClient) -> Iterator[Result]:
    for form, name in _FORMATS.items():
        taken = form == client.dialect.format
        yield Result(name, taken, "" if taken else "refused by this server; the next one is used", needed=False)
        if taken:
            return


def _is_json(answer: str) -> Result:
    start, end = answer.find("{"), answer.rfind("}")
    try:
        json.loads(answer[start : end + 1])
    except ValueError:
        return Result("the answer is JSON", False, "Remedy: take a model that follows instructions")
    return Result("the answer is JSON", True)


def _streaming(client: ModelClient, deadline_s: float) -> Result:
    try:
        pieces = within(time.monotonic() + deadline_s, _streamed(client))
    except ModelFailed as failed:
        return Result("streaming", False, f"{failed}; recipes are cooked without it", needed=False)
    return Result("streaming", pieces > 0, "" if pieces else "recipes are cooked without it", needed=False)


async def _streamed(client: ModelClient) -> int:
    """How many pieces the answer came in."""
    body = client.dialect.body(client.model, Question([{"role": "user", "content": _ASKED}], _SCHEMA))
    pieces = 0
    try:
        async with client.open() as server:
            async for chunk in await server.chat.completions.create(**body, stream=True):
                pieces += bool(chunk.choices)
    except OpenAIError as error:
        raise failure_of(error) from error
    except ValueError as error:
        raise ModelFailed("answered with something that is no stream") from error
    return pieces
