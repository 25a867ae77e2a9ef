"""Bringing recipes in: what was found becomes a job that is worked off a little at a time, each recipe whole and once.

Nothing runs by itself: whoever wants the job to go on asks for it, and what a stopped worker left undone is done then.
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from ulid import ULID

from flavorbot import recipes as box
from flavorbot.errors import (
    BoxFull,
    Conflict,
    FieldError,
    InvalidInput,
    NotFound,
    StorageError,
    VersionConflict,
)
from flavorbot.exchange.reading import Found
from flavorbot.interfaces import IImports, IRecipes
from flavorbot.kitchen.text import fold
from flavorbot.model import ImportEntry, ImportJob, ImportState, Recipe
from flavorbot.origins import origin_of

MOST_RECIPES = 5_000
KEPT = timedelta(days=7)
HERE = "It is in your box already."
TWICE = "It is in what you brought twice."
DELETED = "It came in before and was deleted since."

logger = logging.getLogger(__name__)


class Store(IImports, IRecipes, Protocol):
    """What an import needs of the storage."""


def begin(
    storage: Store, user_id: str, request_id: str, *, name: str, sent: bytes, found: Iterable[Found], now: datetime
) -> ImportJob:
    """Store what was found as a job, once for each `request_id`; `sent` identifies what it was found in.

    `InvalidInput` for more than a job can hold, `RequestReused`.
    """
    every = _all_of(found)
    job = ImportJob(
        id=request_id,
        fingerprint=hashlib.sha256(sent).hexdigest()[:32],
        name=name,
        entries=tuple(_entries(storage, user_id, every)),
        created_at=now,
        expires_at=now + KEPT,
    )
    return storage.begin_import(user_id, job, [each.recipe for each in every])


def open_job(storage: IImports, user_id: str, import_id: str) -> ImportJob:
    """A job of this person; `NotFound`."""
    job = storage.get_import(user_id, import_id)
    if job is None:
        raise NotFound("There is no such import, or not any more.")
    return job


def work(storage: Store, user_id: str, job: ImportJob, limit: int | None, has_time: Callable[[], bool]) -> ImportJob:
    """Bring in at least one of the recipes that wait, and more while there is time; the job as it stands then.

    A box that is full stops it with the reason. When another request works on it at the same time, each recipe still
    comes in once.
    """
    worker = _Worker(storage, user_id, job, limit)
    waiting = [place for place, entry in enumerate(job.entries) if entry.state == "waiting"]
    if not waiting:
        return job
    try:
        for place in waiting:
            worker.bring_in(place)
            if not has_time():
                break
    except BoxFull as full:
        worker.stopped = full.detail
    return _stored(storage, user_id, worker.job())


def try_again(storage: IImports, user_id: str, job: ImportJob, state: ImportState) -> ImportJob:
    """Have those of one state wait again: what failed, or what is to come in though the box has it."""
    entries = tuple(
        replace(entry, state="waiting", reason="", recipe_id=None, tries=entry.tries + 1)
        if entry.state == state and entry.kept
        else entry
        for entry in job.entries
    )
    if entries == job.entries:
        return job
    return _stored(storage, user_id, replace(job, entries=entries))


def _stored(storage: IImports, user_id: str, job: ImportJob) -> ImportJob:
    """The job as it stands when this was to be written down; another request may have been first."""
    try:
        return storage.update_import(user_id, job)
    except VersionConflict:
        return open_job(storage, user_id, job.id)


def recipe_id_of(job: ImportJob, place: int) -> str:
    """The id that the recipe of an entry gets, however often it is brought in: the first of a job is its newest."""
    moment = int(job.created_at.timestamp() * 1000) - place
    name = f"{job.id}:{place}:{job.entries[place].tries}"
    return str(ULID.from_bytes(moment.to_bytes(6, "big") + hashlib.sha256(name.encode()).digest()[:10]))


@dataclass
class _Worker:
    """A job while it is worked on."""

    storage: Store
    user_id: str
    before: ImportJob
    limit: int | None
    stopped: str = ""
    done: dict[int, ImportEntry] = field(default_factory=dict)
    first: int = 0
    recipes: Sequence[Recipe | None] = ()

    def bring_in(self, place: int) -> None:
        """`BoxFull`, `StorageError`; whatever else is wrong with one recipe stops no other."""
        entry = self.before.entries[place]
        try:
            recipe = self._recipe(place)
            box.import_recipe(self.storage, self.user_id, recipe, recipe_id_of(self.before, place), self.limit)
            self.done[place] = replace(entry, state="in")
        except (BoxFull, StorageError):
            raise
        except (InvalidInput, NotFound) as error:
            self.done[place] = replace(entry, state="failed", reason=error.detail)
        except Conflict:
            self.done[place] = replace(entry, state="failed", reason=DELETED)
        except Exception:
            logger.exception("a recipe could not be brought in")
            self.done[place] = replace(entry, state="failed", reason="Something in it could not be understood.")

    def job(self) -> ImportJob:
        entries = tuple(self.done.get(place, entry) for place, entry in enumerate(self.before.entries))
        return replace(self.before, entries=entries, stopped=self.stopped)

    def _recipe(self, place: int) -> Recipe:
        if not self.first <= place < self.first + len(self.recipes):
            self.first, self.recipes = self.storage.import_recipes(self.user_id, self.before, place)
        recipe = self.recipes[place - self.first]
        if recipe is None:
            raise NotFound("Its text was not kept. Bring it in again.")
        return recipe


def _all_of(found: Iterable[Found]) -> list[Found]:
    every: list[Found] = []
    for each in found:
        every.append(each)
        if len(every) > MOST_RECIPES:
            message = f"This holds more than {MOST_RECIPES:,} recipes. Bring them in in several parts."
            raise InvalidInput([FieldError("files", message)])
    return every


def _entries(storage: IRecipes, user_id: str, found: Sequence[Found]) -> list[ImportEntry]:
    """An entry for each, with those that are in the box already, or were found before, named as such."""
    if not any(each.recipe for each in found):
        return [_entry(each) for each in found]
    known = _Known(found)
    for card in box.all_cards(storage, user_id):
        known.add(card.id, card.origin, card.title, card.words)
    entries: list[ImportEntry] = []
    for each in found:
        entry = _entry(each)
        if each.recipe is not None:
            marks = _marks(each.recipe)
            if (same := known.same_as(*marks)) is not None:
                entry = replace(entry, state="known", recipe_id=same or None, reason=HERE if same else TWICE)
            known.add("", *marks)
        entries.append(entry)
    return entries


def _entry(found: Found) -> ImportEntry:
    if found.recipe is None:
        return ImportEntry(title=found.title, state="failed", reason=found.reason, kept=False)
    return ImportEntry(title=found.title, reason=" ".join(found.remarks))


class _Known:
    """By what a recipe is known again: the page that it came from, or its title with its ingredients.

    Of a page with several recipes the title counts, too.
    """

    def __init__(self, found: Sequence[Found]) -> None:
        origins = Counter(origin_of(each.recipe.source.url) for each in found if each.recipe)
        self._shared = {origin for origin, count in origins.items() if count > 1}
        self._ids: dict[object, str] = {}

    def add(self, recipe_id: str, origin: str | None, title: str, names: Iterable[str]) -> None:
        for mark in self._marks(origin, title, names):
            self._ids.setdefault(mark, recipe_id)

    def same_as(self, origin: str | None, title: str, names: Iterable[str]) -> str | None:
        """The id of the same recipe in the box, empty where it is none of the box; None when there is none."""
        return next((self._ids[mark] for mark in self._marks(origin, title, names) if mark in self._ids), None)

    def _marks(self, origin: str | None, title: str, names: Iterable[str]) -> Iterator[object]:
        called = " ".join(fold(title).split())
        if origin:
            yield (origin, called) if origin in self._shared else origin
        yield called, frozenset(" ".join(fold(name).split()) for name in names)


def _marks(recipe: Recipe) -> tuple[str | None, str, list[str]]:
    return origin_of(recipe.source.url), recipe.title, [item.name for item in recipe.ingredients]
