"""Values for the storage tests; every id is fresh, so that tests can share a table."""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeVar

from ulid import ULID

from flavorbot.model import Draft, Ingredient, Instruction, Notice, Nutrition, Owner, Recipe, Session, User, Wish

T = TypeVar("T")
# Of any field of a value.
Values = Any

DAY = timedelta(days=1)


class Clock:
    """A clock that tests move; it begins at the real time, since DynamoDB Local deletes what is overdue by that."""

    def __init__(self) -> None:
        self.time = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.time

    def reset(self) -> None:
        self.time = datetime.now(UTC)

    def advance(self, by: timedelta) -> None:
        self.time += by


def new_id() -> str:
    return str(ULID())


def a_user(now: datetime, **changes: Values) -> User:
    user_id = new_id()
    values: dict[str, Any] = {
        "id": user_id,
        "email": f"Ana.{user_id}@Example.com",
        "name": "Ana",
        "password_hash": "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$hTJ1zQbhTJ1zQbhTJ1zQbhTJ1zQb",
        "allergies": ("nuts",),
        "created_at": now,
        "updated_at": now,
    }
    return User(**values | changes)


def a_session(now: datetime, **changes: Values) -> Session:
    values: dict[str, Any] = {
        "sid": new_id(),
        "data": {"user": '{"name":"Ana"}', "theme": '"dark"'},
        "created_at": now,
        "last_seen_at": now,
        "expires_at": now + 30 * DAY,
        "ends_at": now + 90 * DAY,
        "browser": "Firefox on Linux",
    }
    return Session(**values | changes)


def a_recipe(**changes: Values) -> Recipe:
    values: dict[str, Any] = {
        "id": new_id(),
        "title": "Crème brûlée",
        "description": "Smooth below, crisp on top.",
        "category": "dessert",
        "cuisine": "french",
        "servings": 4,
        "total_minutes": 55,
        "ingredients": (
            Ingredient(name="double cream", quantity=500.0, unit="ml"),
            Ingredient(name="egg yolk", quantity=5.0, note="at room temperature", optional=True),
        ),
        "instructions": (Instruction(text="Warm the cream.", minutes=5), Instruction(text="Bake.", temperature_c=120)),
        "diets": ("vegetarian", "gluten_free"),
        "allergens": ("eggs", "milk"),
        "nutrition": Nutrition(kcal=410, protein_g=5.5, fat_g=38, carbohydrate_g=13, fibre_g=0, salt_g=0.1),
        "tags": ("Sunday",),
    }
    return Recipe(**values | changes)


def a_draft(now: datetime, **changes: Values) -> Draft:
    values: dict[str, Any] = {
        "request_id": new_id(),
        "claim": new_id(),
        "fingerprint": "5d41402a",
        "period": f"{now:%Y-%m}",
        "state": "running",
        "wish": Wish(ingredients=("rice", "2 tins of chickpeas"), wish="something warm", seed=7),
        "created_at": now,
        "lease_ends_at": now + timedelta(seconds=60),
        "expires_at": now + DAY,
    }
    return Draft(**values | changes)


NOTICES = (Notice("unused", "chickpeas", "There was no place for chickpeas."),)


def an_owner(kind: Literal["user", "guest"] = "user") -> Owner:
    return Owner(kind, new_id())


def forked(call: Callable[..., object], *arguments: object) -> int | None:
    """The exit status of a call made in a forked process, as gunicorn makes its workers."""
    with warnings.catch_warnings():
        # Newer Pythons warn of forking beside threads; none of ours holds a lock here.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = multiprocessing.get_context("fork").Process(target=call, args=arguments)
        process.start()
    process.join(30)
    return process.exitcode


def outcomes(count: int, call: Callable[[int], T]) -> list[T | Exception]:
    """What `count` calls at once gave or raised."""

    def outcome(place: int) -> T | Exception:
        try:
            return call(place)
        except Exception as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(outcome, range(count)))
