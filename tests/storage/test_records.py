"""Typed records: whatever else a person keeps, found by its type, exact to the last digit, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from flavorbot.errors import InvalidInput, NotFound, RequestReused, VersionConflict
from flavorbot.model import TypedRecord
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.typed import pack_vector, unpack_vector
from tests.storage.conftest import Store
from tests.storage.hooks import lost_answers
from tests.storage.values import DAY, Values, new_id

EXACT = {
    "price": Decimal("10.10"),
    "tiny": Decimal("-1E-30"),
    "float": 0.1,
    "huge": 2**70,
    "is": True,
    "none": None,
    "list": [1, 1.0, {"$decimal": "no number", "$x": Decimal(3)}],
    "text": "Crème 🍮",
}


def a_record(**changes: Values) -> TypedRecord:
    values: Values = {"type": "report", "id": new_id(), "data": EXACT}
    return TypedRecord(**values | changes)


def test_a_record_comes_back_exactly(store: Store) -> None:
    user, record = new_id(), a_record(vector=(0.5, -1.25, 3.0))
    stored = store.storage.save_record(user, record)
    assert stored == replace(record, version=1, created_at=store.clock(), updated_at=store.clock())
    found = store.storage.get_record(user, "report", record.id)
    assert found == stored
    assert found is not None
    assert repr(found.data) == repr({name: EXACT[name] for name in sorted(EXACT)})


def test_records_are_listed_by_type_and_to_their_owner_alone(store: Store) -> None:
    user, other = new_id(), new_id()
    reports = [store.storage.save_record(user, a_record(data={"n": n})) for n in range(3)]
    late = store.storage.save_record(user, a_record(type="report_2"))
    store.storage.save_record(other, a_record())
    assert list(store.storage.list_records(user, "report")) == sorted(reports, key=lambda each: each.id)
    assert list(store.storage.list_records(user)) == [*sorted(reports, key=lambda each: each.id), late]
    assert list(store.storage.list_records(user, "other")) == []
    assert store.storage.get_record(other, "report", reports[0].id) is None
    assert not store.storage.delete_record(other, "report", reports[0].id)
    with pytest.raises(NotFound):
        store.storage.update_record(other, reports[0])


def test_a_box_of_records_is_read_to_its_end(store: Store) -> None:
    user = new_id()
    ids = sorted(f"{number:04d}" for number in range(205))
    for each in ids:
        store.storage.save_record(user, a_record(id=each, data={}))
    assert [each.id for each in store.storage.list_records(user)] == ids


def test_an_edit_takes_the_version_it_was_made_from(store: Store) -> None:
    user = new_id()
    first = store.storage.save_record(user, a_record(vector=(1.0, 0.1)))
    store.clock.advance(timedelta(minutes=1))
    second = store.storage.update_record(user, replace(first, data={"price": Decimal("1.0")}, vector=()))
    assert second == replace(first, data={"price": Decimal("1.0")}, vector=(), version=2, updated_at=store.clock())
    assert store.storage.get_record(user, "report", first.id) == second
    with pytest.raises(VersionConflict):
        store.storage.update_record(user, replace(first, data={}))


def test_the_same_again_changes_nothing_and_another_is_refused(store: Store) -> None:
    user, record = new_id(), a_record()
    first = store.storage.save_record(user, record)
    store.clock.advance(timedelta(minutes=1))
    assert store.storage.save_record(user, record) == first
    with pytest.raises(RequestReused):
        store.storage.save_record(user, replace(record, data={"price": Decimal("10.1")}))


def test_a_deleted_record_is_gone_and_stays_gone(store: Store) -> None:
    user = new_id()
    record = store.storage.save_record(user, a_record())
    assert store.storage.delete_record(user, record.type, record.id)
    assert not store.storage.delete_record(user, record.type, record.id)
    assert store.storage.get_record(user, record.type, record.id) is None
    with pytest.raises(NotFound):
        store.storage.update_record(user, record)


def test_a_record_ends_with_its_time_though_it_is_still_stored(store: Store) -> None:
    user = new_id()
    record = store.storage.save_record(user, a_record(expires_at=store.clock() + DAY))
    store.clock.advance(DAY)
    assert store.storage.get_record(user, record.type, record.id) is None
    assert list(store.storage.list_records(user)) == []
    assert not store.storage.delete_record(user, record.type, record.id)
    with pytest.raises(NotFound):
        store.storage.update_record(user, record)
    again = store.storage.save_record(user, replace(record, data={"other": 1}, expires_at=None))
    assert store.storage.get_record(user, record.type, record.id) == again


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "Report"},
        {"type": "a#b"},
        {"type": ""},
        {"id": "x" * 1025},
        {"data": {"n": float("nan")}},
        {"data": {"n": Decimal("Infinity")}},
        {"data": {"n": b"bytes"}},
        {"data": {"n": {1: 2}}},
        {"data": {"n": "\ud800"}},
        {"data": {"n": "x" * 420_000}},
        {"vector": (1.0, float("inf"))},
    ],
)
def test_what_cannot_be_kept_exactly_is_refused(sqlite: Store, local: Store, changes: Values) -> None:
    for store in (sqlite, local):
        with pytest.raises(InvalidInput):
            store.storage.save_record("somebody", a_record(**changes))


def test_a_lost_answer_changes_nothing(local: Store) -> None:
    user = new_id()
    with lost_answers(local, 1) as lost:
        record = local.storage.save_record(user, a_record())
    with lost_answers(local, 1):
        changed = local.storage.update_record(user, replace(record, data={"n": 1}))
    assert lost
    assert changed.version == 2
    assert local.storage.get_record(user, record.type, record.id) == changed


def test_expiry_is_told_to_the_table(local: Store) -> None:
    assert isinstance(local.storage, DynamoDBStorage)
    user = new_id()
    local.storage.save_record(user, a_record(expires_at=local.clock() + DAY))
    (item,) = local.storage.table.query(
        KeyConditionExpression="PK = :pk", ExpressionAttributeValues={":pk": {"S": f"USER#{user}"}}
    )
    assert abs(int(item["ttl"]["N"]) - (local.clock() + DAY).timestamp()) <= 1


def test_vectors_are_packed_as_narrow_as_is_exact() -> None:
    assert len(pack_vector((0.5,) * 384) or b"") == 1 + 4 * 384
    assert len(pack_vector((0.1,) * 384) or b"") == 1 + 8 * 384
    for vector in ((), (0.5, -2.0), (0.1, 1e300), (1e-45,)):
        assert unpack_vector(pack_vector(vector)) == vector
