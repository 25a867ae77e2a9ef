"""Settings are read once, and every problem is told at once."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from flavorbot.errors import SettingsError
from flavorbot.generating import LEASE
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
        ("FLAVORBOT_GUEST_RECIPES", "many"), ("FLAVORBOT_PROXIES", "99"), ("OPENAI_BASE_URL", "localhost"),
        ("OPENAI_API_KEY", "a key"), ("FLAVORBOT_MODEL_DEADLINE_S", "121"), ("FLAVORBOT_MODEL_CALLS", "0"),
        ("FLAVORBOT_MODEL_CALLS", "15"), ("THREADS", "2"), ("FLAVORBOT_MODEL_PRICE_IN", "-1"),
        ("FLAVORBOT_MODEL_PRICE_IN", "1e3"), ("FLAVORBOT_MODEL_PRICE_OUT", "free"),
        ("FLAVORBOT_MODEL_PRICE_OUT", "0.0000001"), ("FLAVORBOT_MODEL_PRICE_OUT", "0.6"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({"DYNAMODB_TABLE_NAME": "t", "FLAVORBOT_MODEL": "m", "OPENAI_API_KEY": "k", name: value})


OIDC = {"ISSUER": "https://id.example/realms/a/", "CLIENT_ID": "flavorbot", "CLIENT_SECRET": "s3cret"}


def test_several_providers_are_read_by_their_names() -> None:
    environ = {f"OIDC_{name}_{part}": value for name in ("GOOGLE", "MY_WORK") for part, value in OIDC.items()}
    environ["OIDC_GOOGLE_ISSUER"] = "https://accounts.google.com"
    issuers = Settings.from_env(environ).issuers
    assert [(each.name, each.label, each.url) for each in issuers] == [
        ("google", "Google", "https://accounts.google.com"),
        ("my_work", "My Work", "https://id.example/realms/a/"),
    ]
    assert "s3cret" not in repr(issuers)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("ISSUER", ""), ("ISSUER", "id.example"), ("ISSUER", "http://id.example"), ("ISSUER", "https://id.example/#a"),
        ("ISSUER", "https://id.example/?a"), ("ISSUER", "https://a@id.example"), ("ISSUER", "https://id.example; x"),
        ("CLIENT_ID", ""), ("CLIENT_SECRET", ""),
    ],
)  # fmt: skip
def test_a_provider_that_cannot_be_used_is_named(part: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"OIDC_WORK_{part}"):
        Settings.from_env({f"OIDC_WORK_{name}": text for name, text in {**OIDC, part: value}.items()})


def test_two_providers_are_not_one_and_none_takes_a_place_of_ours() -> None:
    twice = {f"OIDC_{name}_{part}": value for name in ("A", "B") for part, value in OIDC.items()}
    with pytest.raises(SettingsError, match="is set twice"):
        Settings.from_env(twice)
    with pytest.raises(SettingsError, match="OIDC_PASSKEY_ISSUER"):
        Settings.from_env({f"OIDC_PASSKEY_{part}": value for part, value in OIDC.items()})


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


def test_a_model_has_its_documented_defaults() -> None:
    settings = Settings.from_env({"FLAVORBOT_MODEL": "m", "OPENAI_API_KEY": "k"})
    assert settings.model_url == "https://api.openai.com/v1"
    assert (settings.model_deadline_s, settings.most_model_calls) == (25, 14)


def test_a_price_is_read_exactly() -> None:
    prices = {"FLAVORBOT_MODEL_PRICE_IN": "0.0375", "FLAVORBOT_MODEL_PRICE_OUT": "0"}
    settings = Settings.from_env({"FLAVORBOT_MODEL": "m", "OPENAI_API_KEY": "k", **prices})
    assert (settings.model_price_in, settings.model_price_out) == (Decimal("0.0375"), Decimal(0))


def test_a_model_of_ones_own_needs_no_key() -> None:
    own = {"FLAVORBOT_MODEL": "m", "OPENAI_BASE_URL": "http://localhost:11434/v1"}
    assert Settings.from_env(own).model_key is None
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        Settings.from_env({"FLAVORBOT_MODEL": "m"})


def test_without_a_model_what_is_meant_for_others_is_left_alone() -> None:
    settings = Settings.from_env({"OPENAI_API_KEY": "not a key", "OPENAI_BASE_URL": "nowhere", "THREADS": "1"})
    assert (settings.model, settings.model_key) == (None, None)


def test_a_key_is_not_shown() -> None:
    assert "the-key" not in repr(Settings(model="m", model_key="the-key"))


@pytest.mark.parametrize(("deadline_s", "lease_s"), [(25, 60), (50, 60), (120, 130)])
def test_a_claim_outlasts_the_model(deadline_s: int, lease_s: int) -> None:
    environ = {"FLAVORBOT_MODEL": "m", "OPENAI_API_KEY": "k", "FLAVORBOT_MODEL_DEADLINE_S": str(deadline_s)}
    assert Settings.from_env(environ).lease_s == lease_s
    assert LEASE.total_seconds() == Settings().lease_s


def test_every_setting_stands_in_the_readme() -> None:
    source = (ROOT / "flavorbot" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'read\(f?"([A-Z_]+)', source))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not {name for name in names if name not in readme}
