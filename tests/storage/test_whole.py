"""A whole store as entries: every kind is known, and all of it arrives in the other engine and comes back."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from flavorbot.model import Owner
from flavorbot.settings import Settings
from flavorbot.storage import table
from flavorbot.storage.items import to_item
from flavorbot.storage.kinds import ALL, KINDS
from flavorbot.storage.sqlite_whole import _NOT_IN_ROWS
from flavorbot.storage.table import Key
from flavorbot.storage.whole_items import entry_of, key_of
from tests.storage.conftest import Store, dynamodb_store
from tests.storage.values import new_id
from tests.storage.whole import a_file, fill, held, items

# Tables that follow from others, or are SQLite's own.
NO_KIND = {"session_values", "recipe_search", "recipe_terms", "recipe_places"}
# Columns that follow from others.
FOLLOWING = {"users": {"email_key"}, "recipes": {"words", "words_of"}, "erasures": {"expires"}}


@pytest.fixture
def file(tmp_path: Path) -> Store:
    return a_file(tmp_path / "one")


def a_table(request: pytest.FixtureRequest, kind: str) -> Store:
    """A table of its own, beside those of other tests."""
    request.getfixturevalue(f"{kind}_store")
    if kind == "moto":
        return dynamodb_store(Settings(table_name=f"whole-{new_id()}", region="eu-central-1"))
    endpoint = request.getfixturevalue("dynamodb_local")
    return dynamodb_store(Settings(table_name=f"whole-{new_id()}", endpoint=endpoint))


def copy(source: Store, target: Store) -> None:
    target.clock.time = source.clock.time
    assert not target.storage.put_entries(source.storage.entries(ALL))


def test_every_table_and_column_belongs_to_a_kind(file: Store) -> None:
    file.storage.check()
    with file.storage.db.read("columns") as connection:  # type: ignore[union-attr]
        rows = connection.execute(
            "SELECT tables.name AS name, columns.name AS column FROM pragma_table_list AS tables"
            " JOIN pragma_table_info(tables.name) AS columns WHERE tables.schema = 'main'"
            " AND tables.type IN ('table', 'virtual') AND tables.name NOT LIKE 'sqlite%'"
        ).fetchall()
    found = {(row["name"], row["column"]) for row in rows if row["name"] not in NO_KIND}
    known = {
        (kind.table, column) for kind in KINDS for column in kind.names if column not in _NOT_IN_ROWS.get(kind.name, ())
    } | {(name, column) for name, columns in FOLLOWING.items() for column in columns}
    assert found == known


def a_key(builder: object) -> Key:
    """The key that one of the functions of `table.py` makes of made-up values."""
    assert callable(builder)
    given = {"owner": Owner("guest", "g"), "version": 7, "part": 7, "shard": 7, "window": "2026-01-01T00:00:00Z+60"}
    key: Key = builder(*(given.get(name, "x") for name in inspect.signature(builder).parameters))
    return key


def test_every_key_belongs_to_a_kind() -> None:
    builders = {name: each for name, each in vars(table).items() if name.endswith("_key") and name[0] != "_"}
    del builders["index_key"]
    assert len(builders) > 25
    for name, builder in builders.items():
        key = a_key(builder)
        if name != "model_usage_key":
            found = entry_of(key | to_item({"token_hash": "x"}) | {"data": {"M": {}}})
            assert found is None or key_of(found) == key, name


@pytest.mark.parametrize("kind", ["moto", "local"])
def test_a_file_moves_to_a_table_and_back(
    request: pytest.FixtureRequest, tmp_path: Path, file: Store, kind: str
) -> None:
    fill(file)
    there, back = a_table(request, kind), a_file(tmp_path / "back")
    assert {name for _, name in held(file).values()} == set(ALL)
    copy(file, there)
    assert held(there) == held(file)
    copy(there, back)
    assert held(back) == held(file)


@pytest.mark.parametrize("kind", ["moto", "local"])
def test_a_table_moves_to_a_file_and_back_item_for_item(request: pytest.FixtureRequest, file: Store, kind: str) -> None:
    first, second = a_table(request, kind), a_table(request, kind)
    fill(first)
    copy(first, file)
    assert held(file) == held(first)
    copy(file, second)
    assert held(second) == held(first)
    assert items(second) == items(first)


def test_a_table_is_read_in_segments(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setattr("flavorbot.storage.dynamodb_whole.SEGMENT", 10)
    store = a_table(request, "local")
    fill(store)
    found = held(store)
    assert store.calls.count("scan") > 5
    monkeypatch.setattr("flavorbot.storage.dynamodb_whole.SEGMENT", 100_000)
    assert held(store) == found
