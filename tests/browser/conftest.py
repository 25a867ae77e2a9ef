"""A real Chromium against FlavorBot as shipped; every page it opens is looked at for faults."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.pages import Visitor
from tests.parts import need
from tests.server import serving

# Rates off, and room for many recipes.
BUSY = {"FLAVORBOT_RATES": "off", "FLAVORBOT_PLAN_FREE": "500/500/500", "FLAVORBOT_GUEST_RECIPES": "500"}
# The first is Chromium without its windows: it opens a page in a quarter of the time.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]


def chromium_path() -> str:
    """Where a Chromium is, or a skip."""
    return need(next(filter(None, map(shutil.which, CHROMIUMS)), None), "no Chromium: apt-get install chromium")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the running FlavorBot."""
    return tmp_path_factory.mktemp("site") / "data"


@pytest.fixture(scope="session")
def site(data: Path) -> Iterator[str]:
    """The address of a running FlavorBot on the embedded store."""
    with serving(data, **BUSY) as url:
        yield url


@pytest.fixture(params=["sqlite", "dynamodb"])
def every_site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new FlavorBot on each store in turn."""
    table = {}
    if request.param == "dynamodb":
        endpoint = request.getfixturevalue("dynamodb_local")
        table = {"DYNAMODB_TABLE_NAME": f"walk-{uuid4()}", "DYNAMODB_ENDPOINT": endpoint}
    with serving(tmp_path / "data", **BUSY, **table) as url:
        yield url


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """Make a visitor with a browser of their own; `keys` see `Visitor`, other keywords go to `new_context`."""
    contexts: list[BrowserContext] = []

    def make(address: str = site, *, keys: bool = False, **options: object) -> Visitor:
        # A busy Chromium may report that a page was shown before its view transition was ready.
        options.setdefault("reduced_motion", "reduce")
        context = chromium.new_context(base_url=address, **options)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context.new_page(), strict=options.get("java_script_enabled") is not False, keys=keys)

    yield make
    for context in contexts:
        context.close()
