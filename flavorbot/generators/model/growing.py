"""A recipe's JSON read while it is being written: each part of it as soon as it is complete."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

Part = tuple[Literal["title", "line", "step"], Any]

_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_LISTS: dict[str | None, Literal["line", "step"]] = {"ingredients": "line", "steps": "step", "instructions": "step"}


@dataclass(slots=True)
class _Open:
    """An object or a list that is not closed yet; `under` is the name it stands under, `name` the current one in it."""

    sign: str
    start: int
    under: str | None
    name: str | None = None


class Growing:
    """The first JSON object of an answer, as far as it goes; whatever stands around it is passed over."""

    def __init__(self) -> None:
        self._before = ""
        self._json = ""
        self._place = 0
        self._opened: list[_Open] = []
        self._quote: int | None = None
        self._escaped = False
        self._text = ""
        self._closed = False

    def read(self, piece: str) -> Iterator[Part]:
        """The parts that this piece completes, in their order."""
        if not self._json:
            self._before += piece
            if "{" not in piece:
                return
            said = _THOUGHTS.sub(" ", self._before)
            piece = said[said.find("{") :] if "{" in said else ""
        self._json += piece
        while self._place < len(self._json) and not self._closed:
            yield from self._step(self._json[self._place])
            self._place += 1

    def _step(self, sign: str) -> Iterator[Part]:
        if self._quote is not None:
            if self._escaped:
                self._escaped = False
            elif sign == "\\":
                self._escaped = True
            elif sign == '"':
                yield from self._end_of_text()
        elif sign == '"':
            self._quote = self._place
        elif sign in "{[":
            around = self._opened[-1] if self._opened else None
            self._opened.append(_Open(sign, self._place, around.name if around else None))
        elif sign in "}]":
            yield from self._end_of_list_or_object()
        elif sign == ":" and self._opened:
            self._opened[-1].name = self._text
        elif sign == "," and self._opened:
            self._opened[-1].name = None

    def _end_of_text(self) -> Iterator[Part]:
        self._text = _loaded(self._json[self._quote : self._place + 1]) or ""
        self._quote = None
        inner = self._opened[-1]
        if inner.sign == "{" and inner.name == "title" and self._is_recipe(len(self._opened)):
            yield "title", self._text
        elif self._part_in(inner) == "step":
            yield "step", {"text": self._text}

    def _end_of_list_or_object(self) -> Iterator[Part]:
        ended = self._opened.pop()
        self._closed = not self._opened
        part = self._part_in(self._opened[-1]) if self._opened and ended.sign == "{" else None
        if part and (found := _loaded(self._json[ended.start : self._place + 1])):
            yield part, found

    def _part_in(self, inner: _Open) -> Literal["line", "step"] | None:
        """What stands in this list, when it is one of the recipe's own."""
        return _LISTS.get(inner.under) if inner.sign == "[" and self._is_recipe(len(self._opened) - 1) else None

    def _is_recipe(self, depth: int) -> bool:
        """Whether the object so deep is the recipe: the outermost, or the one named "recipe" in it."""
        return depth == 1 or (depth == 2 and self._opened[1].under == "recipe")


def _loaded(text: str) -> Any:  # noqa: ANN401
    """None for what is no JSON after all: the answer as a whole is refused later."""
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return None
