"""Stores that hold one at least of everything the app makes, and ways to compare all that is in them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flavorbot.model import Owner, User
from flavorbot.settings import Settings
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.kinds import ALL, digest, key_digest
from flavorbot.storage.sqlite import SQLiteStorage
from tests.storage.conftest import SECRET, Store
from tests.storage.metering import a_metered_draft
from tests.storage.metering import an_event as a_usage_event
from tests.storage.test_account_events import an_event
from tests.storage.test_erasing import a_full_account, an_erasure, erase
from tests.storage.test_identities import an_identity
from tests.storage.test_mail_tokens import a_token as a_mail_token
from tests.storage.test_passkeys import a_passkey
from tests.storage.test_second_factors import a_factor
from tests.storage.test_spending import PART
from tests.storage.values import DAY, Clock, a_draft, a_recipe, a_session, a_user, an_owner, new_id


def a_file(folder: Path) -> Store:
    """An embedded store."""
    clock = Clock()
    return Store(SQLiteStorage(folder, SECRET, clock), clock, settings=Settings(data_dir=folder))


def fill(store: Store) -> User:
    """One at least of every kind; the person has them all."""
    _erasures(store)
    storage, now = store.storage, store.clock()
    user = a_full_account(store)
    storage.add_passkey(a_passkey(store, user_id=user.id))
    storage.add_identity(an_identity(store, user_id=user.id, subject=f"of#{user.id}"))
    storage.put_second_factor(a_factor(store, user_id=user.id))
    storage.put_mail_token(a_mail_token(store, user.id))
    storage.add_event(user.id, an_event(store))
    storage.start_session(a_session(now))
    storage.keep_spending(new_id(), replace(PART, month=f"{now:%Y-%m}"))
    storage.check_rate("sign-in", "203.0.113.7#x", 5, 60)
    storage.reserve_draft(Owner("user", user.id), a_draft(now), None, now + DAY)
    _visit(store)
    return user


def _visit(store: Store) -> None:
    """A guest's recipe, and a person without an account's other things."""
    storage, now, guest = store.storage, store.clock(), an_owner("guest")
    draft = storage.reserve_draft(guest, a_metered_draft(store), 3, now + DAY)
    storage.finish_draft(guest, replace(draft, recipe=a_recipe()), a_usage_event(draft))
    storage.reserve_draft(guest, a_draft(now, period=draft.period), 3, now + DAY)
    storage.create_user(a_user(now, email=f"ÄNNE.{new_id()}@example.com", disabled_at=now, allergies=None))


def _erasures(store: Store) -> None:
    """One account that is gone, and one that is going."""
    gone, going = (a_full_account(store, recipes=2) for _ in range(2))
    for user, is_over in ((gone, True), (going, False)):
        erasure = an_erasure(store, user)
        store.storage.begin_erasure(user, erasure)
        if is_over:
            done = erase(store, erasure)
            store.clock.advance(timedelta(minutes=2))
            assert store.storage.erase_some(done).closed


def held(store: Store, kinds: Container[str] = ALL) -> dict[bytes, tuple[bytes, str]]:
    """Every entry by its key, with what it holds."""
    entries = list(store.storage.entries(kinds))
    found = {key_digest(entry): (digest(entry), entry.kind) for entry in entries}
    assert len(found) == len(entries)
    return found


def items(store: Store) -> dict[tuple[str, str], dict[str, Any]]:
    """Every item of a table by its key, without the marks of writes, what is being cooked just now, and sums."""
    assert isinstance(store.storage, DynamoDBStorage)
    found = store.storage.table.scan()
    return {(item["PK"]["S"], item["SK"]["S"]): dict(_lasting(item)) for item in found if not _is_passing(item)}


def _is_passing(item: dict[str, Any]) -> bool:
    return item.get("state") == {"S": "running"} or item["PK"]["S"].startswith("USAGE#MODEL#")


def _lasting(item: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    pending = sum(name.startswith("p_") for name in item)
    for name, value in item.items():
        counted = {"N": str(int(value["N"]) - pending)} if name == "recipes_generated" else value
        if name not in ("write", "lease") and not name.startswith("p_") and counted != {"N": "0"}:
            yield name, counted
