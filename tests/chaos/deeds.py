"""Everything that writes: how it is done, and how often its effect is there afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import requests

from tests.chaos.people import PASSWORD, Person

Act = Callable[[], requests.Response | None]
# The act, and a count that is 1 when it was done once.
Deed = tuple[Act, Callable[[], int]]


def registering(person: Person, key: str) -> Deed:
    other = Person(person.site, person.history)
    other.email = f"{key}@example.org"
    body = {"email": other.email, "password": PASSWORD}
    return lambda: other.ask("register", key, "POST", "/auth/register", body), lambda: _devices(other)


def signing_in(person: Person, key: str) -> Deed:
    """On another device."""
    other, before = Person(person.site, person.history), _devices(person)
    other.email = person.email
    return other.signs_in, lambda: _devices(person) - before


def signing_out(person: Person, _: str) -> Deed:
    other = Person(person.site, person.history)
    other.email = person.email
    other.signs_in()
    cookies = other.cookies
    return (
        lambda: other.ask("sign out", person.email, "POST", "/auth/logout"),
        lambda: int(not other.is_known(cookies)),
    )


def ending_others(person: Person, key: str) -> Deed:
    signing_in(person, key)[0]()
    return lambda: person.ask("end others", key, "DELETE", "/sessions"), lambda: _devices(person)


def saving(person: Person, key: str) -> Deed:
    return lambda: person.saves(key), lambda: person.titles().count(key)


def editing(person: Person, key: str) -> Deed:
    recipe = _recipe(person, key)
    version = person.send("GET", recipe).json()["version"]
    return lambda: person.edits(key, "salt"), lambda: _of(person, recipe, "version") - version


def logging_a_meal(person: Person, key: str) -> Deed:
    recipe = _recipe(person, key)
    body = {"on": "2026-11-20"}
    return lambda: person.ask("cooked", key, "POST", f"{recipe}/cooked", body), lambda: len(
        _of(person, recipe, "cooked")
    )


def deleting(person: Person, key: str) -> Deed:
    recipe = _recipe(person, key)
    return lambda: person.ask("delete", key, "DELETE", recipe), lambda: int(key not in person.titles())


def restoring(person: Person, key: str) -> Deed:
    recipe = _recipe(person, key)
    person.send("DELETE", recipe)
    return lambda: person.ask("restore", key, "POST", f"{recipe}/restore"), lambda: person.titles().count(key)


def sharing(person: Person, key: str) -> Deed:
    recipe = _recipe(person, key)
    links: list[str] = []

    def act() -> requests.Response | None:
        answer = person.ask("share", key, "POST", f"{recipe}/share", {})
        if answer is not None and answer.ok:
            links.append(answer.json()["url"].partition("/r/")[2])
        return answer

    return act, lambda: sum(requests.get(f"{person.site}/r/{link}", timeout=30).ok for link in set(links))


def ending_a_share(person: Person, key: str) -> Deed:
    recipe = _recipe(person, key)
    link = person.send("POST", f"{recipe}/share", {}).json()["url"].partition("/r/")[2]
    act = partial(person.ask, "end share", key, "DELETE", f"{recipe}/share")
    return act, lambda: int(requests.get(f"{person.site}/r/{link}", timeout=30).status_code == 404)


def making_a_token(person: Person, key: str) -> Deed:
    body = {"name": key, "scope": "read", "days": 7}
    return lambda: person.ask("token", key, "POST", "/tokens", body), lambda: _named(person, "/tokens", key)


def ending_a_token(person: Person, key: str) -> Deed:
    token = person.send("POST", "/tokens", {"name": key, "scope": "read", "days": 7}).json()["id"]
    act = partial(person.ask, "end token", key, "DELETE", f"/tokens/{token}")
    return act, lambda: 1 - _named(person, "/tokens", key)


def collecting(person: Person, key: str) -> Deed:
    act = partial(person.ask, "collection", key, "POST", "/collections", {"name": key})
    return act, lambda: _named(person, "/collections", key)


def adding_to_a_collection(person: Person, key: str) -> Deed:
    collection = _collection(person, key)
    recipes = {"recipe_ids": [_recipe(person, key).rpartition("/")[2]]}
    act = partial(person.ask, "add", key, "POST", f"{collection}/recipes", recipes)
    return act, lambda: len(_of(person, collection, "recipe_ids"))


def ending_a_collection(person: Person, key: str) -> Deed:
    collection = _collection(person, key)
    act = partial(person.ask, "end collection", key, "DELETE", collection)
    return act, lambda: 1 - _named(person, "/collections", key)


def generating(person: Person, key: str) -> Deed:
    before = _used(person)
    return lambda: person.cooks(key), lambda: _used(person) - before if person.has_draft(key) else -1


def refining(person: Person, key: str) -> Deed:
    draft, before = _draft(person), _used(person)
    body = {"instruction": "for 6", "request_id": key}
    act = partial(person.ask, "generate", key, "POST", f"/drafts/{draft}/refine", body)
    return act, lambda: _used(person) - before if person.has_draft(key) else -1


def asking(person: Person, key: str) -> Deed:
    draft, before = _draft(person), person.send("GET", "/usage").json()["recipe_queries"]
    body = {"question": "Can I freeze it?", "draft_id": draft, "request_id": key}
    act = partial(person.ask, "ask", key, "POST", "/ask", body)
    return act, lambda: int(person.send("GET", "/usage").json()["recipe_queries"]) - before


def keeping_a_draft(person: Person, key: str) -> Deed:
    draft, before = _draft(person), len(person.titles())
    act = partial(person.ask, "keep", key, "POST", "/recipes", {"draft_id": draft})
    return act, lambda: len(person.titles()) - before


def bringing_in(person: Person, key: str) -> Deed:
    text = f"Toast {key}\n\nIngredients\n2 slices bread\n\nInstructions\nToast the bread."
    act = partial(person.ask, "import", key, "POST", "/import", {"text": text})
    return act, lambda: person.titles().count(f"Toast {key}")


def leaving(person: Person, key: str) -> Deed:
    """Delete an account with all that it has."""
    other = Person(person.site, person.history)
    other.registers()
    other.saves(key)
    cookies, body = dict(other.cookies), {"email": other.email, "password": PASSWORD}
    act = partial(other.ask, "leave", key, "DELETE", "/me", {"password": PASSWORD})
    return act, lambda: int(not other.is_known(cookies) and other.send("POST", "/auth/login", body).status_code == 401)


DEEDS: tuple[Callable[[Person, str], Deed], ...] = (
    registering, signing_in, signing_out, ending_others, saving, editing, logging_a_meal, deleting, restoring, sharing,
    ending_a_share, making_a_token, ending_a_token, collecting, adding_to_a_collection, ending_a_collection, generating,
    refining, asking, keeping_a_draft, bringing_in, leaving,
)  # fmt: skip


def _recipe(person: Person, key: str) -> str:
    person.saves(key)
    return f"/recipes/{person.recipes[key]}"


def _collection(person: Person, key: str) -> str:
    return f"/collections/{person.send('POST', '/collections', {'name': key}).json()['id']}"


def _draft(person: Person) -> str:
    request_id = str(uuid.uuid4())
    person.cooks(request_id)
    return request_id


def _of(person: Person, path: str, name: str) -> Any:  # noqa: ANN401
    return person.send("GET", path).json()[name]


def _named(person: Person, path: str, name: str) -> int:
    return sum(item["name"] == name for item in person.send("GET", path).json()["items"])


def _devices(person: Person) -> int:
    return len(person.send("GET", "/sessions").json()["items"])


def _used(person: Person) -> int:
    return int(person.send("GET", "/usage").json()["recipes_generated"])
