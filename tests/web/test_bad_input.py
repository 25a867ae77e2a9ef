"""Input that will not do: a message beside the field, everything typed kept, nothing counted."""

from __future__ import annotations

import pytest
from markupsafe import escape

from tests.web.client import CarefulClient
from tests.web.conftest import Break, sign_up

GOOD = {"ingredients": "rice, eggs", "wish": "something quick", "servings": "3", "max_minutes": "30"}
BAD = [
    ("ingredients", ", ".join(f"food {number}" for number in range(100)), "at most 50 entries; this has 100"),
    ("ingredients", "x" * 10_000, "at most 80 characters"),
    ("wish", "y" * 10_000, "at most 500 characters; this has 10000"),
    ("servings", "-1", "Use 1 or more"),
    ("servings", "two", "a whole number"),
    ("servings", "9" * 400, "Use 24 or less"),
    ("max_minutes", "1", "Use 5 or more"),
    ("max_minutes", "10000", "Use 480 or less"),
    ("diets", "breatharian", "Choose vegan"),
    ("allergies", "sunlight", "Choose gluten"),
    ("eaters", "dragon", "Choose pregnant"),
    ("category", "elevenses", "Choose breakfast"),
    ("units", "furlongs", "Choose metric or us"),
    ("cuisine", "z" * 61, "at most 60 characters"),
    ("wish", "nul \0 byte", "cannot be used here"),
    ("ingredients", "rice, next\x85line", "cannot be used here"),
    ("exclude", "no\ufdd0character", "cannot be used here"),
]


@pytest.mark.parametrize(("field", "value", "message"), BAD)
def test_pages_say_it_beside_the_field(client: CarefulClient, field: str, value: str, message: str) -> None:
    sign_up(client)
    answer = client.post("/generate", data={**GOOD, field: value})
    assert answer.status_code == 422
    said = answer.text.partition(f'id="e-{field}"')[2].partition("</p>")[0]
    assert message in said
    assert all(typed in answer.text for name, typed in GOOD.items() if name != field)
    assert client.get("/api/v1/usage").get_json()["recipes_generated"] == 0


@pytest.mark.parametrize(("field", "value", "message"), BAD)
def test_json_names_the_field(client: CarefulClient, field: str, value: str, message: str) -> None:
    sent: object = int(value) if value.lstrip("-").isdecimal() and len(value) < 10 else value
    answer = client.post("/api/v1/generate", json={"ingredients": ["rice"], field: sent})
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]


def test_an_empty_form_asks_for_something(client: CarefulClient) -> None:
    answer = client.post("/generate", data={"ingredients": " \n", "category": "", "servings": "2"})
    assert answer.status_code == 422
    assert 'id="e-ingredients">Tell us what you have' in answer.text
    assert client.post("/api/v1/generate", json={}).get_json()["errors"][0]["field"] == "ingredients"


def test_code_is_shown_as_text(client: CarefulClient) -> None:
    attack = "<img src=x onerror=alert(1)>"
    answer = client.post("/generate", data={**GOOD, "wish": attack + "{{7*7}}", "servings": "0"})
    assert attack not in answer.text
    assert "&lt;img src=x onerror=alert(1)&gt;{{7*7}}" in answer.text


def test_lone_surrogates_are_refused(client: CarefulClient) -> None:
    answer = client.post("/api/v1/generate", data=r'{"wish": "\ud800"}', content_type="application/json")
    assert answer.status_code == 422
    assert answer.get_json()["errors"] == [{"field": "wish", "message": "This has characters that cannot be stored."}]


@pytest.mark.parametrize("name", ["bleach", "death cap", "zorgle", "🪨", "<b>bold</b>"])
def test_the_kitchen_refuses_by_name(client: CarefulClient, name: str) -> None:
    sign_up(client)
    answer = client.post("/generate", data={"ingredients": name, "servings": "3"})
    assert answer.status_code == 422
    assert f"“{escape(name)}”" in answer.text.partition('id="e-ingredients"')[2].partition("</p>")[0]
    assert '<option value="3" selected>' in answer.text
    assert client.get("/api/v1/usage").get_json()["recipes_generated"] == 0


@pytest.mark.parametrize(
    ("wish", "named"),
    [
        ({"ingredients": "chicken, rice", "diets": "vegan"}, "chicken"),
        ({"ingredients": "peanut butter, bread", "allergies": "peanuts"}, "peanut"),
        ({"ingredients": "rice, bleach"}, "bleach"),
        ({"ingredients": "rice, zorgle"}, "zorgle"),
    ],
)
def test_contradictions_are_named_in_the_draft(client: CarefulClient, wish: dict[str, str], named: str) -> None:
    draft = client.post("/generate", data=wish)
    notices = client.get(draft.location).text.partition('class="notices"')[2].partition("</ul>")[0]
    assert named in notices.lower()


def test_a_form_from_another_site_is_shown_back(client: CarefulClient) -> None:
    page = client.post("/generate", data={"ingredients": "leeks, <b>ham</b>"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403
    assert "leeks, &lt;b&gt;ham&lt;/b&gt;" in page.text


def test_a_password_is_never_shown_back(client: CarefulClient, break_storage: Break) -> None:
    break_storage("create_user", "check_rate")
    page = client.post("/register", data={"email": "ada@example.com", "password": "a secret phrase"})
    assert page.status_code == 503
    assert "a secret phrase" not in page.text


@pytest.mark.parametrize(
    "body", [b'{"ingredients": ["\xed\xa0\x80"]}', b"\xff", b'{"ingredients": ["a"]', b"[" * 10_000]
)
def test_json_that_cannot_be_read_is_400(client: CarefulClient, body: bytes) -> None:
    assert client.post("/api/v1/check", data=body, content_type="application/json").status_code == 400


def test_an_answer_holds_no_half_character(client: CarefulClient) -> None:
    answer = client.post("/api/v1/check", data=b'{"ingredients": ["\\ud800x"]}', content_type="application/json")
    assert answer.status_code == 422
    assert "ud800" not in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/collections"),
        ("GET", "/recipes/bulk/collections"),
        ("GET", "/recipes/bulk"),
        ("GET", "/tags"),
        ("POST", "/tags/edit"),
        ("POST", "/account"),
        ("POST", "/register"),
    ],
)
def test_no_page_repeats_what_no_page_may_hold(client: CarefulClient, method: str, path: str) -> None:
    if path != "/register":
        sign_up(client)
    names = ("name", "description", "ids", "old", "new", "did", "value", "email", "exclude", "units", "theme", "diets")
    fields = dict.fromkeys(names, "a\0b") | {"changed": "1", "did": "tag"}
    where = "query_string" if method == "GET" else "data"
    answer = client.open(path, method=method, **{where: fields})
    assert answer.status_code in (200, 422)
    assert "\0" not in answer.text
