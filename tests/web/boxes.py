"""Full recipe boxes, on both stores."""

from __future__ import annotations

from typing import Any

from tests.web.client import CarefulClient


def write(client: CarefulClient, title: str, **fields: object) -> str:
    """Write a recipe down; gives its id."""
    recipe = {"title": title, "ingredients": ["1 egg"], "instructions": ["Boil it."], **fields}
    answer = client.post("/api/v1/recipes", json=recipe)
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["id"])


def read(client: CarefulClient, recipe_id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/recipes/{recipe_id}").get_json()
    return found


def titles(client: CarefulClient) -> set[str]:
    """What is in the box."""
    return {each["title"] for each in client.get("/api/v1/recipes?limit=100").get_json()["items"]}
