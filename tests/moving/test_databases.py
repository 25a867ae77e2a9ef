"""The database that FlavorBot came from is moved in from real servers, compared, and moved in again without effect."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from flavorbot import accounts
from flavorbot.errors import BoxFull, NotSignedIn
from flavorbot.model import Owner, Recipe, RecipeQuery, User
from flavorbot.passwords import REFUSED_AFTER_S, is_outdated
from tests.moving import earlier
from tests.moving.conftest import Target, breaking_off
from tests.moving.servers import engine_of
from tests.storage.values import new_id

PEOPLE, DISHES = 8, 60


@pytest.fixture(params=["postgresql", "mariadb", "sqlite", "duckdb"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The earlier database in each of them."""
    if request.param in ("postgresql", "mariadb"):
        url = str(request.getfixturevalue(f"{request.param}_url"))
        engine = engine_of(url)
    else:
        path = tmp_path / f"earlier.{request.param}"
        url = str(path) if request.param == "sqlite" else f"duckdb:///{path}"
        engine = sa.create_engine(f"{request.param}:///{path}")
    earlier.fill(engine, PEOPLE, DISHES)
    engine.dispose()
    return url


def ana(target: Target) -> User:
    user = target.storage.user_by_email("cook1@example.com")
    assert user is not None
    return user


def a_dish(target: Target) -> Recipe:
    page = target.storage.list_recipes(ana(target).id, RecipeQuery(q="pancakes 1"), 10)
    (card,) = (card for card in page.items if card.title == "Pancakes 1")
    recipe = target.storage.get_recipe(ana(target).id, card.id)
    assert recipe is not None
    return recipe


def test_everything_is_moved_in_and_verified(source: str, target: Target) -> None:
    with breaking_off(5):
        assert target.migrate(source, "--batch-size", "10").exit_code == 2
    moved = target.migrate(source)
    assert "recipes: goes on after " in moved.stderr
    assert moved.exit_code == 1, moved.output
    assert [line.split() for line in moved.stdout.splitlines() if line.startswith(("users", "recipes", "all"))] == [
        ["users", "10", "8", "0", "0", "2"],
        ["recipes", "64", "60", "0", "0", "4"],
        ["all", "80", "73", "0", "1", "6"],
    ]
    user = ana(target)
    assert (user.name, user.plan, user.theme, user.created_at.isoformat()) == (
        "Ana Cook 1", "pro", "dark", "2025-03-01T12:31:15+00:00",
    )  # fmt: skip
    assert (user.diets, user.exclude, user.allergies) == (("vegetarian", "gluten_free"), ("mushrooms",), None)
    assert user.email_confirmed_at == user.created_at
    (kept,) = target.storage.list_records(user.id, "earlier_profile")
    assert kept.data["bio"] == "Cooks on Sundays."
    assert target.storage.list_usage(Owner("user", user.id), "0", "9")[0].recipes_generated == 1
    recipe = a_dish(target)
    assert recipe.ingredients[0].name == "flour"
    assert (recipe.allergens, recipe.category) == (("gluten", "eggs", "milk"), "lunch")
    assert (recipe.cook_minutes, recipe.total_minutes) == (11, 11)
    assert recipe.nutrition is not None
    assert (recipe.version, recipe.source.kind) == (1, "import")
    assert {str(each["reason"]) for each in target.left()} == {
        "“not an address” is no e-mail address",
        "another account has this address",
        "No ingredients were found in it.",
        "it has no user_id",
        "nobody there has the id nobody",
        "the account it belongs to cannot come in",
        "it has expired",
    }
    assert "a token that must go nowhere" not in repr(target.left())
    assert earlier.PASSWORD_HASH not in repr(target.left())

    again = target.migrate(source)
    assert again.stdout.splitlines()[-2].split() == ["all", "80", "0", "73", "1", "6"]
    assert a_dish(target) == recipe
    verified = target.verify(source)
    assert verified.exit_code == 1
    assert verified.stdout.splitlines()[-3].split() == ["all", "80", "73", "0", "0", "0", "1", "6"]
    assert "6 rows are not here as they should be." in verified.stdout


def test_what_is_missing_or_another_is_found(tmp_path: Path, target: Target) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/earlier.db")
    earlier.fill(engine, 3, 9, broken=False)
    source = f"{tmp_path}/earlier.db"
    assert target.migrate(source).exit_code == 0
    assert target.verify(source).stdout.splitlines()[-1] == "Everything is here."
    user, recipe = ana(target), a_dish(target)
    target.storage.update_recipe(user.id, recipe, recipe)
    with target.storage.db.write("tamper") as connection:  # type: ignore[union-attr]
        connection.execute("DELETE FROM recipes WHERE user_id = ? AND id != ?", [user.id, recipe.id])
    with engine.begin() as connection_:
        connection_.execute(earlier.users.update().where(earlier.users.c.id == "user-00002").values(first_name="Eve"))
    engine.dispose()
    verified = target.verify(source, "--entity", "users")
    assert verified.stdout.splitlines()[1].split() == ["users", "3", "2", "0", "1", "0", "0", "0"]
    verified = target.verify(source, "--entity", "recipes")
    assert verified.stdout.splitlines()[1].split() == ["recipes", "9", "6", "1", "0", "2", "0", "0"]
    assert [each["outcome"] for each in target.left("verify")] == ["missing", "missing"]


def test_an_earlier_password_opens_the_account_and_is_hashed_anew(target: Target, tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/earlier.db")
    earlier.fill(engine, 2, 1, broken=False)
    with engine.begin() as connection:
        connection.execute(earlier.users.update().where(earlier.users.c.id == "user-00000").values(password="$2b$10$x"))
    engine.dispose()
    target.migrate(f"{tmp_path}/earlier.db")
    user = ana(target)
    assert is_outdated(user.password_hash)
    with pytest.raises(NotSignedIn):
        accounts.check_credentials(target.storage, user.email, earlier.PASSWORD + " ")
    for email in (user.email, "nobody@example.com"):
        began = time.monotonic()
        with pytest.raises(NotSignedIn):
            accounts.check_credentials(target.storage, email, "wrong")
        assert time.monotonic() - began >= REFUSED_AFTER_S
    entered = accounts.check_credentials(target.storage, user.email, earlier.PASSWORD)
    assert entered.password_hash.startswith("$argon2id$")
    assert accounts.check_credentials(target.storage, user.email, earlier.PASSWORD) == entered
    other = target.storage.user_by_email("cook0@example.com")
    assert other is not None
    assert other.password_hash == ""
    assert "a reset by mail" in str(target.left()[0]["reason"])


def test_a_dry_run_stores_nothing_and_says_what_it_would(tmp_path: Path, target: Target) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/earlier.db")
    earlier.fill(engine, 3, 9, broken=False)
    engine.dispose()
    tried = target.migrate(f"{tmp_path}/earlier.db", "--dry-run", "--batch-size", "2")
    assert tried.exit_code == 0
    assert tried.stdout.splitlines()[-2].split()[:3] == ["all", "16", "15"]
    assert "would write" in tried.stdout
    assert list(target.storage.every_user()) == []


def test_a_whole_person_goes_to_dynamodb(tmp_path: Path, dynamodb_target: Target) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path}/earlier.db")
    earlier.fill(engine, 6, 90)
    engine.dispose()
    source = f"{tmp_path}/earlier.db"
    moved = dynamodb_target.migrate(source, "--batch-size", "40")
    assert moved.stdout.splitlines()[-2].split() == ["all", "108", "101", "0", "1", "6"]
    again = dynamodb_target.migrate(source)
    assert again.stdout.splitlines()[-2].split() == ["all", "108", "0", "101", "1", "6"]
    verified = dynamodb_target.verify(source)
    assert verified.stdout.splitlines()[-3].split() == ["all", "108", "101", "0", "0", "0", "1", "6"]
    user = ana(dynamodb_target)
    assert len(dynamodb_target.storage.list_recipes(user.id, RecipeQuery(), 100).items) == 15
    with pytest.raises(BoxFull, match="keeps 15 recipes"):
        dynamodb_target.storage.create_recipe(user.id, replace(a_dish(dynamodb_target), id=new_id()), 15)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("postgresql://nobody:hunter2@127.0.0.1:1/none", "cannot be opened"),
        ("nonsense://x/y", "cannot be opened"),
        ("missing.db", "There is no missing.db"),
        ("sqlite:///missing.db", "There is no file missing.db"),
        ("README.md", "no file that can be moved in"),
        ("tests", "no folder users/"),
    ],
)
def test_a_source_that_cannot_be_opened_is_told_of_in_a_line(target: Target, source: str, told: str) -> None:
    result = target.migrate(source)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "hunter2" not in result.output
    assert "Traceback" not in result.output
