"""What is counted while requests are answered, and what becomes of it: sums that outlast the process, and money."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from flavorbot import sketch
from flavorbot.cli_reports import cost_report
from flavorbot.costing import costs
from flavorbot.counting import Counting, Keeper, LogNames, summed
from flavorbot.errors import SettingsError, StorageUnavailable
from flavorbot.model import Answered, Spending, StoreCall
from flavorbot.settings import Settings
from flavorbot.startup import check_start
from flavorbot.storage.sqlite import SQLiteStorage
from flavorbot.watching import open_watches

ANSWERED = Answered("GET", "/recipes", 200, 0.01, "a-request")
READ = StoreCall("get_item", 0.001, read_units=1.5)
WRITE = StoreCall("put_item", 0.001, write_units=8)


def person(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest()


def a_sketch(people: range) -> bytes:
    seen = bytearray(sketch.SIZE)
    for number in people:
        sketch.add(seen, person(number))
    return bytes(seen)


@pytest.mark.parametrize("people", [0, 1, 10, 1_000, 20_000])
def test_people_are_counted_to_a_few_percent(people: int) -> None:
    seen = a_sketch(range(people))
    assert abs(sketch.count(seen) - people) <= 0.07 * people
    assert len(seen) == 1024


def test_whoever_two_processes_saw_is_one_person() -> None:
    parts = [Spending(month="2026-11", people=a_sketch(range(first, first + 600))) for first in (0, 300)]
    assert abs(sketch.count(summed("2026-11", parts).people) - 900) < 60


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


def test_a_request_is_told_its_own_calls_and_all_are_summed_by_month() -> None:
    clock = Clock()
    counting = Counting(clock)
    first = counting.begin()
    counting.storage_call(READ)
    counting.storage_call(WRITE)
    counting.request(ANSWERED, person(1))
    counting.storage_call(READ)  # of nobody's request
    assert (first.calls, first.read_units, first.write_units) == (2, 1.5, 8)
    clock.time = datetime(2026, 12, 1, tzinfo=UTC)
    assert counting.begin().calls == 0
    counting.request(ANSWERED, None)
    november, december = counting.spent()
    assert replace(november, people=b"") == Spending(month="2026-11", requests=1, calls=3, read_units=3, write_units=8)
    assert (december.month, december.requests, sketch.count(december.people)) == ("2026-12", 1, 0)


def test_threads_lose_no_count() -> None:
    counting = Counting(Clock())

    def serve(_: int) -> int:
        tally = counting.begin()
        for _ in range(50):
            counting.storage_call(READ)
        counting.request(ANSWERED, None)
        return tally.calls

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(serve, range(80))) == {50}
    (month,) = counting.spent()
    assert (month.requests, month.calls, month.read_units) == (80, 4_000, 6_000)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[SQLiteStorage]:
    found = SQLiteStorage(tmp_path, b"")
    yield found
    found.close()


def test_sums_are_kept_when_they_changed(storage: SQLiteStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting(Clock())
    keeper, other = Keeper(storage, counting), Keeper(storage, counting)
    counting.request(ANSWERED, person(1))
    with monkeypatch.context() as down:
        down.setattr(storage, "keep_spending", _fail)
        keeper.keep()
    assert list(storage.list_spending("2026-11")) == []
    keeper.keep()
    counting.request(ANSWERED, person(2))
    keeper.keep()
    other.keep()
    with monkeypatch.context() as down:
        down.setattr(storage, "keep_spending", _never)
        keeper.keep()
    total = summed("2026-11", storage.list_spending("2026-11"))
    assert (total.requests, sketch.count(total.people)) == (4, 2)


def _fail(*_: object) -> None:
    raise StorageUnavailable("nobody answers")


def _never(*_: object) -> None:
    raise AssertionError("nothing changed")


def test_units_become_money_for_a_thousand_people(storage: SQLiteStorage) -> None:
    part = Spending(
        month="2026-11", requests=900, calls=2_000, read_units=1_000_000.5, write_units=400_000,
        people=a_sketch(range(100)),
    )  # fmt: skip
    storage.keep_spending("one", part)
    storage.keep_spending("two", part)
    (found,) = costs(storage, ["2026-11"], Decimal("0.125"), Decimal("0.625"))
    assert found.dollars == Decimal("0.750000125")
    assert abs(found.people - 100) <= 3
    assert found.of_thousand == found.dollars / found.people * 1000


def test_the_report_says_what_is_in_it(tmp_path: Path, storage: SQLiteStorage) -> None:
    environment = {"FLAVORBOT_DATA": str(tmp_path), "DYNAMODB_PRICE_READ": "0.25", "DYNAMODB_TABLE_NAME": None}

    def told(*words: str) -> str:
        done = CliRunner().invoke(cost_report, words, env=environment, catch_exceptions=False)
        assert done.exit_code == 0
        return done.output

    assert told("--month", "2026-10").startswith("Nothing was counted in that time.")
    storage.keep_spending("one", Spending(month="2026-10", requests=3, calls=4, people=bytes(sketch.SIZE)))
    assert "the embedded store bills none" in told("--month", "2026-10")
    part = Spending(month="2026-11", requests=3, calls=4, read_units=2e6, people=a_sketch(range(10)))
    storage.keep_spending("one", part)
    table = told("--month", "2026-11", "--months", "9").splitlines()
    assert table[2].split() == ["2026-11", "10", "3", "4", "2,000,000", "0", "0.5000", "50.0000"]
    assert "Not in it: writes that a condition refused" in table[3]
    (month,) = json.loads(told("--month", "2026-11", "--json"))
    assert (month["people"], month["cost_usd"], month["cost_usd_of_1000_people"]) == (10, 0.5, 50.0)


def test_a_name_in_logs_is_of_one_secret() -> None:
    names = LogNames(b"a secret")
    assert names.of("ada") == LogNames(b"a secret").of("ada") != LogNames(b"another").of("ada")
    assert names.of("ada") != names.of("bea")
    assert len(names.of("ada")) == 16


def test_missing_packages_stop_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Once, in the master, and not in each worker anew."""
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk", None)
    settings = Settings(otlp_endpoint="http://localhost:4318", data_dir=tmp_path)
    for begin in (check_start, open_watches):
        with pytest.raises(SettingsError, match=r"pip install -r requirements-telemetry.txt"):
            begin(settings)
    assert open_watches(Settings()) == []
