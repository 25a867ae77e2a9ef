"""Whoever runs this looks after accounts by `flask user …`, and learns by `flask check-deploy` what is unsafe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flavorbot.cli import check_deploy
from flavorbot.cli_users import user
from flavorbot.deploying import check
from flavorbot.errors import NotFound
from flavorbot.model import User
from flavorbot.settings import MailServer, Settings
from flavorbot.storage.clock import utcnow
from flavorbot.storage.setup import setup_table
from flavorbot.storage.sqlite import SQLiteStorage
from tests.storage.values import a_recipe, a_session, a_user, new_id

SOUND = Settings(
    env="production",
    secret_key="0f1e2d3c4b5a69788796a5b4c3d2e1f0" * 2,
    public_url="https://recipes.example",
    proxies=1,
    mail_server=MailServer(host="mail.example", port=587),
    mail_from="kitchen@recipes.example",
)


def run(folder: Path, *words: str, answer: str = "") -> Result:
    environment = {"FLAVORBOT_DATA": str(folder)}
    return CliRunner().invoke(user, words, input=answer, env=environment, catch_exceptions=False)


def told(folder: Path, *words: str, answer: str = "") -> str:
    done = run(folder, *words, answer=answer)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def storage(tmp_path: Path) -> SQLiteStorage:
    return SQLiteStorage(tmp_path, b"")


@pytest.fixture
def ada(storage: SQLiteStorage) -> User:
    """Somebody who is signed in, and has a recipe."""
    ada = a_user(utcnow(), email="ada@example.com", name="Ada")
    storage.create_user(ada, a_session(utcnow(), user_id=ada.id))
    storage.create_recipe(ada.id, a_recipe(), None)
    return ada


def test_accounts_are_listed_and_shown(tmp_path: Path, storage: SQLiteStorage, ada: User) -> None:
    storage.create_user(a_user(utcnow(), email="bea@example.com"))
    assert len(told(tmp_path, "list").splitlines()) == 2
    assert told(tmp_path, "list", "--containing", "ADA@").split("\t")[:3] == [ada.id, "ada@example.com", "free"]
    assert "devices              1" in told(tmp_path, "show", "Ada@example.com")
    assert told(tmp_path, "show", ada.id) == told(tmp_path, "show", "ada@example.com")
    assert "argon2" not in told(tmp_path, "show", ada.id)
    missing = run(tmp_path, "show", "nobody@example.com")
    assert (missing.exit_code, missing.output) == (1, "Nobody has an account as nobody@example.com.\n")


def test_a_plan_is_changed_in_every_session_too(tmp_path: Path, storage: SQLiteStorage, ada: User) -> None:
    told(tmp_path, "plan", "ada@example.com", "pro")
    stored = storage.get_user(ada.id)
    (session,) = storage.list_sessions(ada.id)
    loaded = storage.load_session(session.sid)
    assert stored
    assert stored.plan == "pro"
    assert loaded
    assert '"plan":"pro"' in loaded.data["user"]
    assert [each.what for each in storage.list_events(ada.id, 9)] == ["Plan changed to pro"]
    assert run(tmp_path, "plan", "ada@example.com", "gold").exit_code == 2


def test_a_disabled_person_is_out_and_stays_out(tmp_path: Path, storage: SQLiteStorage, ada: User) -> None:
    assert "Devices signed out: 1." in told(tmp_path, "disable", "ada@example.com")
    assert storage.list_sessions(ada.id) == []
    with pytest.raises(NotFound):
        storage.start_session(a_session(utcnow(), user_id=ada.id))
    assert "disabled since" in told(tmp_path, "list")
    told(tmp_path, "enable", "ada@example.com")
    storage.start_session(a_session(utcnow(), user_id=ada.id))
    assert "signed out" in told(tmp_path, "sessions", ada.id, "--end")
    assert storage.list_sessions(ada.id) == []


def test_an_account_is_deleted_when_that_is_confirmed(tmp_path: Path, storage: SQLiteStorage, ada: User) -> None:
    assert run(tmp_path, "delete", "ada@example.com", answer="n\n").exit_code == 1
    assert storage.get_user(ada.id)
    assert "1 recipes" in told(tmp_path, "delete", "ada@example.com", answer="y\n")
    assert storage.get_user(ada.id) is None
    assert told(tmp_path, "delete", "--unfinished") == ""


def unsafe(settings: Settings) -> list[str]:
    return [each.subject for each in check(settings) if each.verdict == "unsafe"]


def test_a_sound_setup_is_found_sound(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert unsafe(replace(SOUND, data_dir=tmp_path)) == []
    sound = {
        "FLAVORBOT_ENV": "production", "SECRET_KEY": SOUND.secret_key, "FLAVORBOT_URL": SOUND.public_url,
        "FLAVORBOT_PROXIES": "1", "MAIL_URL": "smtp://mail.example", "MAIL_FROM": SOUND.mail_from,
        "FLAVORBOT_DATA": str(tmp_path), "DYNAMODB_TABLE_NAME": None,
    }  # fmt: skip
    done = CliRunner().invoke(check_deploy, env=sound)
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "Nothing unsafe was found.")
    done = CliRunner().invoke(check_deploy, env=sound | {"FLAVORBOT_URL": "http://recipes.example"})
    assert done.exit_code == 1
    assert "unsafe  FLAVORBOT_URL: is not https" in done.output


@pytest.mark.parametrize(
    ("changes", "subject"),
    [
        ({"secret_key": "password12345678password12345678"[:20]}, "SECRET_KEY"),
        ({"secret_key": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, "SECRET_KEY"),
        ({"public_url": None}, "FLAVORBOT_URL"),
        ({"public_url": "https://192.168.0.7"}, "FLAVORBOT_URL"),
        ({"proxies": 0}, "FLAVORBOT_PROXIES"),
        ({"mail_server": None}, "MAIL_URL"),
        ({"mail_from": None}, "MAIL_FROM"),
        ({"model": "m", "model_url": "http://models.example/v1"}, "OPENAI_BASE_URL"),
    ],
)
def test_each_weakness_is_named(tmp_path: Path, changes: dict[str, object], subject: str) -> None:
    tmp_path.chmod(0o700)
    assert unsafe(replace(SOUND, data_dir=tmp_path, **changes)) == [subject]  # type: ignore[arg-type]


def test_development_is_no_place_for_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert unsafe(Settings(data_dir=tmp_path, rates=False)) == [
        "FLAVORBOT_ENV", "session cookie", "FLAVORBOT_RATES", "SECRET_KEY", "FLAVORBOT_URL", "FLAVORBOT_PROXIES",
        "MAIL_URL", "FLAVORBOT_DATA",
    ]  # fmt: skip


def test_a_table_without_its_settings_is_named(dynamodb_local: str) -> None:
    settings = replace(SOUND, table_name=f"deploy-{new_id()}", endpoint=dynamodb_local)
    told = [each.told for each in check(settings) if each.verdict == "unsafe"]
    assert told == [
        "is not https: everything kept could be read on its way",
        "there is no such table: run `flask db-setup`",
    ]
    setup_table(settings)
    told = [each.told for each in check(settings) if each.verdict == "unsafe"]
    assert "point-in-time recovery is not on: run `flask db-setup`" in told
    assert not any(each.startswith("time-to-live") for each in told)
