"""The sister systems, by their ready maps: reports and favourites, usage logs, product embeddings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from flavorbot.moving.mapping import read_map, ready_maps
from tests.moving.conftest import Target
from tests.moving.earlier import THEN
from tests.moving.servers import engine_of
from tests.storage.values import a_user

NOW = datetime.now(UTC).replace(microsecond=0)
SISTER = """
CREATE TABLE users (id INT PRIMARY KEY, email VARCHAR(200), name VARCHAR(80), password VARCHAR(200),
  email_verified TINYINT(1), created_at DATETIME);
CREATE TABLE reports (id INT PRIMARY KEY, author_id INT, report_date DATE, title TEXT, total DECIMAL(12,2),
  figures JSON);
CREATE TABLE favourites (user_id INT, report_id INT, created_at DATETIME);
CREATE TABLE usage_logs (id INT PRIMARY KEY, user_id INT, action VARCHAR(80), created_at DATETIME);
INSERT INTO users VALUES (1, 'ana@example.com', 'Ana', NULL, 1, '2024-05-06 07:08:09'),
  (2, 'ben@example.com', 'Ben', NULL, 0, '2024-05-07 07:08:09');
INSERT INTO reports VALUES (1, 1, '2025-01-02', 'Spring', 1234.50, '{"n": 0.10, "of": [1, 2]}'),
  (2, 2, '2025-01-03', 'Summer', 0.10, NULL), (3, 9, '2025-01-04', 'Lost', 1, NULL);
INSERT INTO favourites VALUES (1, 2, '2025-02-03 04:05:06');
"""


def filled(url: str) -> None:
    engine = engine_of(url)
    with engine.begin() as connection:
        for table in ("sessions", "usage_tracking", "recipes", "users", "reports", "favourites", "usage_logs"):
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
        for statement in SISTER.split(";"):
            if statement.strip():
                connection.exec_driver_sql(statement)
        logs = sa.table("usage_logs", *map(sa.column, ("id", "user_id", "action", "created_at")))
        rows = [(1, 1, "login", NOW - timedelta(days=3)), (2, 1, "export", NOW - timedelta(days=100))]
        for number, user, action, at in rows:
            row = {"id": number, "user_id": user, "action": action, "created_at": at.replace(tzinfo=None)}
            connection.execute(logs.insert(), row)
    engine.dispose()


def test_every_ready_map_can_be_read() -> None:
    assert ready_maps() == ["embeddings", "flavorbot", "objects", "reports", "usage-logs"]
    assert all(read_map(name).tables for name in ready_maps())


def test_reports_and_logs_come_from_mariadb_to_who_has_an_account(mariadb_url: str, target: Target) -> None:
    filled(mariadb_url)
    ana = a_user(THEN, email="Ana@example.com", email_confirmed_at=THEN)
    target.storage.create_user(ana)
    moved = target.migrate(mariadb_url, "--map", "reports")
    assert [line.split() for line in moved.stdout.splitlines()[1:5]] == [
        ["users", "2", "1", "0", "1", "0"],
        ["reports", "3", "2", "0", "0", "1"],
        ["favourites", "1", "1", "0", "0", "0"],
        ["all", "6", "4", "0", "1", "1"],
    ]
    (report,) = target.storage.list_records(ana.id, "report")
    assert report.data == {
        "id": 1,
        "report_date": "2025-01-02",
        "title": "Spring",
        "total": Decimal("1234.50"),
        "figures": {"n": Decimal("0.10"), "of": [1, 2]},
    }
    assert report.created_at == datetime(2025, 1, 2, tzinfo=UTC)
    assert [each.data for each in target.storage.list_records(ana.id, "favourite_report")] == [{"report_id": 2}]
    ben = target.storage.user_by_email("ben@example.com")
    assert ben is not None
    assert (ben.email_confirmed_at, ben.password_hash) == (None, "")

    logged = target.migrate(mariadb_url, "--map", "usage-logs", "--entity", "usage")
    assert logged.exit_code == 0
    assert logged.stdout.splitlines()[1].split() == ["usage_logs", "2", "1", "0", "1", "0"]
    (event,) = target.storage.read_usage_events(ana.id)
    assert (event.action, event.at) == ("login", NOW - timedelta(days=3))
    assert target.left()[-1]["reason"] == "it is older than 90 days"
    assert target.verify(mariadb_url, "--map", "usage-logs", "--entity", "usage").exit_code == 0


def test_nobodys_things_are_joined_to_an_address_that_is_not_shown_to_be_theirs(
    mariadb_url: str, target: Target
) -> None:
    filled(mariadb_url)
    ben = a_user(THEN, email="ben@example.com", email_confirmed_at=THEN)
    target.storage.create_user(ben)
    target.storage.create_user(replace(a_user(THEN, email="ana@example.com"), email_confirmed_at=None))
    moved = target.migrate(mariadb_url, "--map", "reports")
    assert moved.stdout.splitlines()[1].split() == ["users", "2", "0", "0", "0", "2"]
    assert list(target.storage.list_records(ben.id)) == []


def test_embeddings_come_from_duckdb_exactly(tmp_path: Path, target: Target) -> None:
    engine = sa.create_engine(f"duckdb:///{tmp_path}/products.duckdb")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE product_embeddings (product_id INTEGER, embedding FLOAT[4], model_version VARCHAR,"
            " price DECIMAL(9,2), created_at TIMESTAMP)"
        )
        connection.exec_driver_sql(
            "INSERT INTO product_embeddings SELECT i, [i, 0.5, -1.25, 0.1], 'v' || (i % 2), i * 1.10,"
            " TIMESTAMP '2025-01-01' FROM range(1, 41) t(i)"
        )
    engine.dispose()
    source = f"{tmp_path}/products.duckdb"
    shop = a_user(THEN)
    target.storage.create_user(shop)
    refused = target.migrate(source, "--map", "embeddings")
    assert (refused.exit_code, "--owner" in refused.stderr) == (2, True)
    assert target.migrate(source, "--map", "embeddings", "--owner", shop.email, "--batch-size", "7").exit_code == 0
    found = {each.data["product_id"]: each for each in target.storage.list_records(shop.id, "product_embedding")}
    assert len(found) == 40
    assert found[3].vector[:3] == (3.0, 0.5, -1.25)
    assert found[3].data == {
        "product_id": 3, "model_version": "v1", "price": Decimal("3.30"), "created_at": "2025-01-01T00:00:00+00:00",
    }  # fmt: skip
    assert target.verify(source, "--map", "embeddings", "--owner", shop.email).exit_code == 0
    again = target.migrate(source, "--map", "embeddings", "--owner", shop.email)
    assert again.stdout.splitlines()[1].split() == ["product_embeddings", "40", "0", "40", "0", "0"]
