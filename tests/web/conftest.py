"""A FlavorBot on an embedded store of its own, with a clock that tests move and a list of the storage calls it made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, cast

import pytest
from flask import Flask
from moto import mock_aws
from moto.dynamodb.models import dynamodb_backends

from flavorbot import app as application
from flavorbot import passwords
from flavorbot.errors import StorageUnavailable
from flavorbot.interfaces import IStorage
from flavorbot.settings import Issuer, Settings
from flavorbot.storage import open_storage
from flavorbot.storage.setup import setup_table
from flavorbot.web import outbox
from flavorbot.web.outbox import settle
from flavorbot.web.services import Services
from tests.fetching.site import Site, serving
from tests.generators.model.server import Server
from tests.quick import HASHER, share_templates
from tests.web.client import CarefulClient
from tests.web.provider import CLIENT, SECRET, Provider
from tests.web.provider import serving as provide
from tests.web.scripted import ScriptedGenerator, script

PASSWORD = "a long enough phrase"
TABLE, REGION = "flavorbot-test", "eu-central-1"


class Clock:
    """The time, which only moves when told."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, **duration: float) -> None:
        self.time += timedelta(**duration)


class MakeApp(Protocol):
    def __call__(self, **settings: Any) -> Flask: ...  # noqa: ANN401


class Break(Protocol):
    def __call__(self, *names: str) -> None: ...


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def calls() -> list[str]:
    """The names of the storage calls made so far; empty it before what is to be counted."""
    return []


@pytest.fixture
def make_app(tmp_path: Path, clock: Clock, calls: list[str], monkeypatch: pytest.MonkeyPatch) -> MakeApp:
    """Build the application with these settings; several of one test share their store, like workers."""

    def make(**settings: Any) -> Flask:  # noqa: ANN401
        known = Settings(**{"data_dir": tmp_path, "secret_key": "a secret for tests", "rates": False, **settings})
        monkeypatch.setattr(application, "_now", clock)
        monkeypatch.setattr(outbox, "EVEN_S", 0.0)
        monkeypatch.setattr(passwords, "_hasher", HASHER)
        monkeypatch.setattr(passwords, "REFUSED_AFTER_S", 0.0)
        storage = open_storage(known, b"a secret for tests", clock, calls.append)
        app = application.create_app(known, storage=storage)
        app.test_client_class = CarefulClient
        share_templates(app)
        return app

    return make


@pytest.fixture(scope="module")
def made_up_aws() -> Iterator[None]:
    """Our table in a made-up AWS, for the tests of one module."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "for-tests")
        setup_table(Settings(table_name=TABLE, region=REGION))
        yield


@pytest.fixture
def aws(made_up_aws: None) -> None:
    """A made-up AWS with our table in it, empty: `make_app(table_name=TABLE, region=REGION)` works on it."""
    dynamodb_backends["123456789012"][REGION].get_table(TABLE).items.clear()


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app()


@pytest.fixture(params=["sqlite", "dynamodb"])
def app_of_each_store(request: pytest.FixtureRequest, make_app: MakeApp) -> Flask:
    """For modules whose `app` this is: each of their tests runs on both stores."""
    if request.param == "sqlite":
        return make_app()
    request.getfixturevalue("aws")
    return make_app(table_name=TABLE, region=REGION)


@pytest.fixture
def kitchen(make_app: MakeApp, server: Server) -> Flask:
    """A FlavorBot whose recipes come from the scripted language model."""
    return make_app(model="test-model", model_url=server.address, model_deadline_s=5, model_calls=1)


@pytest.fixture
def generator(app: Flask) -> ScriptedGenerator:
    """Takes the kitchen's place, where the food does not matter."""
    return script(app)


@pytest.fixture
def client(app: Flask) -> CarefulClient:
    return browser(app)


@pytest.fixture
def visitor(app: Flask) -> Callable[[], CarefulClient]:
    """Make another browser."""
    return lambda: browser(app)


@pytest.fixture
def storage(app: Flask) -> IStorage:
    found: Services = app.extensions["flavorbot"]
    return found.storage


@pytest.fixture
def break_storage(storage: IStorage, monkeypatch: pytest.MonkeyPatch) -> Break:
    """Make the named methods of the storage fail, as when it is down."""

    def fail(*_: object) -> None:
        raise StorageUnavailable("nobody answers")

    def break_down(*names: str) -> None:
        for name in names:
            monkeypatch.setattr(storage, name, fail)

    return break_down


@pytest.fixture
def web(app: Flask) -> Iterator[Site]:
    """The web, as far as this FlavorBot can see it."""
    with serving() as site:
        found: Services = app.extensions["flavorbot"]
        app.extensions["flavorbot"] = replace(found, fetch=lambda url: site.fetch(url, 1))
        yield site


@pytest.fixture
def provider() -> Iterator[Provider]:
    """An outside provider to sign in with."""
    with provide() as running:
        yield running


@pytest.fixture
def issuer(provider: Provider) -> Issuer:
    return Issuer(name="example", url=provider.issuer, client_id=CLIENT, client_secret=SECRET)


@pytest.fixture
def ada(client: CarefulClient) -> CarefulClient:
    """Somebody with an account."""
    sign_up(client)
    return client


def browser(app: Flask) -> CarefulClient:
    """A new browser of its own."""
    return cast(CarefulClient, app.test_client())


def sign_up(client: CarefulClient, email: str = "ada@example.com", name: str = "Ada") -> str:
    """Make an account in this browser, its address confirmed where that is asked for; gives the person's id."""
    account = {"email": email, "password": PASSWORD, "name": name}
    response = client.post("/api/v1/auth/register", json=account)
    assert response.status_code == 201, response.text
    settle()
    if response.get_json()["user"] is None:
        found: Services = client.application.extensions["flavorbot"]
        user = found.storage.user_by_email(email)
        assert user
        found.storage.update_user(replace(user, email_confirmed_at=found.now()), {})
        assert sign_in(client, email) == 200
        return user.id
    user_id: str = response.get_json()["user"]["id"]
    return user_id


def sign_in(client: CarefulClient, email: str = "ada@example.com", password: str = PASSWORD) -> int:
    """Sign this browser in; gives the status."""
    status = client.post("/api/v1/auth/login", json={"email": email, "password": password}).status_code
    settle()
    return status
