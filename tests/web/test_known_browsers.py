"""Who knows somebody's address can use up its tries, but not keep its owner out of the browser they use (S34)."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, MakeApp, browser, sign_in, sign_up

NAME = "flavorbot-browser"


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(rates=True)


def use_up(app: Flask, email: str = "ada@example.com") -> None:
    statuses = [sign_in(browser(app), email, "not the right one") for _ in range(11)]
    assert statuses == [401] * 10 + [429]


def shown(client: CarefulClient) -> str:
    cookie = client.get_cookie(NAME)
    assert cookie
    return str(cookie.value)


def test_the_owner_gets_in_where_they_were_before(app: Flask, ada: CarefulClient) -> None:
    ada.post("/logout")
    use_up(app)
    assert sign_in(browser(app)) == 429
    assert sign_in(ada) == 200


def test_such_a_browser_has_ten_tries_as_well(app: Flask, ada: CarefulClient) -> None:
    ada.post("/logout")
    assert [sign_in(ada, password="not the right one") for _ in range(11)] == [401] * 10 + [429]
    assert sign_in(ada) == 429
    assert sign_in(browser(app)) == 200, "their tries are no others'"


def test_a_mark_counts_for_its_browser_and_account_alone(app: Flask, ada: CarefulClient) -> None:
    eve = browser(app)
    sign_up(eve, "eve@example.com", "Eve")
    eve.post("/logout")
    use_up(app)
    hers, own = shown(ada), shown(eve)
    made_up = (own, f"{hers.split('.')[0]}.{own.split('.')[1]}", f"{'A' * 22}.{hers.split('.')[1]}", "x", "é", "." * 90)
    for value in made_up:
        eve.set_cookie(NAME, value)
        assert sign_in(eve) == 429, value


def test_several_people_share_a_browser(app: Flask, ada: CarefulClient) -> None:
    for n in range(5):
        ada.post("/logout")
        sign_up(ada, f"{n}@example.com", str(n))
    assert len(shown(ada).split(".")) == 5
    use_up(app, "4@example.com")
    use_up(app, "1@example.com")
    use_up(app)
    assert [sign_in(ada, email) for email in ("4@example.com", "1@example.com")] == [200, 200]
    assert sign_in(ada) == 429, "only the last four are kept"


def test_the_cookie_is_kept_from_scripts_and_other_sites(make_app: MakeApp) -> None:
    app = make_app(env="production", rates=True)
    account = {"email": "ada@example.com", "password": PASSWORD, "name": "Ada"}
    answer = browser(app).post("/api/v1/auth/register", json=account, base_url="https://localhost")
    (cookie,) = (each for each in answer.headers.getlist("Set-Cookie") if each.startswith(f"__Host-{NAME}="))
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
