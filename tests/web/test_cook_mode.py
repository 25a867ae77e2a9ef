"""At the stove: a step a screen, and a log of what was cooked."""

from __future__ import annotations

import re
from typing import Any

import pytest

from flavorbot.errors import VersionConflict
from flavorbot.interfaces import IStorage
from flavorbot.recipes import MOST_COOKINGS
from tests.web.client import CarefulClient
from tests.web.conftest import sign_up

RECIPE = {
    "title": "Leek rice",
    "servings": 2,
    "ingredients": ["150 g rice", "1 leek", "1 tbsp olive oil"],
    "instructions": ["Fry the leek in the oil for 8–10 minutes.", "Boil the rice for 12 minutes.", "Mix <b>both</b>."],
    "rating": 3,
}
TODAY = "2026-11-21"


@pytest.fixture
def address(client: CarefulClient) -> str:
    sign_up(client)
    return f"/recipes/{client.post('/api/v1/recipes', json=RECIPE).get_json()['id']}"


def stored(client: CarefulClient, address: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1{address}").get_json()
    return found


def screens(page: str) -> dict[str, str]:
    """The screens that are shown, by the step's number."""
    found = re.findall(r'<section [^>]*data-step="(\d+)"([^>]*)>(.*?)</section>', page, re.DOTALL)
    return {step: content for step, attributes, content in found if " hidden" not in attributes}


def cook(client: CarefulClient, address: str, **fields: str) -> None:
    answer = client.post(f"{address}/cooked", data={"on": TODAY, **fields})
    assert answer.status_code == 303, answer.text
    assert answer.location == f"{address}?done=cooked"


@pytest.mark.parametrize(("query", "step"), [("", "1"), ("?step=2", "2"), ("?step=4", "4"), ("?step=101", "4")])
def test_one_step_is_shown_at_a_time(client: CarefulClient, address: str, query: str, step: str) -> None:
    assert list(screens(client.get(f"{address}/cook{query}").text)) == [step]


def test_a_step_has_its_amounts_and_timers(client: CarefulClient, address: str) -> None:
    screen = screens(client.get(f"{address}/cook").text)["1"]
    assert re.findall(r"<li><b class=\"amount\">(.*?)</b> (.*?)</li>", screen) == [
        ("1", "leek"),
        ("1 tbsp", "olive oil"),
    ]
    assert 'data-seconds="480" data-what="fry leek"' in screen
    assert "8 min to 10 min" in screen


def test_links_lead_from_step_to_step_as_shown(client: CarefulClient, address: str) -> None:
    page = client.get(f"{address}/cook?servings=6&units=us&step=2").text
    for step in (1, 3):
        assert f'href="{address}/cook?servings=6&amp;units=us&amp;step={step}"' in page
    assert f'href="{address}?servings=6&amp;units=us"' in page


def test_servings_and_units_come_along_from_the_recipe(client: CarefulClient, address: str) -> None:
    link = f"{address}/cook?servings=6&units=us"
    assert f'href="{link.replace("&", "&amp;")}"' in client.get(f"{address}?servings=6&units=us").text
    page = client.get(link).text
    assert "6 servings, scaled from 2" in page
    assert '<b class="amount">3 tbsp</b> olive oil' in screens(page)["1"]
    assert '<b class="amount">2½ cups</b> rice' in screens(client.get(f"{link}&step=2").text)["2"]


def test_texts_are_shown_as_text(client: CarefulClient, address: str) -> None:
    assert "Mix &lt;b&gt;both&lt;/b&gt;." in client.get(f"{address}/cook?step=3").text


@pytest.mark.parametrize("query", ["step=0", "step=x", "step=102", "servings=0", "units=stone"])
def test_a_step_that_cannot_be_is_refused(client: CarefulClient, address: str, query: str) -> None:
    assert client.get(f"{address}/cook?{query}").status_code == 422


def test_a_recipe_without_steps_can_be_logged_all_the_same(client: CarefulClient, address: str) -> None:
    made = client.post("/api/v1/recipes", json={"title": "Bread", "ingredients": ["1 loaf"]}).get_json()
    page = client.get(f"/recipes/{made['id']}/cook").text
    assert list(screens(page)) == ["1"]
    assert "Log as cooked" in screens(page)["1"]


def test_what_was_cooked_is_kept(client: CarefulClient, address: str) -> None:
    cook(client, address, rating="5", note="Less salt.\r\nMore leek.")
    recipe = stored(client, address)
    assert recipe["cooked"] == [{"on": TODAY, "rating": 5, "note": "Less salt.\nMore leek."}]
    assert recipe["rating"] == 5
    page = client.get(address).text
    assert "Last cooked on 21 November 2026" in page
    assert "Cooked once, on 21 November 2026" in page
    assert "Less salt.\nMore leek." in page


def test_without_stars_the_rating_stays(client: CarefulClient, address: str) -> None:
    cook(client, address, rating="", note="")
    assert stored(client, address)["rating"] == 3


def test_only_the_latest_meal_rates_the_recipe(client: CarefulClient, address: str) -> None:
    cook(client, address, rating="5")
    cook(client, address, rating="1", on="2026-03-01")
    assert stored(client, address)["rating"] == 5


def test_days_are_in_order_whenever_they_are_logged(client: CarefulClient, address: str) -> None:
    for day in ("2026-11-20", "2024-02-29", TODAY):
        cook(client, address, on=day)
    assert [each["on"] for each in stored(client, address)["cooked"]] == ["2024-02-29", "2026-11-20", TODAY]
    assert "Cooked 3 times, last on 21 November 2026" in client.get(address).text


def test_the_same_meal_is_logged_once(client: CarefulClient, address: str) -> None:
    for rating in ("", "4", ""):
        cook(client, address, note="Good.", rating=rating)
    assert stored(client, address)["cooked"] == [{"on": TODAY, "rating": 4, "note": "Good."}]
    cook(client, address, note="And once more for supper.")
    assert len(stored(client, address)["cooked"]) == 2


def test_where_it_is_tomorrow_already_it_can_be_logged(client: CarefulClient, address: str) -> None:
    cook(client, address, on="2026-11-22")
    assert client.post(f"{address}/cooked", data={"on": "2026-11-23"}).status_code == 422


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("on", ""),
        ("on", "2031-01-01"),
        ("on", "1492-10-12"),
        ("on", "2026-02-30"),
        ("on", "yesterday"),
        ("rating", "6"),
        ("rating", "good"),
        ("note", "x" * 501),
    ],
)
def test_what_cannot_be_logged_is_refused_and_kept(client: CarefulClient, address: str, field: str, value: str) -> None:
    typed = {"on": TODAY, "rating": "4", "note": "Mine.", field: value}
    answer = client.post(f"{address}/cooked?servings=6&units=us", data=typed)
    assert answer.status_code == 422
    assert f'id="e-{field}"' in answer.text
    assert typed["note"] in screens(answer.text)["4"]
    assert f'href="{address}?servings=6&amp;units=us"' in answer.text
    assert stored(client, address)["cooked"] == []


def test_what_was_logged_by_mistake_is_taken_out(client: CarefulClient, address: str) -> None:
    for note in ("Good.\nVery.", ""):
        cook(client, address, note=note)
    answer = client.post(f"{address}/cooked/delete", data={"on": TODAY, "note": "Good.\r\nVery."})
    assert answer.location == f"{address}?done=uncooked#cooked"
    assert [each["note"] for each in stored(client, address)["cooked"]] == [""]
    for sent in ({"on": TODAY, "note": "Another."}, {}):
        assert client.post(f"{address}/cooked/delete", data=sent).status_code == 303
    assert stored(client, address)["version"] == 4


def test_a_long_log_is_folded_and_ends_somewhere(client: CarefulClient, address: str) -> None:
    for number in range(MOST_COOKINGS + 2):
        cook(client, address, note=f"Time {number}.", on="2026-11-20" if number else TODAY)
    notes = [each["note"] for each in stored(client, address)["cooked"]]
    assert len(notes) == MOST_COOKINGS
    assert notes[-1] == "Time 0."
    assert "Time 1." not in notes
    assert "<summary>95 earlier</summary>" in client.get(address).text


def test_an_edit_and_an_earlier_version_keep_the_log(client: CarefulClient, address: str) -> None:
    cook(client, address, note="Good.")
    client.patch(f"/api/v1{address}", json={"title": "Rice", "cooked": []}, headers={"If-Match": '"2"'})
    client.post(f"{address}/history/2/restore")
    recipe = stored(client, address)
    assert (recipe["title"], recipe["version"]) == ("Leek rice", 4)
    assert [each["note"] for each in recipe["cooked"]] == ["Good."]


def test_a_meal_is_logged_though_the_recipe_changes_meanwhile(
    client: CarefulClient, storage: IStorage, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    update, refusals = storage.update_recipe, [VersionConflict("Changed."), VersionConflict("Changed.")]

    def sometimes(*sent: Any) -> Any:  # noqa: ANN401
        if refusals:
            raise refusals.pop()
        return update(*sent)

    monkeypatch.setattr(storage, "update_recipe", sometimes)
    cook(client, address)
    assert len(stored(client, address)["cooked"]) == 1


def test_programs_log_a_meal(client: CarefulClient, address: str) -> None:
    answer = client.post(f"/api/v1{address}/cooked", json={"on": TODAY, "rating": 2, "note": "Bland."})
    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"2"'
    assert answer.get_json()["cooked"] == [{"on": TODAY, "rating": 2, "note": "Bland."}]
    refused = client.post(f"/api/v1{address}/cooked", json={"on": "2027-01-01"})
    assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "on")
