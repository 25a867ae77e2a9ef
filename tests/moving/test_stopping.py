"""A move that is killed, or breaks off, goes on where it was, and nothing is stored twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from flavorbot import cli_moving
from flavorbot.model import RecipeQuery
from flavorbot.moving.places import Places
from flavorbot.settings import Settings
from tests.moving import earlier
from tests.moving.conftest import Target, breaking_off

ROOT = Path(__file__).parents[2]
PEOPLE, DISHES, WAIT_S = 5, 400, 60


def filled(folder: Path, people: int = PEOPLE, dishes: int = DISHES) -> str:
    engine = sa.create_engine(f"sqlite:///{folder}/earlier.db")
    earlier.fill(engine, people, dishes, broken=False)
    engine.dispose()
    return f"{folder}/earlier.db"


def rows_done(target: Target) -> int:
    """How many recipes are done with, by the note that a move keeps."""
    for path in (target.folder / "moving").glob("move-*.json"):
        place = json.loads(path.read_text(encoding="utf-8"))["tables"].get("recipes", {"counts": {}})
        return sum(place["counts"].values())
    return 0


def kill_half_way(target: Target, source: str) -> int:
    """How many recipes were done with when the process that reads was killed; its workers end by themselves."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db-migrate", source, "--batch-size", "15"]
    process = subprocess.Popen(
        [*command, "--processes", "2"], cwd=ROOT, env=os.environ | target.environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + WAIT_S
    while rows_done(target) < DISHES // 4:
        assert process.poll() is None, "it was over before it could be killed"
        assert time.monotonic() < until
        time.sleep(0.01)
    process.kill()
    process.wait()
    while _group_is_there(process.pid):
        assert time.monotonic() < until, "a worker outlived the process it worked for"
        time.sleep(0.05)
    return rows_done(target)


def _group_is_there(group: int) -> bool:
    try:
        os.killpg(group, signal.SIGCONT)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_move_goes_on_where_it_was(tmp_path: Path, dynamodb_target: Target) -> None:
    source = filled(tmp_path)
    done = kill_half_way(dynamodb_target, source)
    assert DISHES // 4 <= done < DISHES
    resumed = dynamodb_target.migrate(source)
    assert resumed.exit_code == 0
    assert f"recipes: goes on after {done} rows" in resumed.stderr
    recipes = next(line.split() for line in resumed.stdout.splitlines() if line.startswith("recipes"))
    # What was stored and not yet noted when it was killed is there already.
    assert (recipes[1], int(recipes[2]) + int(recipes[3]), recipes[4:]) == (str(DISHES), DISHES, ["0", "0"])
    assert rows_done(dynamodb_target) == 0
    verified = dynamodb_target.verify(source)
    assert verified.stdout.splitlines()[-1] == "Everything is here."
    for number in range(PEOPLE):
        user = dynamodb_target.storage.user_by_email(f"cook{number}@example.com")
        assert user is not None
        cards = dynamodb_target.storage.list_recipes(user.id, RecipeQuery(), 1_000).items
        assert len(cards) == dynamodb_target.counted(user.id) == DISHES // PEOPLE


def test_a_store_that_fails_breaks_off_with_a_line(tmp_path: Path, target: Target) -> None:
    source = filled(tmp_path, 2, 40)
    with breaking_off(3):
        broken = target.migrate(source, "--batch-size", "10")
    assert broken.exit_code == 2
    assert "The store is down.\nOnce that is mended, run it again: it goes on where it was." in broken.stderr
    resumed = target.migrate(source)
    assert "recipes: goes on after 10 rows" in resumed.stderr
    assert resumed.stdout.splitlines()[2].split() == ["recipes", "40", "40", "0", "0", "0"]


def test_what_a_stopped_run_told_of_is_told_once(tmp_path: Path) -> None:
    places = Places(tmp_path, "move", ["x"], keeps=True)
    places.left.add([])
    places.left.path.write_text('{"kept": 1}\n', encoding="utf-8")
    places.left.size = places.left.path.stat().st_size
    places.of("recipes").after = ("user", 7)
    places.save()
    with places.left.path.open("a", encoding="utf-8") as file:
        file.write('{"told by a run that was stopped": 1}\n')
    again = Places(tmp_path, "move", ["x"], keeps=True)
    assert again.of("recipes").after == ("user", 7)
    assert again.left.path.read_text(encoding="utf-8") == '{"kept": 1}\n'
    assert again.left.path.stat().st_mode & 0o077 == 0
    assert Places(tmp_path, "move", ["y"], keeps=True).of("recipes").after is None


@pytest.mark.parametrize(
    ("settings", "more"),
    [
        (Settings(), 0),
        (Settings(table_name="moved", endpoint="http://127.0.0.1:8001"), 1),
        (Settings(table_name="moved", region="eu-central-1"), 1),
    ],
)
def test_a_store_that_has_to_be_asked_is_waited_for_by_one_more(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, more: int
) -> None:
    for cores in (1, 2, 64):
        monkeypatch.setattr("os.cpu_count", lambda cores=cores: cores)
        assert cli_moving._usual_size(settings) == min(cores + more, cli_moving.MOST_PROCESSES)
