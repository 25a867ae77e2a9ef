"""Somebody with a box of recipes, and whatever their browser asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import uuid4

from ulid import ULID

from flavorbot.interfaces import IStorage
from flavorbot.kitchen.checker import checked_recipe
from flavorbot.model import Brought, Recipe
from flavorbot.storage.clock import utcnow
from tests.bench.load import Connection, message
from tests.storage.test_capacity import FOODS, usual_recipe

PASSWORD = "a long enough phrase"
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
BROWSER = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip", "Accept": "text/html"}


@dataclass(frozen=True, slots=True)
class Person:
    """An account that is signed in, and the ids of its recipes."""

    email: str
    user_id: str
    cookie: str
    recipes: tuple[str, ...]

    @property
    def headers(self) -> dict[str, str]:
        return {**BROWSER, "Cookie": self.cookie}


def sign_up(port: int, storage: IStorage, recipes: int) -> Person:
    """Register and fill the box."""
    email = f"{uuid4().hex}@example.com"
    body = json.dumps({"email": email, "password": PASSWORD}).encode()
    answer = Connection(port).ask(message("POST", "/api/v1/auth/register", {**BROWSER, **JSON}, body))
    user_id = json.loads(answer.body)["user"]["id"]
    ids = fill(storage, user_id, recipes)
    return Person(email, user_id, f"flavorbot={answer.cookies['flavorbot']}", ids)


def fill(storage: IStorage, user_id: str, count: int) -> tuple[str, ...]:
    """Recipes of 3 KB of JSON, no two alike."""
    made = [_recipe(number) for number in range(count)]
    for start in range(0, count, 250):
        storage.bring_in([Brought(user_id, recipe) for recipe in made[start : start + 250]])
    storage.settle_boxes({user_id: None})
    return tuple(recipe.id or "" for recipe in made)


_USUAL: list[Recipe] = []


def _recipe(number: int) -> Recipe:
    if not _USUAL:
        _USUAL.append(checked_recipe(usual_recipe()))
    foods, now = FOODS.split(", "), utcnow()
    title = f"Roast {foods[number % len(foods)]} with {foods[number // 7 % len(foods)]} no. {number}"
    return replace(_USUAL[0], id=str(ULID()), title=title, version=1, created_at=now, updated_at=now)


def form(path: str, headers: Mapping[str, str], values: Mapping[str, str]) -> bytes:
    return message("POST", path, {**headers, **FORM}, urlencode(values).encode())


def sent(method: str, path: str, headers: Mapping[str, str], value: object) -> bytes:
    """A request with JSON."""
    return message(method, path, {**headers, **JSON}, json.dumps(value).encode())
