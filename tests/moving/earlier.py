"""The database that FlavorBot came from, as its tables are, with a few of everything in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

SALT = "0123456789abcdef0123456789abcdef"
PASSWORD = "correct horse battery"
THEN = datetime(2025, 3, 1, 12, 30, 15, tzinfo=UTC)
Row = dict[str, Any]

metadata = sa.MetaData()
users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("email", sa.String(255)),
    sa.Column("password", sa.String(255)),
    sa.Column("email_verified", sa.Boolean),
    sa.Column("email_verification_token", sa.String(255)),
    sa.Column("auth_provider", sa.String(40)),
    sa.Column("first_name", sa.String(80)),
    sa.Column("last_name", sa.String(80)),
    sa.Column("profile_image_url", sa.String(255)),
    sa.Column("subscription_tier", sa.String(20)),
    sa.Column("subscription_status", sa.String(20)),
    sa.Column("email_notifications", sa.Boolean),
    sa.Column("dietary_preferences", sa.JSON),
    sa.Column("bio", sa.Text),
    sa.Column("dark_mode", sa.Boolean),
    sa.Column("created_at", sa.DateTime(timezone=True)),
    sa.Column("updated_at", sa.DateTime(timezone=True)),
)
recipes = sa.Table(
    "recipes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.String(64)),
    sa.Column("title", sa.Text),
    sa.Column("description", sa.Text),
    sa.Column("ingredients", sa.JSON),
    sa.Column("instructions", sa.JSON),
    sa.Column("category", sa.String(20)),
    sa.Column("cook_time", sa.Integer),
    sa.Column("servings", sa.Integer),
    sa.Column("image_url", sa.String(255)),
    sa.Column("is_from_ai", sa.Boolean),
    sa.Column("created_at", sa.DateTime(timezone=True)),
)
usage_tracking = sa.Table(
    "usage_tracking",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("user_id", sa.String(64)),
    sa.Column("month", sa.String(7)),
    sa.Column("recipe_queries", sa.Integer),
    sa.Column("recipes_generated", sa.Integer),
)
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("sid", sa.String(255), primary_key=True),
    sa.Column("sess", sa.JSON),
    sa.Column("expire", sa.DateTime(timezone=True)),
)

DISHES = (
    ("Tomato soup", ["400 g tinned tomatoes", "1 onion", "2 tbsp olive oil"], "Chop the onion and fry it in the oil."),
    ("Pancakes", ["200 g flour", "2 eggs", "300 ml milk"], "Whisk everything and fry thin pancakes."),
    ("Lentil curry", ["250 g red lentils", "400 ml coconut milk", "1 tbsp curry powder"], "Simmer for 25 minutes."),
    ("Trout with almonds", ["2 trout", "50 g flaked almonds", "30 g butter"], "Fry the trout in the butter."),
)


def scrypt(password: str, salt: str = SALT) -> str:
    """As the earlier FlavorBot kept passwords: its salt is text."""
    found = hashlib.scrypt(password.encode(), salt=salt.encode(), n=16_384, r=8, p=1, maxmem=2**26, dklen=64)
    return f"{found.hex()}.{salt}"


def a_user(number: int, **changes: Any) -> Row:  # noqa: ANN401
    values: Row = {
        "id": f"user-{number:05d}",
        "email": f"Cook{number}@Example.com",
        "password": PASSWORD_HASH,
        "email_verified": True,
        "email_verification_token": "a token that must go nowhere",
        "auth_provider": "local",
        "first_name": "Ana",
        "last_name": f"Cook {number}",
        "subscription_tier": "pro",
        "subscription_status": "active",
        "email_notifications": True,
        "dietary_preferences": ["vegetarian", "Gluten-Free", "no mushrooms"],
        "bio": "Cooks on Sundays.",
        "dark_mode": True,
        "created_at": THEN + timedelta(minutes=number),
        "updated_at": THEN + timedelta(days=1, minutes=number),
    }
    return values | changes


def a_recipe(number: int, user: int, **changes: Any) -> Row:  # noqa: ANN401
    title, ingredients, step = DISHES[number % len(DISHES)]
    values: Row = {
        "id": number,
        "user_id": f"user-{user:05d}",
        "title": f"{title} {number}",
        "description": "As at home.",
        "ingredients": ingredients,
        "instructions": [step, f"Serve it on plate {number}."],
        "category": ("breakfast", "lunch", "dinner", "snacks")[number % 4],
        "cook_time": 10 + number % 50,
        "servings": 1 + number % 6,
        "image_url": "https://example.com/dish.jpg",
        "is_from_ai": number % 2 == 0,
        "created_at": THEN + timedelta(hours=number),
    }
    return values | changes


PASSWORD_HASH = scrypt(PASSWORD)


def fill(engine: sa.Engine, people: int, dishes: int, *, broken: bool = True) -> None:
    """Make the tables with so many rows, and where `broken` some that cannot come in."""
    now = datetime.now(UTC)
    metadata.drop_all(engine)
    metadata.create_all(engine)
    with engine.begin() as connection:
        for some in _some(a_user(number) for number in range(people)):
            connection.execute(users.insert(), some)
        for some in _some(a_recipe(number, number % people) for number in range(1, dishes + 1)):
            connection.execute(recipes.insert(), some)
        connection.execute(
            usage_tracking.insert(),
            [
                {
                    "id": number,
                    "user_id": f"user-{number:05d}",
                    "month": "2025-04",
                    "recipe_queries": 3,
                    "recipes_generated": number,
                }
                for number in range(1, min(people, 5))
            ],
        )
        for number, days in enumerate((20, -1)):
            sess = {"cookie": {"path": "/"}, "passport": {"user": "user-00000"}}
            row = {"sid": f"sid-{number}", "sess": sess, "expire": now + timedelta(days=days)}
            connection.execute(sessions.insert(), row)
        if broken:
            _add_broken(connection, people, dishes)


def _add_broken(connection: sa.Connection, people: int, dishes: int) -> None:
    """What stands in every database that was used for years."""
    for row in (a_user(people, email="not an address"), a_user(people + 1, email="COOK0@example.com")):
        connection.execute(users.insert(), row)
    wrong: list[Row] = [
        {"ingredients": []},
        {"user_id": None},
        {"user_id": "nobody"},
        {"user_id": f"user-{people:05d}"},
    ]
    for number, changes in enumerate(wrong, dishes + 1):
        connection.execute(recipes.insert(), a_recipe(number, 0) | changes)


def _some(rows: Iterator[Row], size: int = 500) -> Iterator[list[Row]]:
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == size:
            yield waiting
            waiting = []
    if waiting:
        yield waiting
