"""A store is copied to the other engine by a command, which goes on where it was killed and says what it did."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flavorbot.cli_keeping import db_copy
from flavorbot.errors import StorageMisconfigured
from flavorbot.keeping.places import StoreSource
from flavorbot.keeping.transfer import Transfer
from flavorbot.model import Entry
from flavorbot.progress import Progress
from flavorbot.storage.batches import Request
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.dynamodb_table import Table
from flavorbot.storage.kinds import ALL
from tests.storage.conftest import Store
from tests.storage.values import a_recipe, a_user, new_id
from tests.storage.whole import a_file, fill, held, items

WriteBatch = Callable[[Table, Sequence[Request]], list[Request]]

ROOT = Path(__file__).parents[2]


def place(store: Store) -> str:
    if store.settings.table_name:
        return f"dynamodb:{store.settings.table_name}@{store.settings.endpoint}"
    return f"sqlite:{store.settings.data_dir}"


def run(command: object, folder: Path, *words: str) -> Result:
    environment = {"FLAVORBOT_DATA": str(folder), "DYNAMODB_TABLE_NAME": "", "DYNAMODB_ENDPOINT": ""}
    return CliRunner().invoke(command, words, env=environment, catch_exceptions=False)  # type: ignore[arg-type]


def copied(folder: Path, *words: str) -> str:
    done = run(db_copy, folder, *words)
    assert done.exit_code == 0, done.output
    return done.output


def total(output: str) -> list[str]:
    """The last row of the table: read, written, there, over, replaced, dropped, failed."""
    return next(line for line in output.splitlines() if line.startswith("all ")).replace(",", "").split()[1:]


def test_a_site_goes_on_with_the_other_engine(tmp_path: Path, file: Store, table: Store) -> None:
    """Copied while people write, then once more, then back: nobody notices but whoever runs it."""
    folder, user = tmp_path / "one", fill(file)
    count = str(len(held(file)))
    assert total(copied(folder, place(table), "--dry-run")) == [count, count, "0", "0", "0", "0", "0"]
    assert held(table) == {}
    assert total(copied(folder, place(table))) == [count, count, "0", "0", "0", "0", "0"]
    recipe = file.storage.create_recipe(user.id, a_recipe(title="Late"), None)
    refused = run(db_copy, folder, place(table))
    assert (refused.exit_code, "different there: 1 box" in refused.output) == (1, True)
    output = copied(folder, place(table), "--replace", "--yes")
    assert total(output) == [str(int(count) + 1), "2", str(int(count) - 1), "0", "1", "0", "0"]
    assert "Every entry was read back" in output
    assert recipe.id
    assert table.storage.get_recipe(user.id, recipe.id) == recipe
    (session,) = file.storage.list_sessions(user.id)
    assert table.storage.load_session(session.sid) == file.storage.load_session(session.sid)
    copied(folder, f"sqlite:{tmp_path / 'back'}", "--from", place(table))
    assert held(a_file(tmp_path / "back")) == held(file)


def many_recipes(store: Store, count: int) -> None:
    """In a box, quicker than people save them."""
    user = a_user(store.clock())
    store.storage.create_user(user)
    store.storage.create_recipe(user.id, a_recipe(notes="Stir. " * 90), None)
    (made,) = store.storage.entries(("recipe",))
    copies = (Entry("recipe", {**made.values, "id": new_id()}) for _ in range(count - 1))
    assert not store.storage.put_entries(copies)


def test_a_killed_copy_goes_on_where_it_stopped(tmp_path: Path, file: Store, table: Store) -> None:
    assert isinstance(table.storage, DynamoDBStorage)
    many_recipes(file, 900)
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "db-copy", place(table)]
    environment = os.environ | {"FLAVORBOT_DATA": str(tmp_path / "one")}
    process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(table.storage.table.scan_page()[0]) < 100:
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    there = len(held(table))
    assert 50 < there < 900
    _, written, found, *wrong = total(copied(tmp_path / "one", place(table)))
    assert int(written) + int(found) == 902
    assert int(found) >= there - 1  # the box tells what there is so far
    assert wrong == ["0", "0", "0", "0"]
    assert held(table) == held(file)


def test_wherever_a_copy_breaks_off_nothing_is_missing_in_the_end(
    monkeypatch: pytest.MonkeyPatch, file: Store, table: Store
) -> None:
    """Least of all what follows from others: whose an address is, and where the hash of a token leads."""
    monkeypatch.setattr("flavorbot.storage.dynamodb_whole.TOGETHER", 6)
    fill(file)
    copied(file.settings.data_dir, place(table))
    whole = items(table)
    for batches in (1, 2, 3, 5):
        table.storage.drop_entries(list(table.storage.entries(ALL)))
        assert items(table) == {}
        with monkeypatch.context() as patch:
            patch.setattr(Table, "write_batch", only(batches, Table.write_batch))
            assert run(db_copy, file.settings.data_dir, place(table)).exit_code == 1
        copied(file.settings.data_dir, place(table))
        assert items(table) == whole


def only(count: int, write_batch: WriteBatch) -> WriteBatch:
    """Write so many batches, and no more."""
    left = [count]

    def write(table: Table, requests: Sequence[Request]) -> list[Request]:
        left[0] -= 1
        if left[0] < 0:
            raise StorageMisconfigured("killed")
        return write_batch(table, requests)

    return write


def test_what_changes_while_it_is_compared_is_told_and_taken_along_next_time(file: Store, table: Store) -> None:
    """An address that was given up in that moment leads nowhere in the end."""
    user = fill(file)
    copied(file.settings.data_dir, place(table))
    progress = Changing(lambda: file.storage.change_email(user, "new@example.com", {}))
    report = Transfer(StoreSource(file.storage), table.storage, progress, file.clock).run(replace=True)
    assert (report.differing["user"], report.written["user"]) == (1, 0)
    copied(file.settings.data_dir, place(table), "--replace", "--yes")
    assert held(table) == held(file)
    assert table.storage.user_by_email(user.email) is None
    assert table.storage.user_by_email("new@example.com") == file.storage.get_user(user.id)


class Changing(Progress):
    """Changes something as soon as it is written."""

    def __init__(self, change: Callable[[], object]) -> None:
        super().__init__()
        self.change = change

    def begin(self, what: str, total: int | None = None) -> None:
        if what == "Writing":
            self.change()
        super().begin(what, total)
