"""The picture of a recipe: read with care, known by its bytes, handed on to its owner alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from flavorbot.pictures import PICTURE, fetch_picture, kind_of
from flavorbot.web import pictures
from flavorbot.web.services import Services
from tests.fetching.site import Site, endless, moved, or_loopback, page, serving, zipped
from tests.web.client import CarefulClient
from tests.web.conftest import MakeApp, browser, sign_up

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
KINDS = {
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(50),
    "image/png": PNG,
    "image/gif": b"GIF89a" + bytes(50),
    "image/webp": b"RIFF\x10\0\0\0WEBPVP8 " + bytes(50),
    "image/avif": b"\0\0\0\x20ftypavif" + bytes(50),
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
URL = "http://kitchen.example/soup.png"


@pytest.fixture
def web(app: Flask) -> Iterator[Site]:
    with serving() as site:
        found: Services = app.extensions["flavorbot"]
        app.extensions["flavorbot"] = replace(
            found, fetch_picture=lambda url: fetch_picture(url, resolve=site.resolve, allowed=or_loopback)
        )
        yield site


def a_recipe(client: CarefulClient, image_url: str | None = URL) -> str:
    recipe = {"title": "Soup", "ingredients": ["1 leek"], "image_url": image_url}
    return f"/recipes/{client.post('/api/v1/recipes', json=recipe).get_json()['id']}"


def picture(client: CarefulClient) -> TestResponse:
    return client.get(f"{a_recipe(client)}/picture")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("said", ["image/png", "application/octet-stream"])
def test_a_picture_is_what_its_bytes_say(ada: CarefulClient, web: Site, kind: str, said: str) -> None:
    web.answers = [page(KINDS[kind], Content_Type=said)]
    answer = picture(ada)
    assert (answer.status_code, answer.mimetype, answer.data) == (200, kind, KINDS[kind])
    assert answer.headers["Cache-Control"] == "private, max-age=86400"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "answer",
    [
        page(SVG, Content_Type="image/svg+xml"),
        page(SVG, Content_Type="image/png"),
        page(b"<!doctype html><script>alert(1)</script>", Content_Type="image/png"),
        page(PNG, Content_Type="text/html"),
        page(b"", Content_Type="image/png"),
        page(PNG, "404 Not Found", Content_Type="image/png"),
        page(PNG + bytes(PICTURE.most_bytes), Content_Type="image/png"),
        zipped(PNG + bytes(PICTURE.most_bytes)),
        moved("http://127.0.0.1/picture.png"),
        moved("file:///etc/passwd"),
        lambda sock: None,
    ],
    ids=[
        "svg",
        "svg as png",
        "page as png",
        "png as page",
        "empty",
        "missing",
        "large",
        "bomb",
        "inside",
        "file",
        "dead",
    ],
)
def test_what_cannot_be_shown_is_not_there(ada: CarefulClient, web: Site, answer: object) -> None:
    web.answers = [answer]  # type: ignore[list-item]
    refused = picture(ada)
    assert refused.status_code == 404
    assert refused.headers["Cache-Control"] == "private, no-store"


def test_nobody_sees_anothers_picture(ada: CarefulClient, app: Flask, web: Site) -> None:
    web.answers = [page(PNG, Content_Type="image/png")]
    recipe, stranger = a_recipe(ada), browser(app)
    assert stranger.get(f"{recipe}/picture").status_code == 303
    sign_up(stranger, "bea@example.com")
    assert stranger.get(f"{recipe}/picture").status_code == 404
    assert web.requests == []
    assert ada.get(f"{recipe}/picture").status_code == 200


def test_a_slow_picture_is_given_up(ada: CarefulClient, web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flavorbot.pictures.PICTURE", replace(PICTURE, deadline_s=0.3))
    web.answers = [endless(web, b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", b"x", pause_s=0.05)]
    assert picture(ada).status_code == 404


@pytest.mark.parametrize("url", ["http://10.0.0.1/a.png", "http://localhost/a.png", "http://kitchen.localhost/a.png"])
def test_nothing_inside_is_read(ada: CarefulClient, url: str) -> None:
    assert ada.get(f"{a_recipe(ada, url)}/picture").status_code == 404


def test_a_recipe_without_a_picture_has_none(ada: CarefulClient) -> None:
    recipe = a_recipe(ada, None)
    assert ada.get(f"{recipe}/picture").status_code == 404
    assert "<recipe-picture" not in ada.get(recipe).text


def test_the_page_shows_it_when_it_comes_into_view(ada: CarefulClient) -> None:
    recipe = a_recipe(ada)
    assert f'src="{recipe}/picture?v=1" alt="Soup, as its source pictures it" loading="lazy"' in ada.get(recipe).text


@pytest.mark.parametrize(("asked", "there"), [("", True), ("?chosen=1&picture=1", True), ("?chosen=1&notes=1", False)])
def test_it_is_printed_when_it_is_chosen(ada: CarefulClient, asked: str, there: bool) -> None:
    sheet = ada.get(f"{a_recipe(ada)}/print{asked}").text
    assert ('loading="eager"' in sheet) is there
    assert 'name="picture"' in sheet


def test_only_so_many_an_hour(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "AN_HOUR", 1)
    client = browser(make_app(rates=True))
    sign_up(client)
    recipe = a_recipe(client, "http://localhost/a.png")
    assert [client.get(f"{recipe}/picture").status_code for _ in range(2)] == [404, 429]


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG", b"GIF87", b"RIFF1234WAVEfmt ", b"\0\0\0\x20ftypheic", b"BM1234", SVG]
)
def test_other_bytes_are_no_picture(content: bytes) -> None:
    assert kind_of(content) is None


def a_link(client: CarefulClient, recipe: str, **terms: object) -> str:
    url = client.post(f"/api/v1{recipe}/share", json=terms).get_json()["url"]
    return "/r/" + str(url).partition("/r/")[2]


def test_whoever_has_the_link_sees_the_picture(ada: CarefulClient, app: Flask, web: Site) -> None:
    web.answers = [page(PNG, Content_Type="image/png")]
    recipe, anybody = a_recipe(ada), browser(app)
    link = a_link(ada, recipe)
    shown = anybody.get(link).text
    assert f'src="{link}/picture?v=1" alt="Soup, as its source pictures it"' in shown
    assert recipe not in shown
    answer = anybody.get(f"{link}/picture?v=1")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", PNG)
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("private, max-age=86400", "noindex")
    assert anybody.cookie is None
    a_link(ada, recipe, published=True)
    assert "X-Robots-Tag" not in anybody.get(f"{link}/picture").headers


def test_a_link_taken_back_shows_no_picture(ada: CarefulClient, app: Flask, web: Site) -> None:
    recipe = a_recipe(ada)
    link = a_link(ada, recipe)
    assert ada.delete(f"/api/v1{recipe}/share").status_code == 204
    for nowhere in (link, "/r/x", f"/r/{'A' * 43}"):
        assert browser(app).get(f"{nowhere}/picture").status_code == 404
    assert web.requests == []


@pytest.mark.parametrize("url", [None, f"http://kitchen.example/r/{'A' * 43}", "http://localhost/a.png"])
def test_a_shared_picture_that_others_may_not_see_is_none(
    ada: CarefulClient, app: Flask, web: Site, url: str | None
) -> None:
    link = a_link(ada, a_recipe(ada, url))
    assert browser(app).get(f"{link}/picture").status_code == 404
    assert web.requests == []


@pytest.mark.parametrize("answer", [page(SVG, Content_Type="image/png"), moved("http://127.0.0.1/picture.png")])
def test_a_shared_picture_is_read_with_the_same_care(ada: CarefulClient, app: Flask, web: Site, answer: object) -> None:
    web.answers = [answer]  # type: ignore[list-item]
    refused = browser(app).get(f"{a_link(ada, a_recipe(ada))}/picture")
    assert (refused.status_code, refused.mimetype) == (404, "text/html")


def test_an_address_sees_only_so_many_shared_pictures_an_hour(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "AN_HOUR", 1)
    app = make_app(rates=True)
    owner, anybody = browser(app), browser(app)
    sign_up(owner)
    link = a_link(owner, a_recipe(owner, "http://localhost/a.png"))
    assert [anybody.get(f"{link}/picture").status_code for _ in range(2)] == [404, 429]
