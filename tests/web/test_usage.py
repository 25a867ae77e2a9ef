"""What was used: this month, the last twelve, and any one of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flavorbot.metering import months_until
from tests.web.client import CarefulClient
from tests.web.conftest import Clock, sign_up
from tests.web.scripted import ScriptedGenerator


@pytest.fixture(autouse=True)
def person(client: CarefulClient, generator: ScriptedGenerator) -> str:
    return sign_up(client)


def test_the_page_counts_this_month(client: CarefulClient) -> None:
    client.post("/generate", data={"ingredients": "rice"})
    page = client.get("/usage").text
    assert "<b>1</b> of 10" in page
    assert "1 December 2026" in page


def test_twelve_months_end_with_this_one(client: CarefulClient, clock: Clock) -> None:
    client.post("/generate", data={"ingredients": "rice"})
    clock.pass_by(days=29)
    page = client.get("/usage").text
    assert "<b>0</b> of 10" in page
    rows = page.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr>")
    assert rows == 12
    assert '<th scope="row">Nov 2026</th><td>1</td>' in page
    assert '<th scope="row">Jan 2026</th><td>0</td>' in page


def test_json_names_limits_and_reset(client: CarefulClient) -> None:
    assert client.get("/api/v1/usage").get_json() == {
        "month": "2026-11",
        "recipe_queries": 0,
        "recipes_generated": 0,
        "limits": {"recipes_generated": 10, "recipe_queries": 50, "recipes_saved": 25},
        "resets_at": "2026-12-01T00:00:00Z",
    }


def test_any_month_can_be_asked(client: CarefulClient, clock: Clock) -> None:
    client.post("/generate", data={"ingredients": "rice"})
    clock.time = datetime(2026, 12, 5, tzinfo=UTC)
    assert client.get("/api/v1/usage/2026-11").get_json()["recipes_generated"] == 1
    assert client.get("/api/v1/usage/2026-11").get_json()["resets_at"] == "2026-12-01T00:00:00Z"
    assert client.get("/api/v1/usage").get_json()["recipes_generated"] == 0


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "2026-1", "november", "2026-11-21", "USAGE%232026"])
def test_a_month_that_is_none(client: CarefulClient, month: str) -> None:
    assert client.get(f"/api/v1/usage/{month}").status_code == 404


def test_usage_needs_someone_signed_in(client: CarefulClient) -> None:
    client.post("/logout")
    assert client.get("/usage").location == "/login?next=/usage"
    assert client.get("/api/v1/usage").status_code == 401


def test_months_are_counted_over_new_year() -> None:
    assert months_until("2026-02", 4) == ["2025-11", "2025-12", "2026-01", "2026-02"]
