"""`flask usage-report` says what the language model took, and what it does not know."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from flavorbot.cli_reports import usage_report
from flavorbot.metering import Meter
from flavorbot.model import Tokens
from flavorbot.storage.clock import utcnow
from flavorbot.storage.sqlite import SQLiteStorage
from tests.storage.values import a_draft, an_owner

PRICED = Meter("test-model", Decimal("0.15"), Decimal("0.6"))


def report(folder: Path, *options: str) -> str:
    done = CliRunner().invoke(usage_report, options, env={"FLAVORBOT_DATA": str(folder)}, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def ask(folder: Path, month: str, meter: Meter = PRICED) -> None:
    """A request that took a million tokens and some."""
    storage, owner, draft = SQLiteStorage(folder, b""), an_owner(), a_draft(utcnow(), period=month)
    storage.reserve_draft(owner, draft, None, utcnow())
    event = meter.event("generate", month, utcnow(), Tokens(1_000_000, 4_567), "made")
    assert storage.finish_draft(owner, draft, event)
    storage.close()


def test_a_table_has_a_line_for_each_month(tmp_path: Path) -> None:
    ask(tmp_path, "2026-10")
    for _ in range(3):
        ask(tmp_path, "2026-11")
    lines = report(tmp_path, "--month", "2026-11", "--months", "3").splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["2026-09", "0", "0", "0", "0.0000"],
        ["2026-10", "1", "1,000,000", "4,567", "0.1527"],
        ["2026-11", "3", "3,000,000", "13,701", "0.4582"],
    ]


def test_without_use_it_says_so(tmp_path: Path) -> None:
    assert report(tmp_path, "--month", "2026-11") == "No language model was asked in 2026-11.\n"
    assert f"to {utcnow():%Y-%m}.\n" in report(tmp_path)


def test_without_prices_it_shows_tokens_and_says_so(tmp_path: Path) -> None:
    ask(tmp_path, "2026-11", Meter("test-model"))
    said = report(tmp_path, "--month", "2026-11")
    assert said.splitlines()[1].split() == ["2026-11", "1", "1,000,000", "4,567", "unknown"]
    assert "Requests whose cost is not known: 1." in said
    assert "FLAVORBOT_MODEL_PRICE_IN" in said


def test_a_month_with_some_prices_is_marked(tmp_path: Path) -> None:
    for meter in (PRICED, Meter("test-model")):
        ask(tmp_path, "2026-11", meter)
    assert report(tmp_path, "--month", "2026-11").splitlines()[1].endswith("0.1527+")


def test_json_has_what_the_table_has(tmp_path: Path) -> None:
    ask(tmp_path, "2026-11")
    ask(tmp_path, "2026-10", Meter("test-model"))
    unpriced, priced = json.loads(report(tmp_path, "--json", "--month", "2026-11", "--months", "2"))
    assert priced == {
        "month": "2026-11",
        "requests": 1,
        "unpriced_requests": 0,
        "tokens_in": 1_000_000,
        "tokens_out": 4_567,
        "cost_usd": 0.1527402,
    }
    assert (unpriced["tokens_in"], unpriced["unpriced_requests"], unpriced["cost_usd"]) == (1_000_000, 1, None)


def test_json_without_use_is_all_zeros(tmp_path: Path) -> None:
    months = json.loads(report(tmp_path, "--json"))
    assert len(months) == 12
    assert {(each["requests"], each["cost_usd"]) for each in months} == {(0, 0.0)}


@pytest.mark.parametrize("options", [("--month", "2026-13"), ("--month", "november"), ("--months", "0")])
def test_a_month_that_is_none_is_refused(options: tuple[str, ...]) -> None:
    done = CliRunner().invoke(usage_report, options)
    assert done.exit_code == 2


def test_a_store_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "flavorbot.sqlite").write_bytes(b"this is no database" * 100)
    done = CliRunner().invoke(usage_report, env={"FLAVORBOT_DATA": str(tmp_path)})
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert "damaged" in done.output
