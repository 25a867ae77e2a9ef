"""Objects of a folder and of S3, and Parquet files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import boto3
import pytest
import sqlalchemy as sa
from moto import mock_aws

from flavorbot.model import Owner, RecipeQuery, User
from tests.moving import earlier
from tests.moving.conftest import Target, breaking_off

Objects = dict[str, Any]


def objects() -> Objects:
    """By their names below `users/`."""
    found: Objects = {}
    for number in range(3):
        user = earlier.a_user(number)
        found[f"{user.pop('id')}/profile/main.json"] = user
    for number in range(7):
        dish = earlier.a_recipe(number, number % 3)
        for name in ("id", "user_id"):
            del dish[name]
        found[f"user-{number % 3:05d}/recipes/{number}.json"] = dish
    # These sort differently with and without their ending.
    found["user-00001/grocery-item/a.json"] = {"name": "rice", "amount": 1.50, "created_at": "2025-05-01T00:00:00Z"}
    found["user-00001/grocery-item/a-b.json"] = {"name": "oil"}
    found["user-00001/usage/2025-04.json"] = {"recipe_queries": 2, "recipes_generated": 4}
    found["user-00001/recipes/bad.json"] = "{not json"
    found["user-00009/recipes/1.json"] = found["user-00001/recipes/1.json"]
    found["user-00001/notes.txt"] = "no object of ours"
    return found


@pytest.fixture
def folder(tmp_path: Path) -> str:
    for name, content in objects().items():
        path = tmp_path / "kept" / "users" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(content), encoding="utf-8")
    return str(tmp_path / "kept")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="kept")
        for name, content in objects().items():
            client.put_object(Bucket="kept", Key=f"some/where/users/{name}", Body=_text(content).encode())
        yield "s3://kept/some/where"


def _text(content: object) -> str:
    return content if isinstance(content, str) else json.dumps(content, default=str)


def ana(target: Target) -> User:
    user = target.storage.user_by_email("cook1@example.com")
    assert user is not None
    return user


@pytest.mark.parametrize("kind", ["folder", "bucket"])
def test_objects_are_moved_in_and_verified(request: pytest.FixtureRequest, kind: str, target: Target) -> None:
    source = str(request.getfixturevalue(kind))
    with breaking_off(6):
        assert target.migrate(source, "--batch-size", "2").exit_code == 2
    moved = target.migrate(source, "--batch-size", "2")
    assert "recipes: goes on after " in moved.stderr
    assert [line.split() for line in moved.stdout.splitlines()[1:6]] == [
        ["profile", "3", "3", "0", "0", "0"],
        ["recipes", "9", "7", "0", "0", "2"],
        ["usage", "1", "1", "0", "0", "0"],
        ["*", "2", "2", "0", "0", "0"],
        ["all", "15", "13", "0", "0", "2"],
    ]
    assert {str(each["reason"]) for each in target.left()} == {"it is not JSON", "nobody there has the id user-00009"}
    user = ana(target)
    assert {card.title for card in target.storage.list_recipes(user.id, RecipeQuery(), 9).items} == {
        "Pancakes 1",
        "Tomato soup 4",
    }
    groceries = list(target.storage.list_records(user.id, "grocery_item"))
    assert {each.data["name"] for each in groceries} == {"rice", "oil"}
    assert target.storage.list_usage(Owner("user", user.id), "0", "9")[0].recipes_generated == 4
    assert target.migrate(source).stdout.splitlines()[5].split() == ["all", "15", "0", "13", "0", "2"]
    assert target.verify(source).stdout.splitlines()[5].split() == ["all", "15", "13", "0", "0", "0", "0", "2"]


def test_parquet_files_are_tables_of_their_names(tmp_path: Path, target: Target) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    engine = sa.create_engine(f"duckdb:///{tmp_path}/earlier.duckdb")
    earlier.fill(engine, 4, 20, broken=False)
    with engine.connect() as connection:
        for name in ("users", "recipes", "usage_tracking"):
            connection.exec_driver_sql(f"COPY {name} TO '{kept}/{name}.parquet' (FORMAT parquet)")
    engine.dispose()
    with breaking_off(3):
        assert target.migrate(str(kept), "--batch-size", "4").exit_code == 2
    moved = target.migrate(str(kept))
    assert "recipes: goes on after " in moved.stderr
    assert (moved.exit_code, moved.stdout.splitlines()[-1].split()) == (0, ["all", "27", "27", "0", "0", "0"])
    assert len(target.storage.list_recipes(ana(target).id, RecipeQuery(), 9).items) == 5
    assert target.verify(str(kept)).exit_code == 0
    alone = target.migrate(str(kept / "users.parquet"), "--entity", "users")
    assert alone.stdout.splitlines()[1].split() == ["users", "4", "0", "4", "0", "0"]
