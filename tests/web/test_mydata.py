"""Everything is taken along, without what lets anybody in; an account is deleted for good. On both stores."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any, NoReturn
from zipfile import ZipFile

import pytest
from flask import Flask

from flavorbot import erasing
from flavorbot.accounts import disable, enable
from flavorbot.errors import StorageUnavailable
from flavorbot.exchange.reading import read_file
from flavorbot.interfaces import IStorage
from flavorbot.model import TypedRecord
from tests.web.boxes import write
from tests.web.client import CarefulClient
from tests.web.conftest import PASSWORD, Clock, browser, sign_in, sign_up

DELETE = "/account/data/delete"


@pytest.fixture
def app(app_of_each_store: Flask) -> Flask:
    return app_of_each_store


@pytest.fixture
def ada(client: CarefulClient) -> CarefulClient:
    """Somebody who has something of each kind."""
    sign_up(client)
    kept = write(client, "Soup", notes="=1+1")
    client.patch(f"/api/v1/recipes/{kept}", json={"title": "Broth"}, headers={"If-Match": '"1"'})
    client.delete(f"/api/v1/recipes/{write(client, 'Gone')}")
    client.post("/api/v1/collections", json={"name": "Often", "recipe_ids": [kept]})
    client.post(f"/api/v1/recipes/{kept}/share")
    client.post("/api/v1/generate", json={"ingredients": ["rice", "egg"]})
    return client


def a_token(client: CarefulClient, scope: str = "read") -> str:
    return str(client.post("/api/v1/tokens", json={"name": "cron", "scope": scope}).get_json()["token"])


def archive(answer: Any) -> ZipFile:  # noqa: ANN401
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    found = ZipFile(BytesIO(answer.data))
    assert found.testzip() is None
    return found


def test_everything_is_taken_along(ada: CarefulClient) -> None:
    token = a_token(ada)
    found = archive(ada.get("/account/data/export.zip"))
    names = {name.rpartition("/")[0] + "/" if "drafts" in name else name for name in found.namelist()}
    assert names >= {
        "recipes/broth.jsonld", "recipes/broth.md", "collections.json", "README.txt",
        *(f"flavorbot-data/{name}.json" for name in ("profile", "usage", "links", "imports", "devices", "tokens")),
        "flavorbot-data/drafts/", "flavorbot-data/history/broth.json",
    }  # fmt: skip
    assert json.loads(found.read("flavorbot-data/history/broth.json"))[0]["name"] == "Soup"
    assert json.loads(found.read("flavorbot-data/profile.json"))["email"] == "ada@example.com"
    assert json.loads(found.read("flavorbot-data/usage.json"))["months"][0]["recipes_generated"] == 1
    assert any(name.startswith("flavorbot-data/bin/gone-") for name in found.namelist())
    everything = b"".join(found.read(name) for name in found.namelist()).decode()
    session = ada.get("/api/v1/sessions").get_json()["items"][0]["id"]
    for secret in ("argon2", token, "token_hash", "nonce", session, str(ada.cookie)):
        assert secret not in everything


def test_typed_records_are_taken_along_with_exact_numbers(ada: CarefulClient, app: Flask) -> None:
    storage: IStorage = app.extensions["flavorbot"].storage
    user = storage.user_by_email("ada@example.com")
    assert user is not None
    storage.save_record(user.id, TypedRecord(type="report", id="1", data={"price": Decimal("1.10")}, vector=(0.5,)))
    storage.save_record(user.id, TypedRecord(type="note", id="2", data={"text": "=1+1"}))
    found = archive(ada.get("/account/data/export.zip"))
    (report,) = json.loads(found.read("flavorbot-data/records/report.json"))
    assert (report["id"], report["data"], report["vector"]) == ("1", {"price": "1.10"}, [0.5])
    assert json.loads(found.read("flavorbot-data/records/note.json"))[0]["data"] == {"text": "=1+1"}


def test_what_was_taken_along_brings_in_recipes_alone(ada: CarefulClient) -> None:
    found = read_file("all.zip", ada.get("/account/data/export.zip").data)
    assert [each.title for each in found] == ["Broth"]


def test_a_token_gets_everything_but_the_ways_in(ada: CarefulClient, visitor: Callable[[], CarefulClient]) -> None:
    header = {"Authorization": f"Bearer {a_token(ada)}"}
    names = archive(visitor().get("/api/v1/export", headers=header)).namelist()
    assert "flavorbot-data/profile.json" in names
    assert not {"flavorbot-data/devices.json", "flavorbot-data/tokens.json"} & set(names)


def test_the_account_goes_with_its_password_alone(ada: CarefulClient, storage: IStorage) -> None:
    for password in ("", "wrong but long"):
        refused = ada.post(DELETE, data={"password": password})
        assert (refused.status_code, storage.user_by_email("ada@example.com") is None) == (422, False)
    for body in ({"password": "wrong but long"}, {}):
        assert ada.delete("/api/v1/me", json=body).status_code == 422
    assert ada.get("/api/v1/me").status_code == 200


def test_nobody_gets_into_a_deleted_account(ada: CarefulClient, visitor: Callable[[], CarefulClient]) -> None:
    header = {"Authorization": f"Bearer {a_token(ada, 'write')}"}
    other = visitor()
    sign_in(other)
    link = ada.get("/api/v1/recipes").get_json()["items"][0]["id"]
    public = ada.post(f"/api/v1/recipes/{link}/share").get_json()["url"].partition("/r/")[2]
    answer = ada.post(DELETE, data={"password": PASSWORD})
    report = ada.get(answer.location)
    assert (answer.status_code, report.status_code) == (303, 200)
    assert "Your account is deleted" in report.text
    assert "True" not in report.text
    assert "1 past version<" in report.text
    assert (ada.get("/api/v1/me").status_code, other.get("/api/v1/me").status_code) == (401, 401)
    assert visitor().get("/api/v1/me", headers=header).status_code == 401
    assert visitor().get(f"/r/{public}").status_code == 404
    assert sign_in(visitor()) == 401
    sign_up(visitor())


def test_scripts_of_a_browser_delete_it_too(ada: CarefulClient) -> None:
    header = {"Authorization": f"Bearer {a_token(ada, 'write')}"}
    assert browser(ada.application).delete("/api/v1/me", json={"password": PASSWORD}, headers=header).status_code == 403
    answer = ada.delete("/api/v1/me", json={"password": PASSWORD})
    assert (answer.status_code, answer.get_json()["done"]) == (202, True)
    assert answer.get_json()["counts"]["recipes"] == 2
    assert ada.get(answer.location).status_code == 200


def test_a_store_that_gives_out_meanwhile_leaves_the_ticket(
    ada: CarefulClient, storage: IStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_out(_: object) -> NoReturn:
        raise StorageUnavailable("no answer")

    monkeypatch.setattr(erasing.Sweeper, "start", lambda _: None)
    monkeypatch.setattr(storage, "erase_some", give_out)
    answer = ada.delete("/api/v1/me", json={"password": PASSWORD})
    assert (answer.status_code, answer.get_json()["done"]) == (202, False)
    monkeypatch.undo()
    assert ada.post(f"{answer.location}/continue").status_code == 303
    assert "Your account is deleted" in ada.get(answer.location).text


def test_a_large_account_goes_on_by_itself(
    ada: CarefulClient, storage: IStorage, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "REQUEST_S", 0.0)
    monkeypatch.setattr(erasing.Sweeper, "start", lambda _: None)
    address = ada.post(DELETE, data={"password": PASSWORD}).location
    assert "Deleting your account" in ada.get(address).text
    assert "go-on" in ada.get(address).text
    sweeper = erasing.Sweeper(storage)
    sweeper.sweep()
    assert "Your account is deleted" in ada.get(address).text
    clock.pass_by(minutes=2)
    sweeper.sweep()
    assert storage.list_erasures() == []
    assert ada.get(address).status_code == 200
    assert ada.get("/deleted/nothing").status_code == 404


def test_the_report_is_continued_by_hand(ada: CarefulClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "REQUEST_S", 0.0)
    monkeypatch.setattr(erasing.Sweeper, "start", lambda _: None)
    address = ada.post(DELETE, data={"password": PASSWORD}).location
    monkeypatch.setattr(erasing, "REQUEST_S", 20.0)
    assert ada.post(f"{address}/continue").location == address
    assert "Your account is deleted" in ada.get(address).text


def test_a_disabled_person_is_out_at_once(
    ada: CarefulClient, visitor: Callable[[], CarefulClient], storage: IStorage, clock: Clock
) -> None:
    header = {"Authorization": f"Bearer {a_token(ada)}"}
    found = storage.user_by_email("ada@example.com")
    assert found
    disable(storage, found, clock())
    assert ada.get("/api/v1/me").status_code == 401
    assert visitor().get("/api/v1/me", headers=header).status_code == 401
    assert sign_in(visitor()) == 401
    stored = storage.get_user(found.id)
    assert stored
    enable(storage, stored)
    assert sign_in(visitor()) == 200
    assert visitor().get("/api/v1/me", headers=header).status_code == 200
