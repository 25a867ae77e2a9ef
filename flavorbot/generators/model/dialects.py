"""Servers that speak OpenAI's API differ: what is sent to this one, and what to leave out when it objects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

Format = Literal["json_schema", "json_object", "plain"]
FORMATS: tuple[Format, ...] = ("json_schema", "json_object", "plain")
_FORMAT_WORDS = ("response_format", "response format", "json_schema", "json_object", "structured output", "schema")
_SETTINGS = ("max_tokens", "max_completion_tokens", "temperature", "seed", "stream_options")
_STREAM = re.compile(r"\bstream(?:ing|ed|s)?\b")
_TEMPERATURE = 0.6
# A model that thinks before it writes is the kind that wants its tokens under the new name, and many of them.
_TOKENS, _TOKENS_WITH_THOUGHT = 1_400, 6_000
_UNRELATED = frozenset({401, 403, 404, 408, 413, 429})
_OBJECTIONS = frozenset({400, 422, 501})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the conversation, the JSON schema of the answer, and the seed."""

    messages: Sequence[Mapping[str, str]]
    schema: Mapping[str, Any]
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to ask for JSON, and which settings this server does not take."""

    format: Format = "json_schema"
    left_out: frozenset[str] = frozenset()

    def body(self, model: str, question: Question, *, streaming: bool = False) -> dict[str, Any]:
        """The request as this server takes it; `streaming` where it can be answered piece by piece."""
        body: dict[str, Any] = {"model": model, "messages": list(question.messages)}
        if self.format == "json_schema":
            form = {"name": "recipe", "strict": True, "schema": question.schema}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        elif self.format == "json_object":
            body["response_format"] = {"type": "json_object", "schema": question.schema}
        if "max_tokens" not in self.left_out:
            body["max_tokens"] = _TOKENS
        elif "max_completion_tokens" not in self.left_out:
            body["max_completion_tokens"] = _TOKENS_WITH_THOUGHT
        settings: dict[str, Any] = {"temperature": _TEMPERATURE, "seed": question.seed}
        if streaming and "stream" not in self.left_out:
            settings |= {"stream": True, "stream_options": {"include_usage": True}}
        return body | {name: value for name, value in settings.items() if name not in self.left_out}

    def after(self, status: int, said: str, *, streaming: bool = False) -> Dialect | None:
        """What to try instead when the server refuses with these words; None when no other way of asking would help."""
        words = said.casefold()
        if status in _UNRELATED or status < 400:
            return None
        simpler = self._simpler()
        if simpler and any(word in words for word in _FORMAT_WORDS):
            return simpler
        for name in _SETTINGS:
            if name in words and name not in self.left_out and not self._not_sent(name, streaming):
                return self._without(name)
        if status not in _OBJECTIONS:
            return None
        if streaming and "stream" not in self.left_out and (_STREAM.search(words) or not simpler):
            return self._without("stream")
        return simpler

    def _without(self, name: str) -> Dialect:
        return replace(self, left_out=self.left_out | {name})

    def _simpler(self) -> Dialect | None:
        later = FORMATS[FORMATS.index(self.format) + 1 :]
        return replace(self, format=later[0]) if later else None

    def _not_sent(self, name: str, streaming: bool) -> bool:
        if name == "stream_options":
            return not streaming or "stream" in self.left_out
        return name == "max_completion_tokens" and "max_tokens" not in self.left_out
