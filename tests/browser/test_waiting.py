"""The page of a recipe that is still being cooked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from flavorbot.interfaces import IStorage
from flavorbot.model import Draft, Owner
from flavorbot.settings import Settings
from flavorbot.storage import open_storage
from flavorbot.storage.clock import utcnow
from tests.browser.keyboard import tab_to
from tests.browser.pages import LOOKS, Visitor
from tests.storage.values import a_draft, a_recipe

Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def storage(site: str, data: Path) -> IStorage:
    """The store of the running site, seen from beside it."""
    return open_storage(Settings(data_dir=data), b"seals no list here")


def _begun(visitor: Visitor, storage: IStorage) -> tuple[Owner, Draft]:
    """A recipe of this person that somebody has just begun to cook."""
    person = visitor.page.request.get("/api/v1/me").json()["user"]["id"]
    owner, draft = Owner("user", person), a_draft(utcnow(), request_id=str(uuid4()))
    return owner, storage.reserve_draft(owner, draft, None, utcnow())


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_the_waiting_page_is_sound(visit: Visit, storage: IStorage, look: dict[str, object]) -> None:
    visitor = visit(**look).sign_up(f"waits-{uuid4()}@example.org")
    _, draft = _begun(visitor, storage)
    visitor.open(f"/drafts/{draft.request_id}")
    assert visitor.page.locator("h1").inner_text() == "Something is simmering"


def test_waiting_ends_by_itself_and_keeps_the_place_till_then(visit: Visit, storage: IStorage) -> None:
    visitor = visit().sign_up("patient@example.org")
    owner, draft = _begun(visitor, storage)
    visitor.open(f"/drafts/{draft.request_id}")
    tab_to(visitor.page, visitor.page.get_by_role("link", name="Look now"))
    visitor.page.wait_for_event("requestfinished")
    assert visitor.page.evaluate("document.activeElement.textContent") == "Look now"
    assert storage.finish_draft(owner, replace(draft, state="done", recipe=a_recipe()))
    visitor.page.get_by_role("heading", name=a_recipe().title).wait_for()
    visitor.look()


def test_waiting_ends_without_script_too(visit: Visit, storage: IStorage) -> None:
    visitor = visit(java_script_enabled=False).sign_up("plain@example.org")
    owner, draft = _begun(visitor, storage)
    visitor.open(f"/drafts/{draft.request_id}")
    assert storage.finish_draft(owner, replace(draft, state="done", recipe=a_recipe()))
    visitor.page.get_by_role("heading", name=a_recipe().title).wait_for()
