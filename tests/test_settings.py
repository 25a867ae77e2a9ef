"""Settings are read once, and every problem is told at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flavorbot.errors import SettingsError
from flavorbot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SECRET = {"SECRET_KEY": "0123456789abcdef"}


def test_an_empty_environment_gives_the_documented_defaults() -> None:
    settings = Settings.from_env({})
    assert (settings.host, settings.port, settings.workers, settings.threads) == ("127.0.0.1", 8000, 2, 16)
    assert (settings.env, settings.data_dir, settings.table_name) == ("development", Path("data"), None)
    assert (settings.guest_recipes, settings.rates, settings.proxies) == (3, True, 0)


def test_the_plans_have_their_documented_limits() -> None:
    plans = Settings.from_env({}).plans
    limits = {name: (plan.recipes, plan.questions, plan.saved) for name, plan in plans.items()}
    assert limits == {"free": (10, 50, 25), "basic": (50, 200, 100), "pro": (None, None, None)}


def test_a_plan_can_be_set() -> None:
    plan = Settings.from_env({"FLAVORBOT_PLAN_FREE": "3/unlimited/0"}).plans["free"]
    assert (plan.recipes, plan.questions, plan.saved) == (3, None, 0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"), ("PORT", "eighty"), ("WEB_CONCURRENCY", "-1"), ("THREADS", "1.5"), ("FLAVORBOT_ENV", "prod"),
        ("SECRET_KEY", "short"), ("DYNAMODB_ENDPOINT", "localhost"), ("FLAVORBOT_URL", "ftp://x"),
        ("FLAVORBOT_RATES", "maybe"), ("FLAVORBOT_DEFAULT_PLAN", "gold"), ("FLAVORBOT_PLAN_PRO", "1/2"),
        ("FLAVORBOT_GUEST_RECIPES", "many"), ("FLAVORBOT_PROXIES", "99"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: value, "DYNAMODB_TABLE_NAME": "t"})


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"PORT": "x", "THREADS": "y", "FLAVORBOT_ENV": "production"})
    assert [problem.split()[0] for problem in caught.value.problems] == ["PORT", "THREADS", "SECRET_KEY"]


def test_production_refuses_what_is_unsafe() -> None:
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        Settings.from_env({"FLAVORBOT_ENV": "production"})
    with pytest.raises(SettingsError, match="FLAVORBOT_RATES"):
        Settings.from_env({"FLAVORBOT_ENV": "production", "FLAVORBOT_RATES": "off", **SECRET})
    assert Settings.from_env({"FLAVORBOT_ENV": "production", **SECRET}).production


def test_every_setting_stands_in_the_readme() -> None:
    source = (ROOT / "flavorbot" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'read\(f?"([A-Z_]+)', source))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not {name for name in names if name not in readme}
