"""Bringing recipes in by the pages: addresses, text and files, on both stores."""

from __future__ import annotations

import json
import re
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from flavorbot.errors import StorageUnavailable
from flavorbot.web import bringing
from flavorbot.web.services import Services
from tests.fetching.site import Site, moved, page
from tests.web.client import CarefulClient
from tests.web.conftest import REGION, TABLE, MakeApp, browser, sign_up
from tests.web.forms import form_in

TEXT = "Tomato soup\n\nIngredients\n500 g tomatoes\n1 onion\n\nMethod\nChop everything.\nSimmer for 20 minutes."
UNCLEAR = "Grandma's soup\nSome tomatoes, an onion, and time"


def jsonld(title: str, **more: object) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "Recipe",
        "name": title,
        "recipeIngredient": ["200 g rice", f"1 {title} leaf"],
        "recipeInstructions": ["Boil the rice."],
        **more,
    }


def a_page(*recipes: dict[str, object]) -> bytes:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in recipes)
    return f"<!doctype html><html lang=en><title>Page</title>{scripts}<p>Hello</p></html>".encode()


def a_file(name: str, *recipes: dict[str, object]) -> tuple[str, bytes]:
    return name, json.dumps(list(recipes)).encode()


@pytest.fixture(autouse=True)
def patiently(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch of all, however busy this machine is."""
    monkeypatch.setattr(bringing, "BATCH_S", 600.0)


def send(client: CarefulClient, path: str = "/import", /, **fields: object) -> TestResponse:
    """Send a form with files as a browser does."""
    parts = [(name, each) for name, value in fields.items() for each in (value if isinstance(value, list) else [value])]
    if "request_id" not in fields:
        parts.append(("request_id", str(uuid4())))
    body = b"".join(map(_part, *zip(*parts, strict=True))) + b"--X--\r\n"
    return client.post(path, data=body, content_type="multipart/form-data; boundary=X")


def _part(field: str, value: object) -> bytes:
    name, content = value if isinstance(value, tuple) else (None, str(value).encode())
    file = "" if name is None else f'; filename="{name}"'
    head = f'--X\r\nContent-Disposition: form-data; name="{field}"{file}\r\n\r\n'
    return head.encode() + bytes(content) + b"\r\n"


def titles(client: CarefulClient) -> list[str]:
    return [each["title"] for each in client.get("/api/v1/recipes?limit=100").get_json()["items"]]


def text_of(answer: TestResponse) -> str:
    """What a page shows, in one line."""
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_a_page_of_the_web_becomes_a_recipe(ada: CarefulClient, web: Site) -> None:
    web.answers = [moved("/soups/leek"), page(a_page(jsonld("Leek soup")))]
    answer = send(ada, url="http://kitchen.example/old-leek")
    assert (answer.status_code, "/recipes/" in answer.location) == (303, True)
    assert "in your box" in text_of(ada.get(answer.location))
    (recipe,) = ada.get("/api/v1/recipes").get_json()["items"]
    source = ada.get(f"/api/v1/recipes/{recipe['id']}").get_json()["source"]
    assert (recipe["title"], source["kind"]) == ("Leek soup", "import")
    assert source["url"] == "http://kitchen.example/soups/leek"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (page(b"no", "403 Forbidden"), "refuses to be read by programs"),
        (page(b"", "404 Not Found"), "no page at this address"),
        (lambda sock: None, "did not answer as a website does"),
        (page(b"%PDF", Content_Type="application/pdf"), "not a web page"),
        (moved("http://169.254.169.254/latest/meta-data"), "only pages that anybody can open"),
    ],
    ids=["refused", "missing", "dead", "no page", "inside"],
)
def test_a_page_that_does_not_come_is_told_with_a_way_out(
    ada: CarefulClient, web: Site, answer: object, words: str
) -> None:
    web.answers = [answer]  # type: ignore[list-item]
    refused = send(ada, url="http://kitchen.example/soup")
    assert refused.status_code == 422
    assert words in text_of(refused)
    assert "bring the file in" in text_of(refused)
    assert 'value="http://kitchen.example/soup"' in refused.text
    assert titles(ada) == []


def test_a_page_saved_by_hand_comes_in_where_its_site_refuses(ada: CarefulClient, web: Site) -> None:
    web.answers = [page(a_page(jsonld("Leek soup")), "403 Forbidden")]
    assert send(ada, url="http://kitchen.example/leek").status_code == 422
    assert "/recipes/" in send(ada, files=[("Leek soup.html", a_page(jsonld("Leek soup")))]).location
    assert titles(ada) == ["Leek soup"]


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "file:///etc/passwd", "http://localhost:8000/", "http://[::1]/"])
def test_what_is_inside_is_not_read(ada: CarefulClient, url: str) -> None:
    refused = send(ada, url=url)
    assert refused.status_code == 422
    assert "only pages that anybody can open" in text_of(refused)


def test_a_page_without_a_recipe_is_told(ada: CarefulClient, web: Site) -> None:
    web.answers = [page(b"<!doctype html><title>News</title><p>Nothing to eat here.")]
    refused = send(ada, url="http://kitchen.example/news")
    assert (refused.status_code, titles(ada)) == (422, [])


def test_an_address_in_the_field_for_text_is_an_address(ada: CarefulClient, web: Site) -> None:
    web.answers = [page(a_page(jsonld("Leek soup")))]
    send(ada, text=" http://kitchen.example/leek \n")
    assert titles(ada) == ["Leek soup"]


def test_several_addresses_come_in_with_one_report(ada: CarefulClient, web: Site) -> None:
    web.answers = [page(a_page(jsonld("Leek soup"))), page(b"", "403 Forbidden"), page(a_page(jsonld("Pie")))]
    job = send(
        ada, url="http://kitchen.example/a", text="http://kitchen.example/b\nhttp://kitchen.example/c\n"
    ).location
    shown = text_of(ada.get(job))
    assert "Brought in: 3 pages 2 came in 1 did not come in" in shown
    assert "http://kitchen.example/b This site refuses to be read by programs." in shown
    assert titles(ada) == ["Leek soup", "Pie"]


def test_several_addresses_have_only_so_much_time(
    ada: CarefulClient, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "ADDRESSES_S", -1.0)
    shown = text_of(ada.get(send(ada, text="http://kitchen.example/b\nhttp://kitchen.example/c").location))
    assert "There was no time left for this page." in shown
    assert web.requests == []


def test_only_so_many_addresses_at_a_time(ada: CarefulClient, web: Site) -> None:
    refused = send(ada, text="\n".join(f"http://kitchen.example/{place}" for place in range(11)))
    assert (refused.status_code, web.requests) == (422, [])
    assert "at most 10 addresses" in text_of(refused)
    assert "http://kitchen.example/10" in refused.text


def test_text_becomes_a_recipe(ada: CarefulClient) -> None:
    answer = send(ada, text=TEXT)
    assert "/recipes/" in answer.location
    assert titles(ada) == ["Tomato soup"]


def test_text_that_is_unclear_comes_back_as_a_form_to_put_in_order(ada: CarefulClient) -> None:
    answer = send(ada, text=UNCLEAR)
    assert answer.status_code == 200
    fields = form_in(answer.text, "/recipes")
    assert fields["title"] == ["Grandma's soup"]
    assert "Some tomatoes" in "".join(fields["instructions"] + fields["ingredients"])
    fields |= {"ingredients": ["2 tomatoes\n1 onion"], "instructions": ["Simmer."]}
    assert ada.post("/recipes", data=fields).status_code == 303
    assert titles(ada) == ["Grandma's soup"]


def test_files_come_in_together_with_one_report(ada: CarefulClient) -> None:
    files = [
        a_file("one.json", jsonld("Soup"), jsonld("Cake")),
        a_file("two.json", jsonld("Soup")),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("empty.json", b""),
    ]
    answer = send(ada, files=files)
    report = ada.get(answer.location)
    shown = text_of(report)
    assert "Brought in: 4 files" in shown
    assert "2 came in" in shown
    assert "1 is there already" in shown
    assert "2 did not come in" in shown
    assert sorted(titles(ada)) == ["Cake", "Soup"]


def test_everything_may_be_given_at_once(ada: CarefulClient, web: Site) -> None:
    web.answers = [page(a_page(jsonld("Leek soup")))]
    send(ada, url="http://kitchen.example/leek", text=TEXT, files=[a_file("cake.json", jsonld("Cake"))])
    assert sorted(titles(ada)) == ["Cake", "Leek soup", "Tomato soup"]


def test_nothing_given_is_told(ada: CarefulClient) -> None:
    refused = send(ada, files=[("", b"")])
    assert refused.status_code == 422
    assert "Give the address of a recipe, its text, or a file." in text_of(refused)


def test_a_wrong_file_is_named_and_what_was_typed_stays(ada: CarefulClient) -> None:
    refused = send(ada, files=[("holiday.exe", bytes(range(256)) * 40)])
    assert refused.status_code == 422
    assert "holiday.exe" in text_of(refused)
    assert "choose the files again" in text_of(refused)


def test_the_same_form_sent_twice_comes_in_once(ada: CarefulClient) -> None:
    fields = {"request_id": str(uuid4()), "text": TEXT}
    assert send(ada, **fields).location == send(ada, **fields).location
    assert titles(ada) == ["Tomato soup"]
    assert send(ada, **fields | {"text": TEXT.replace("Tomato", "Pepper")}).status_code == 409
    assert titles(ada) == ["Tomato soup"]


@pytest.fixture
def slowly(patiently: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch of one."""
    monkeypatch.setattr(bringing, "BATCH_S", 0.0)


@pytest.mark.usefixtures("slowly")
def test_a_long_import_goes_on_with_a_button_and_ends_with_a_report(ada: CarefulClient) -> None:
    job = send(ada, files=[a_file("many.json", *(jsonld(f"Dish {place}") for place in range(4)))]).location
    assert "1 of 4 recipes" in text_of(ada.get(job))
    assert 'value="1"' in ada.get(job).text
    assert "many.json" in text_of(ada.get("/import"))
    for done in (2, 3, 4):
        assert f'action="{job}/continue"' in ada.get(job).text
        assert ada.post(f"{job}/continue").location.endswith(job)
        assert len(titles(ada)) == done
    assert "4 came in" in text_of(ada.get(job))
    assert "Not finished yet" not in text_of(ada.get("/import"))
    assert titles(ada) == ["Dish 0", "Dish 1", "Dish 2", "Dish 3"]


@pytest.mark.usefixtures("slowly")
def test_it_can_be_stopped_looked_at_and_given_up(ada: CarefulClient) -> None:
    job = send(ada, files=[a_file("many.json", *(jsonld(f"Dish {place}") for place in range(3)))]).location
    held = ada.get(f"{job}?hold=1")
    assert "data-go" not in held.text
    assert "Give up the rest" in held.text
    answer = ada.post(f"{job}/delete")
    assert "What came in stays" in text_of(ada.get(answer.location)) or "forgotten" in ada.get(answer.location).text
    assert titles(ada) == ["Dish 0"]
    assert ada.get(job).status_code == 404
    assert ada.post(f"{job}/continue").status_code == 404


def test_a_full_box_says_so_and_goes_on_when_there_is_room(ada: CarefulClient, make_app: MakeApp) -> None:
    many = [jsonld(f"Dish {place}") for place in range(27)]
    job = send(ada, files=[a_file("many.json", *many)]).location
    shown = ada.get(job)
    assert "25 of 27 recipes" in text_of(shown)
    assert "full" in text_of(shown) or "room" in text_of(shown)
    assert "data-go" not in shown.text
    recipe = ada.get("/api/v1/recipes").get_json()["items"][0]["id"]
    ada.post(f"/recipes/{recipe}/delete")
    ada.post(f"{job}/continue")
    assert "26 of 27 recipes" in text_of(ada.get(job))


def test_what_failed_is_tried_again(ada: CarefulClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("flavorbot.recipes.checked_recipe", lambda recipe: 1 / 0)
        job = send(ada, files=[a_file("two.json", jsonld("Soup"), jsonld("Cake"))]).location
        assert "2 did not come in" in text_of(ada.get(job))
    fields = form_in(ada.get(job).text, f"{job}/retry")
    ada.post(f"{job}/retry", data=fields)
    assert "2 came in" in text_of(ada.get(job))
    assert sorted(titles(ada)) == ["Cake", "Soup"]


def test_what_is_there_already_is_named_and_comes_in_when_asked_for(ada: CarefulClient) -> None:
    first = send(ada, files=[a_file("one.json", jsonld("Soup"))]).location.partition("?")[0]
    job = send(ada, files=[a_file("two.json", jsonld("Soup"), jsonld("Cake"))]).location
    report = ada.get(job)
    assert f'href="{first}">Soup</a>' in report.text
    assert "It is in your box already." in text_of(report)
    ada.post(f"{job}/retry", data={"state": "known"})
    assert sorted(titles(ada)) == ["Cake", "Soup", "Soup"]


def test_a_store_that_is_down_loses_nothing(ada: CarefulClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    found: Services = app.extensions["flavorbot"]

    def down(*_: object) -> None:
        raise StorageUnavailable("nobody answers")

    with monkeypatch.context() as patch:
        patch.setattr(found.storage, "create_recipe", down)
        assert send(ada, files=[a_file("two.json", jsonld("Soup"), jsonld("Cake"))]).status_code == 503
    (job,) = set(re.findall(r"/import/[0-9a-f-]{36}", ada.get("/import").text))
    ada.post(f"{job}/continue")
    assert titles(ada) == ["Soup", "Cake"]


def test_only_so_many_imports_an_hour(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "IMPORTS_AN_HOUR", 2)
    client = browser(make_app(rates=True))
    sign_up(client)
    assert [send(client, text=TEXT).status_code for _ in range(3)] == [303, 303, 429]
    assert client.post("/api/v1/import", json={"text": TEXT}).status_code == 429


MB = 1024 * 1024


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/import", 2 * MB, 422), ("/import", 33 * MB, 413), ("/login", 2 * MB, 413), ("/recipes", 2 * MB, 413),
        ("/api/v1/import", 2 * MB, 422), ("/api/v1/import", 33 * MB, 413), ("/api/v1/recipes", 2 * MB, 413),
    ],
)  # fmt: skip
def test_large_files_are_taken_here_alone(ada: CarefulClient, path: str, size: int, status: int) -> None:
    name = "file" if path.startswith("/api") else "files"
    answer = send(ada, path, **{name: ("large.bin", bytes(size))})
    assert answer.status_code == status
    if status == 413 and "import" in path:
        assert "32 MB" in answer.text


def test_large_text_is_refused_with_how_much_may_come(ada: CarefulClient) -> None:
    assert send(ada, text="x" * 5 * MB).status_code == 413
    assert ada.post("/api/v1/import", json={"text": "x" * 5 * MB}).status_code == 413


def test_strangers_upload_nothing(client: CarefulClient) -> None:
    answer = send(client, files=[("large.bin", bytes(MB))])
    assert (answer.status_code, "/login" in answer.location) == (303, True)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "CON", "a\0b.json", "<script>.json", "x" * 5_000, "\u202enosj.exe"]
)
def test_a_files_name_is_only_ever_shown(ada: CarefulClient, name: str) -> None:
    answer = send(ada, files=[a_file(name, jsonld("Soup"), jsonld("Cake"))])
    assert answer.status_code == 303
    assert "2 came in" in text_of(ada.get(answer.location))


@pytest.fixture
def on_dynamodb(aws: None, make_app: MakeApp) -> CarefulClient:
    client = browser(make_app(table_name=TABLE, region=REGION))
    sign_up(client)
    return client


@pytest.mark.usefixtures("slowly")
def test_an_import_goes_its_way_on_dynamodb(on_dynamodb: CarefulClient) -> None:
    ada = on_dynamodb
    files = [a_file("three.json", *(jsonld(f"Dish {place}") for place in range(3)), {"@type": "Recipe", "name": "?"})]
    job = send(ada, files=files).location
    for _ in range(3):
        ada.post(f"{job}/continue")
    shown = text_of(ada.get(job))
    assert "3 came in" in shown
    assert "1 did not come in" in shown
    assert titles(ada) == ["Dish 0", "Dish 1", "Dish 2"]
    ada.post(f"{job}/delete")
    assert ada.get(job).status_code == 404


@pytest.mark.usefixtures("slowly")
def test_what_an_import_costs_on_dynamodb(on_dynamodb: CarefulClient, calls: list[str]) -> None:
    """Session, the box's cards, the job; recipes and job are stored; then a recipe is read, put in, and told."""
    calls.clear()
    job = send(on_dynamodb, files=[a_file("two.json", jsonld("Soup"), jsonld("Cake"))]).location
    begun, goes_on = ["query", "get_item", "put_item", "put_item"], ["get_item", "transact_write_items", "update_item"]
    assert calls == ["get_item", *begun, *goes_on]
    calls.clear()
    on_dynamodb.post(f"{job}/continue")
    assert calls == ["get_item", "get_item", *goes_on]
