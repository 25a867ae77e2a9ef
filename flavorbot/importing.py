"""Bringing recipes in: what was found becomes a job that is worked off a little at a time, each recipe whole and once.

Nothing runs by itself: whoever wants the job to go on asks for it, and what a stopped worker left undone is done then.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from ulid import ULID

from flavorbot import recipes as box
from flavorbot.collecting import IShelves, merge_collection
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
from flavorbot.import_entries import entries_of, gathered_of
from flavorbot.interfaces import IImports
from flavorbot.model import Gathered, ImportCollection, ImportEntry, ImportJob, ImportState, Recipe

MOST_RECIPES = 5_000
KEPT = timedelta(days=7)
DELETED = "It came in before and was deleted since."

logger = logging.getLogger(__name__)


class Store(IImports, IShelves, Protocol):
    """What an import needs of the storage."""


def begin(
    storage: Store, user_id: str, request_id: str, *, name: str, sent: bytes, found: Iterable[Found], now: datetime
) -> ImportJob:
    """Store what was found as a job, once for each `request_id`; `sent` identifies what it was found in.

    `InvalidInput` for more than a job can hold, `RequestReused`.
    """
    every = _all_of(found)
    gathered = gathered_of(every)
    job = ImportJob(
        id=request_id,
        fingerprint=hashlib.sha256(sent).hexdigest()[:32],
        name=name,
        entries=tuple(entries_of(storage, user_id, every)),
        collections=tuple(ImportCollection(name=each.name) for each in gathered),
        created_at=now,
        expires_at=now + KEPT,
    )
    return storage.begin_import(user_id, job, [each.recipe for each in every], gathered)


def open_job(storage: IImports, user_id: str, import_id: str) -> ImportJob:
    """A job of this person; `NotFound`."""
    job = storage.get_import(user_id, import_id)
    if job is None:
        raise NotFound("There is no such import, or not any more.")
    return job


def work(
    storage: Store, user_id: str, job: ImportJob, limit: int | None, has_time: Callable[[], bool], now: datetime
) -> ImportJob:
    """Bring in at least one of the recipes that wait, and more while there is time; the job as it stands then.

    Collections come last. A box that is full stops it with the reason. When another request works on it at the same
    time, each recipe still comes in once.
    """
    if not job.left:
        return job
    if not job.count("waiting"):
        return _stored(storage, user_id, _with_collections(storage, user_id, job, has_time, now))
    worker = _Worker(storage, user_id, job, limit)
    waiting = [place for place, entry in enumerate(job.entries) if entry.state == "waiting"]
    try:
        for place in waiting:
            worker.bring_in(place)
            if not has_time():
                break
    except BoxFull as full:
        worker.stopped = full.detail
    done = worker.job()
    if not done.count("waiting") and done.collections and has_time():
        done = _with_collections(storage, user_id, done, has_time, now)
    return _stored(storage, user_id, done)


def _with_collections(
    storage: Store, user_id: str, job: ImportJob, has_time: Callable[[], bool], now: datetime
) -> ImportJob:
    """The job with at least one more of its collections written, and its entries marked once they are in all."""
    collections, gathered = list(job.collections), storage.import_collections(user_id, job)
    for place, (each, wanted) in enumerate(zip(job.collections, gathered, strict=True)):
        if each.waits:
            ids = [id_ for at in wanted.places if (id_ := _id_in_box(job, at))]
            collections[place] = _written(storage, user_id, each, wanted, ids, now)
            if not has_time():
                break
    done = replace(job, collections=tuple(collections))
    if done.left or any(each.reason for each in collections):
        return done
    return replace(done, entries=tuple(replace(entry, collected=True) for entry in done.entries))


def _id_in_box(job: ImportJob, place: int) -> str | None:
    """What an entry is in the box, unless it is in its collections already."""
    entry = job.entries[place]
    if entry.collected:
        return None
    if entry.twin is not None:
        place, entry = entry.twin, job.entries[entry.twin]
    return recipe_id_of(job, place) if entry.state == "in" else entry.recipe_id


def _written(
    storage: Store, user_id: str, collection: ImportCollection, wanted: Gathered, ids: Sequence[str], now: datetime
) -> ImportCollection:
    """One that came in before and to which nothing new belongs stays as its owner has it now."""
    if collection.collection_id and not ids:
        return replace(collection, waits=False)
    try:
        stored = merge_collection(storage, user_id, wanted.name, wanted.description, ids, now=now)
    except (Conflict, InvalidInput, NotFound) as error:
        return replace(collection, waits=False, reason=error.detail)
    return replace(collection, waits=False, collection_id=stored.id, reason="")


def try_again(storage: IImports, user_id: str, job: ImportJob, state: ImportState) -> ImportJob:
    """Have those of one state wait again: what failed, or what is to come in though the box has it."""
    entries = tuple(
        replace(entry, state="waiting", reason="", recipe_id=None, tries=entry.tries + 1, twin=None, collected=False)
        if entry.state == state and entry.kept
        else entry
        for entry in job.entries
    )
    if entries == job.entries:
        return job
    collections = tuple(replace(each, waits=True) for each in job.collections)
    return _stored(storage, user_id, replace(job, entries=entries, collections=collections))


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
