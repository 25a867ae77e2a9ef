"""The embedded store's file: shared by processes, and honest about what is wrong with it."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from flavorbot.errors import AllowanceSpent, StorageMisconfigured, StorageUnavailable
from flavorbot.model import Owner
from flavorbot.storage import sqlite_database
from flavorbot.storage.clock import to_moment, utcnow
from flavorbot.storage.sqlite import SQLiteStorage
from flavorbot.storage.sqlite_database import FILE_NAME, storage_error
from flavorbot.storage.sqlite_schema import STEPS
from tests.storage.conftest import SECRET, Store
from tests.storage.metering import a_metered_draft, an_event, logged, total
from tests.storage.test_drafts import finished, reserve, used
from tests.storage.test_import_jobs import a_job, begin
from tests.storage.test_questions import an_exchange
from tests.storage.test_shares import a_share
from tests.storage.values import DAY, a_draft, a_recipe, a_session, a_user, an_owner, new_id


def take_many(folder: Path, owner: Owner, count: int) -> None:
    storage = SQLiteStorage(folder, SECRET)
    for _ in range(count):
        try:
            storage.reserve_draft(owner, a_draft(utcnow(), period="2026-03"), 10, utcnow())
        except AllowanceSpent:
            continue


def test_two_processes_count_exactly(sqlite: Store) -> None:
    owner = an_owner()
    spawn = multiprocessing.get_context("spawn")
    arguments = (sqlite.settings.data_dir, owner, 20)
    workers = [spawn.Process(target=take_many, args=arguments) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert used(sqlite, owner) == 10


def test_data_outlives_the_process(sqlite: Store, tmp_path: Path) -> None:
    user_id = new_id()
    created = sqlite.storage.create_recipe(user_id, a_recipe(), None)
    again = SQLiteStorage(tmp_path, SECRET)
    assert again.get_recipe(user_id, created.id or "") == created
    again.close()


def test_folder_and_private_file_are_made(tmp_path: Path) -> None:
    storage = SQLiteStorage(tmp_path / "a" / "b", SECRET)
    storage.check()
    storage.close()
    assert (tmp_path / "a" / "b" / FILE_NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away: run it as root")
def test_what_root_makes_in_a_services_folder_is_the_services(tmp_path: Path) -> None:
    os.chown(tmp_path, 12345, 12346)
    storage = SQLiteStorage(tmp_path, SECRET)
    storage.check()
    assert {(each.stat().st_uid, each.stat().st_gid) for each in tmp_path.iterdir()} == {(12345, 12346)}
    storage.close()


def test_a_new_file_in_use_is_waited_for(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    holder.execute("CREATE TABLE held (a)")
    timer = threading.Timer(0.2, holder.execute, ("ROLLBACK",))
    timer.start()
    storage = SQLiteStorage(tmp_path, SECRET)
    storage.check()
    timer.join()
    storage.close()
    holder.close()


def refuse(call: Callable[[], object], error: type[Exception], text: str) -> None:
    with pytest.raises(error, match=text):
        call()


def test_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    refuse(SQLiteStorage(tmp_path / "data", SECRET).check, StorageMisconfigured, "check FLAVORBOT_DATA")


def test_file_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    refuse(SQLiteStorage(tmp_path, SECRET).check, StorageMisconfigured, "permissions")


def test_file_of_another_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"This is no database. " * 400)
    refuse(SQLiteStorage(tmp_path, SECRET).check, StorageMisconfigured, "damaged")


def test_a_disk_that_fails_is_told_with_what_to_look_at() -> None:
    """As SQLite has it of a full disk, where it cannot even make the file by which processes share."""
    failing = sqlite3.OperationalError("disk I/O error")
    failing.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    told = storage_error(failing, Path("box.sqlite"))
    assert isinstance(told, StorageUnavailable)
    assert (told.reason, "disk is full" in told.detail) == ("disk-failing", True)


def close(store: Store) -> None:
    assert isinstance(store.storage, SQLiteStorage)
    store.storage.close()


def test_damaged_page_is_found_by_check(sqlite: Store, tmp_path: Path) -> None:
    for _ in range(40):
        sqlite.storage.create_recipe("ana", a_recipe(), None)
    close(sqlite)
    with (tmp_path / FILE_NAME).open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(size // 2)
        file.write(b"\xff" * (size - size // 2))
    storage = SQLiteStorage(tmp_path, SECRET)
    refuse(storage.check, StorageMisconfigured, "damaged")
    storage.close()


def test_locked_file_is_unavailable(sqlite: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flavorbot.storage.sqlite_database.BUSY_TIMEOUT_S", 0.1)
    session = a_session(sqlite.clock())
    sqlite.storage.start_session(session)
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    refuse(
        lambda: sqlite.storage.save_session(session.sid, {"a": "1"}, session.expires_at),
        StorageUnavailable,
        "another process",
    )
    assert sqlite.storage.load_session(session.sid) == session
    other.close()
    assert sqlite.storage.save_session(session.sid, {"a": "1"}, session.expires_at)


def test_full_disk_is_told_and_reads_go_on(sqlite: Store) -> None:
    session = a_session(sqlite.clock())
    sqlite.storage.start_session(session)
    assert isinstance(sqlite.storage, SQLiteStorage)
    with sqlite.storage.db.read("pages") as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone().values()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    noise = a_recipe(notes="".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(20_000)))
    refuse(lambda: sqlite.storage.create_recipe("ana", noise, None), StorageUnavailable, "no space")
    assert sqlite.storage.load_session(session.sid) == session
    connection.execute(f"PRAGMA max_page_count = {pages + 100}")
    assert sqlite.storage.create_recipe("ana", noise, None).version == 1


def test_failed_write_leaves_nothing_behind(sqlite: Store) -> None:
    user = a_user(sqlite.clock())
    refuse(
        lambda: sqlite.storage.create_user(user, a_session(sqlite.clock(), data={"a": "x" * 40_000})),
        Exception,
        "32 KB",
    )
    assert sqlite.storage.get_user(user.id) is None


def test_expired_things_are_swept_away(sqlite: Store) -> None:
    session = a_session(sqlite.clock())
    guest = an_owner("guest")
    sqlite.storage.start_session(session)
    sqlite.storage.check_rate("sign-in", "x", 9, 60)
    reserve(sqlite, guest, a_draft(sqlite.clock()))
    sqlite.storage.count_question(guest, an_exchange(sqlite), None, sqlite.clock())
    created = sqlite.storage.create_recipe("ana", a_recipe(id="1"), None, key="k")
    sqlite.storage.update_recipe("ana", created, created)
    sqlite.storage.delete_recipe("ana", "1")
    begin(sqlite, "ana", a_job(sqlite))
    sqlite.storage.create_share(a_share(sqlite))
    sqlite.clock.advance(366 * DAY)
    sqlite.storage.check_rate("sign-in", "y", 9, 60)
    assert rows(sqlite) == {"users": 0, "sessions": 0, "session_values": 0, "recipes": 0, "recipe_keys": 0,
                            "recipe_versions": 0, "boxes": 1, "collections": 0, "shares": 0, "access_tokens": 0,
                            "account_events": 0, "mail_tokens": 0, "passkeys": 0, "identities": 0,
                            "second_factors": 0, "erasures": 0,
                            "drafts": 0, "questions": 0, "imports": 0, "import_parts": 0, "usage": 0, "usage_log": 0,
                            "model_usage": 0, "spending": 0, "records": 0, "rates": 1}  # fmt: skip


# Not those of the words, which the full-text search keeps for itself.
OWN_TABLES = (
    "SELECT name FROM sqlite_schema WHERE type = 'table'"
    " AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE 'recipe_search%'"
)


def rows(store: Store) -> dict[str, int]:
    assert isinstance(store.storage, SQLiteStorage)
    with store.storage.db.read("rows") as connection:
        tables = [row["name"] for row in connection.execute(OWN_TABLES)]
        return {name: connection.execute(f"SELECT count(*) AS n FROM {name}").fetchone()["n"] for name in tables}


def test_newer_file_still_works(sqlite: Store, tmp_path: Path) -> None:
    sqlite.storage.check()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("ALTER TABLE users ADD COLUMN nickname TEXT")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    storage, user = SQLiteStorage(tmp_path, SECRET), a_user(sqlite.clock())
    storage.create_user(user)
    assert storage.get_user(user.id) == user
    storage.close()


def test_a_file_from_before_metering_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, before, after = an_owner(), a_draft(utcnow()), a_draft(utcnow())
    monkeypatch.setattr(sqlite_database, "STEPS", STEPS[:1])
    older = SQLiteStorage(tmp_path, SECRET)
    with older.db.write("what an older version did") as connection:
        connection.execute("INSERT INTO usage (owner, period, recipes_generated) VALUES (?, ?, 7)",
                           [f"user#{owner.id}", before.period])  # fmt: skip
    older.close()
    monkeypatch.setattr(sqlite_database, "STEPS", STEPS)
    newer = SQLiteStorage(tmp_path, SECRET)
    newer.reserve_draft(owner, after, 8, utcnow())
    assert newer.finish_draft(owner, finished(after), an_event(after))
    newer.check()
    (usage,) = newer.list_usage(owner, after.period, after.period)
    assert (usage.recipes_generated, usage.tokens) == (8, an_event(after).tokens)
    newer.close()


def test_logs_are_swept_and_totals_stay(sqlite: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(sqlite)
    reserve(sqlite, owner, draft)
    sqlite.storage.finish_draft(owner, finished(draft), an_event(draft))
    for days, kept in ((89, 1), (2, 0)):
        sqlite.clock.advance(days * DAY)
        sqlite.storage.check_rate("sign-in", "y", 9, 60)
        assert len(logged(sqlite, owner)) == kept
    assert total(sqlite, draft.period).requests == 1


def test_times_are_kept_to_the_microsecond() -> None:
    now = utcnow()
    assert to_moment(now) % 1_000_000 == now.microsecond
