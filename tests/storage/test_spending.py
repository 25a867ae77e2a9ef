"""What processes counted, and what calls to the store are told to have taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from flavorbot.errors import EmailTaken
from flavorbot.model import RecipeQuery, Spending, StoreCall
from flavorbot.settings import Settings
from flavorbot.storage import open_storage
from flavorbot.storage.clock import utcnow
from flavorbot.storage.dynamodb import DynamoDBStorage
from tests.storage.conftest import SECRET, Store
from tests.storage.hooks import answering
from tests.storage.metering import new_month
from tests.storage.values import a_recipe, a_session, a_user, new_id

PART = Spending(month="", requests=7, calls=9, read_units=4.5, write_units=22, people=bytes(1023) + b"\x05")


def test_sums_are_put_whole_and_months_apart(store: Store) -> None:
    month, other = new_month(), new_month()
    part = replace(PART, month=month)
    more = replace(part, requests=8)
    for process, spending in (("one", part), ("one", more), ("one", more), ("two", part)):
        store.storage.keep_spending(process, spending)
    store.storage.keep_spending("one", replace(part, month=other))
    assert sorted(store.storage.list_spending(month), key=lambda each: each.requests) == [part, more]
    assert list(store.storage.list_spending(other)) == [replace(part, month=other)]
    assert list(store.storage.list_spending(new_month())) == []


def test_the_outcome_of_a_transaction_is_told(tmp_path: Path) -> None:
    told: list[StoreCall] = []
    storage = open_storage(Settings(data_dir=tmp_path), SECRET, on_done=told.append)
    user = a_user(utcnow())
    storage.create_user(user)
    with pytest.raises(EmailTaken):
        storage.create_user(replace(user, id=new_id()))
    assert [(call.kind, call.outcome) for call in told] == [("create_user", "done"), ("create_user", "refused")]
    assert all(0 < call.seconds < 5 and not call.write_units for call in told)


def test_every_attempt_is_told_with_its_outcome(dynamodb: Store) -> None:
    told: list[StoreCall] = []
    storage = open_storage(dynamodb.settings, SECRET, dynamodb.clock, on_done=told.append)
    user = a_user(dynamodb.clock())
    storage.create_user(user)
    with pytest.raises(EmailTaken):
        storage.create_user(replace(user, id=new_id()))
    assert [(call.kind, call.outcome) for call in told][:2] == [
        ("transact_write_items", "done"),
        ("transact_write_items", "refused"),
    ]
    told.clear()
    throttled = b'{"__type": "ThrottlingException", "message": "too fast"}'
    with answering(replace(dynamodb, storage=cast(DynamoDBStorage, storage)), 2, 400, throttled):
        storage.get_user(user.id)
    assert [call.outcome for call in told] == ["throttled", "throttled", "done"]


def test_units_are_what_dynamodb_tells(local: Store) -> None:
    told: list[StoreCall] = []
    storage = open_storage(local.settings, SECRET, local.clock, on_done=told.append)
    session, user_id = a_session(local.clock()), new_id()
    local.storage.start_session(session)
    storage.keep_spending("one", replace(PART, month=new_month()))
    storage.load_session(session.sid)
    storage.create_recipe(user_id, a_recipe(), 25)
    storage.list_recipes(user_id, RecipeQuery(), 24)
    assert [(call.kind, call.read_units, call.write_units > 0) for call in told] == [
        ("put_item", 0, True),
        ("get_item", 1, False),
        ("transact_write_items", 0, True),
        ("query", 0.5, False),
    ]
    silent: list[StoreCall] = []
    uncounted = open_storage(replace(local.settings, count_units=False), SECRET, local.clock, on_done=silent.append)
    uncounted.load_session(session.sid)
    assert [(call.kind, call.read_units) for call in silent] == [("get_item", 0)]
