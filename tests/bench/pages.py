"""What is asked for, each as a browser or a script sends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from flavorbot.writing import ingredient_lines
from tests.bench.load import Make, message
from tests.bench.people import BROWSER, JSON, PASSWORD, Person, form, sent
from tests.storage.test_capacity import usual_recipe

FOODS = ("rice", "chickpeas", "spinach", "chicken", "lentils", "pasta", "tofu", "eggs", "potatoes", "salmon")


@dataclass(frozen=True, slots=True)
class Page:
    """A request by name; `route` is how the log calls it, `make` gives the bytes for a person.

    `reads` tells that it changes nothing, so that its storage calls can be made again as they are.
    """

    name: str
    route: str
    make: Callable[[Person], Make]
    reads: bool = True


def pages() -> tuple[Page, ...]:
    """In an order in which what is written comes last."""
    return (
        Page("home, nobody signed in", "/", lambda _: _same(message("GET", "/", BROWSER))),
        Page("list of 24", "/recipes", lambda person: _get(person, "/recipes")),
        Page("list, JSON", "/api/v1/recipes", lambda person: _get(person, "/api/v1/recipes")),
        Page("recipe", "/recipes/<recipe_id>", lambda person: _each(person, "/recipes/{}")),
        Page("recipe, JSON", "/api/v1/recipes/<recipe_id>", lambda person: _each(person, "/api/v1/recipes/{}")),
        Page("search", "/recipes", lambda person: _get(person, "/recipes?q=tahini")),
        Page("search, JSON", "/api/v1/recipes", lambda person: _get(person, "/api/v1/recipes?q=tahini")),
        Page("usage", "/usage", lambda person: _get(person, "/usage")),
        Page("usage, JSON", "/api/v1/usage", lambda person: _get(person, "/api/v1/usage")),
        Page("sign-in", "/login", _sign_in_form, reads=False),
        Page("sign-in, JSON", "/api/v1/auth/login", _sign_in, reads=False),
        Page("generate", "/generate", _generate_form, reads=False),
        Page("generate, JSON", "/api/v1/generate", _generate, reads=False),
        Page("edit", "/recipes/<recipe_id>/edit", _edit_form, reads=False),
        Page("edit, JSON", "/api/v1/recipes/<recipe_id>", _edit, reads=False),
        Page("save", "/recipes", _save_form, reads=False),
        Page("save, JSON", "/api/v1/recipes", _save, reads=False),
    )


def _same(request: bytes) -> Make:
    return lambda _, __: request


def _get(person: Person, path: str) -> Make:
    return _same(message("GET", path, person.headers))


def _each(person: Person, path: str) -> Make:
    """One recipe after the other, from the newest on."""
    newest = person.recipes[:-49:-1]
    return lambda number, done: message("GET", path.format(newest[(number + done) % len(newest)]), person.headers)


def _sign_in_form(person: Person) -> Make:
    return _same(form("/login", BROWSER, {"email": person.email, "password": PASSWORD}))


def _sign_in(person: Person) -> Make:
    return _same(sent("POST", "/api/v1/auth/login", BROWSER, {"email": person.email, "password": PASSWORD}))


def _wish(number: int, done: int) -> list[str]:
    at = number * 1009 + done
    return [FOODS[at % 10], FOODS[(at // 10 + 1) % 10], FOODS[(at // 100 + 5) % 10]]


def _generate_form(person: Person) -> Make:
    def make(number: int, done: int) -> bytes:
        wish = {"ingredients": ", ".join(_wish(number, done)), "servings": "2", "request_id": str(uuid4())}
        return form("/generate", person.headers, wish)

    return make


def _generate(person: Person) -> Make:
    def make(number: int, done: int) -> bytes:
        wish = {"ingredients": _wish(number, done), "servings": 2}
        return sent("POST", "/api/v1/generate", {**person.headers, "Idempotency-Key": str(uuid4())}, wish)

    return make


def _edit_form(person: Person) -> Make:
    """Each connection edits a recipe of its own, again and again."""

    def make(number: int, done: int) -> bytes:
        typed = {**_typed(), "notes": f"Edited {done} times.", "version": str(done + 1)}
        return form(f"/recipes/{person.recipes[number]}/edit", person.headers, typed)

    return make


def _edit(person: Person) -> Make:
    def make(number: int, done: int) -> bytes:
        headers = {**person.headers, "If-Match": f'"{done + 1}"'}
        return sent("PUT", f"/api/v1/recipes/{person.recipes[8 + number]}", headers, {**_json(), "notes": f"{done}"})

    return make


def _save_form(person: Person) -> Make:
    return lambda _, __: form("/recipes", person.headers, {**_typed(), "request_id": str(uuid4())})


def _save(person: Person) -> Make:
    headers = {**person.headers, **JSON}
    return lambda _, __: sent("POST", "/api/v1/recipes", {**headers, "Idempotency-Key": str(uuid4())}, _json())


def _typed() -> dict[str, str]:
    """The usual recipe as its form sends it."""
    recipe = usual_recipe()
    return {
        "title": recipe.title,
        "description": recipe.description,
        "category": recipe.category,
        "servings": str(recipe.servings),
        "ingredients": "\n".join(ingredient_lines(recipe)),
        "instructions": "\n".join(step.text for step in recipe.instructions),
        "tags": ", ".join(recipe.tags),
    }


def _json() -> dict[str, object]:
    """The usual recipe as a script sends it."""
    recipe = usual_recipe()
    return {
        "title": recipe.title,
        "description": recipe.description,
        "servings": recipe.servings,
        "ingredients": [
            {"name": each.name, "quantity": each.quantity, "unit": each.unit} for each in recipe.ingredients
        ],
        "instructions": [{"text": step.text, "minutes": step.minutes} for step in recipe.instructions],
        "tags": list(recipe.tags),
    }
