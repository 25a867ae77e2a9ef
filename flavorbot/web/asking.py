"""What the pages and the JSON of asking the chef share, and what a page shows of the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from flavorbot import asking
from flavorbot.asking import Subject
from flavorbot.generating import allowance
from flavorbot.metering import Meter
from flavorbot.model import Exchange, Owner, Recipe
from flavorbot.web.changes import Changes, changes_between
from flavorbot.web.conversation import Said, remember, said_about, turns_about
from flavorbot.web.cooking import usage_of
from flavorbot.web.people import Person, person, signed_in
from flavorbot.web.rates import check_rate
from flavorbot.web.services import services

QUESTIONS_AN_HOUR = 120


@dataclass(frozen=True, slots=True)
class Left:
    """How many questions of the month are used; `used` None where that was not looked up, `limit` None is unlimited."""

    used: int | None
    limit: int | None
    resets_at: datetime

    @property
    def left(self) -> int | None:
        return None if self.limit is None or self.used is None else max(self.limit - self.used, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What the page shows beside a recipe; `path` is where its forms post to."""

    path: str
    turns: tuple[Said, ...]
    open: Exchange | None
    changes: Changes | None
    left: Left
    request_id: str
    question: str = ""
    error: str = ""


def ask(subject: Subject, question: str, request_id: str) -> Exchange:
    """Ask within the person's allowance and keep the turn in their session; raises what `asking.ask` does."""
    asking_person, found = signed_in(), services()
    check_rate("ask", asking_person.id, QUESTIONS_AN_HOUR, 3600)
    exchange = asking.ask(
        found.storage,
        found.chef,
        Owner("user", asking_person.id),
        subject,
        question,
        request_id,
        turns_about(subject.about),
        limit=asking_person.limits.questions,
        now=found.now(),
        meter=Meter.of(found.settings),
    )
    remember(exchange)
    return exchange


def panel(
    path: str, about: str, recipe: Recipe, *, used: int | None = None, question: str = "", error: str = ""
) -> Panel | None:
    """The conversation about this recipe; None for a visitor. `used` where the page has looked that up already."""
    asking_person = person()
    if asking_person is None:
        return None
    turns = said_about(about)
    exchange = _open(asking_person, turns)
    return Panel(
        path=path,
        turns=turns,
        open=exchange,
        changes=changes_between(recipe, exchange.reply.proposal) if exchange and exchange.reply.proposal else None,
        left=_left(asking_person, used, looked_up=bool(turns or error)),
        request_id=str(uuid4()),
        question=question,
        error=error,
    )


def _open(asking_person: Person, turns: tuple[Said, ...]) -> Exchange | None:
    """The proposal that waits for a yes or no, while it is kept."""
    waiting = next((turn for turn in reversed(turns) if turn.state == "open"), None)
    if waiting is None:
        return None
    return services().storage.get_question(Owner("user", asking_person.id), waiting.request_id)


def _left(asking_person: Person, used: int | None, *, looked_up: bool) -> Left:
    """A page without a conversation costs no look-up."""
    owner, limit = Owner("user", asking_person.id), asking_person.limits.questions
    if used is None and looked_up:
        used = usage_of(owner).recipe_queries
    return Left(used, limit, allowance(owner, limit, services().now()).resets_at)
