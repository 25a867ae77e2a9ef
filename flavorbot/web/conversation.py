"""What was said with the chef, kept in the web session: 20 turns a recipe, 16 KB in all, the oldest dropped first."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import session

from flavorbot.errors import InvalidInput
from flavorbot.model import Exchange, Turn

PREFIX = "chef:"
MOST_TURNS = 20
MOST_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Said:
    """One turn; `state` tells of its proposal: "" where there was none, else open, taken, refused or past."""

    at: float
    request_id: str
    question: str
    answer: str
    by: str
    state: str = ""


def said_about(about: str) -> tuple[Said, ...]:
    """The turns about this recipe, oldest first; what cannot be read counts as not said."""
    stored = session.get(PREFIX + about)
    return tuple(turn for each in stored if (turn := _read(each))) if isinstance(stored, list) else ()


def turns_about(about: str) -> tuple[Turn, ...]:
    """The same for the chef's ear."""
    return tuple(Turn(each.question, each.answer) for each in said_about(about))


def remember(exchange: Exchange) -> None:
    """Add a turn, once for each request; of several proposals only the last one stays open."""
    state = "open" if exchange.reply.proposal else ""
    turn = Said(
        exchange.created_at.timestamp(),
        exchange.request_id,
        exchange.question,
        exchange.reply.text,
        exchange.reply.by,
        state,
    )
    before = said_about(exchange.about)
    if any(each.request_id == turn.request_id for each in before):
        return
    if state:
        before = tuple(replace(each, state="past") if each.state == "open" else each for each in before)
    _keep(exchange.about, (*before, turn))


def settle(about: str, request_id: str, state: str) -> None:
    """Note that a proposal was taken or refused."""
    turns = said_about(about)
    _keep(about, tuple(replace(each, state=state) if each.request_id == request_id else each for each in turns))


def carry(about: str, to: str) -> None:
    """Go on with the same conversation about another recipe, which came of this one; its open proposal stays behind."""
    turns = said_about(about)
    if turns and not said_about(to):
        _keep(to, tuple(replace(each, state="past") if each.state == "open" else each for each in turns))


def _keep(about: str, turns: Sequence[Said]) -> None:
    kept = {PREFIX + about: [asdict(turn) for turn in turns[-MOST_TURNS:]]}
    others = {key: list(value) for key, value in session.items() if key.startswith(PREFIX) and isinstance(value, list)}
    talks = others | kept
    while _size(talks) > MOST_BYTES:
        _drop_oldest(talks)
    for key in [key for key in others if not talks.get(key)]:
        del session[key]
    for key, value in talks.items():
        _store(key, value)


def _store(key: str, turns: list[Any]) -> None:
    """Write what fits beside everything else in the session."""
    while turns:
        try:
            session[key] = turns
        except InvalidInput:
            turns = turns[1:]
        else:
            return
    session.pop(key, None)


def _drop_oldest(talks: dict[str, list[Any]]) -> None:
    oldest = min((key for key in talks if talks[key]), key=lambda key: _at(talks[key][0]))
    del talks[oldest][0]


def _at(turn: object) -> float:
    at = turn.get("at") if isinstance(turn, Mapping) else None
    return float(at) if isinstance(at, int | float) else 0.0


def _size(talks: Mapping[str, object]) -> int:
    return sum(len(json.dumps([key, value], ensure_ascii=False).encode()) for key, value in talks.items())


def _read(stored: object) -> Said | None:
    if not isinstance(stored, Mapping):
        return None
    try:
        return Said(**stored)
    except TypeError:
        return None
