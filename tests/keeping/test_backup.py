"""A backup is whole, or it is refused: taken while people write, damaged, of another version, and put back twice."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from flavorbot.errors import Conflict, StorageMisconfigured, UnusableBackup
from flavorbot.keeping.archive import Backup, write_backup
from flavorbot.keeping.transfer import Report, Transfer
from flavorbot.progress import Progress
from flavorbot.storage import sqlite_database
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.items import put, to_item
from flavorbot.storage.kinds import ALL, LASTING
from flavorbot.storage.sqlite_schema import STEPS
from tests.storage.conftest import Store
from tests.storage.test_erasing import an_erasure
from tests.storage.values import DAY, a_recipe, a_session, a_user, outcomes
from tests.storage.whole import a_file, fill, held

Lines = list[dict[str, dict[str, object]]]


@pytest.fixture
def backup(tmp_path: Path, file: Store) -> Path:
    """Of a store with one at least of everything."""
    fill(file)
    return taken(file, tmp_path / "backup")


def taken(store: Store, path: Path) -> Path:
    write_backup(path, store.storage, Progress(), store.clock)
    return path


def restored(path: Path, store: Store, *, replace: bool = False) -> Report:
    return Transfer(Backup(path), store.storage, Progress(), store.clock).run(replace=replace)


def changed(path: Path, change: Callable[[Lines], object]) -> Path:
    """Another backup that is sound and says something else."""
    lines: Lines = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    change(lines)
    kept = [json.dumps(line).encode() + b"\n" for line in lines[:-1]]
    counts: dict[str, int] = {}
    for line in lines[1:-1]:
        for kind in line:
            counts[kind] = counts.get(kind, 0) + 1
    end = {"end": {"counts": counts, "sha256": hashlib.sha256(b"".join(kept)).hexdigest()}}
    other = path.with_name("other")
    other.write_bytes(gzip.compress(b"".join(kept) + json.dumps(end, separators=(",", ":")).encode() + b"\n"))
    return other


def test_all_that_lasts_comes_back(tmp_path: Path, file: Store, backup: Path) -> None:
    back = a_file(tmp_path / "back")
    report = restored(backup, back)
    assert held(back) == held(file, LASTING)
    assert (report.written.total(), report.failed.total()) == (len(held(back)), 0)
    assert set(ALL) - {entry.kind for entry in Backup(backup).entries()} == {"session", "mail_token", "rate"}
    assert backup.stat().st_mode & 0o777 == 0o600
    again = restored(backup, back)
    assert (again.written.total(), again.there.total()) == (0, len(held(back)))


class Meddling(Progress):
    """Does something when the first entry has been read."""

    def __init__(self, meddle: Callable[[], object]) -> None:
        super().__init__()
        self.meddle = [meddle]

    def step(self, count: int = 1) -> None:
        if self.meddle:
            self.meddle.pop()()


def test_a_file_is_backed_up_as_of_one_moment_and_holds_nobody_up(tmp_path: Path, file: Store) -> None:
    user, back = fill(file), a_file(tmp_path / "back")
    before = held(file, LASTING)
    made: list[object] = []

    def write() -> None:
        """As another worker does."""
        made.extend(outcomes(1, lambda _: file.storage.create_recipe(user.id, a_recipe(), None)))
        made.extend(outcomes(1, lambda _: file.storage.delete_recipe(user.id, made[0].id)))  # type: ignore[attr-defined]

    write_backup(tmp_path / "backup", file.storage, Meddling(write), file.clock)
    assert made[1] is True
    assert held(file, LASTING) != before
    restored(tmp_path / "backup", back)
    assert held(back) == before


def test_a_backup_has_its_name_only_once_it_is_whole(tmp_path: Path, file: Store) -> None:
    fill(file)

    def break_off() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_backup(tmp_path / "half", file.storage, Meddling(break_off), file.clock)
    assert [each.name for each in tmp_path.iterdir()] == ["one"]
    taken(file, tmp_path / "whole")
    with pytest.raises(UnusableBackup, match="is there already"):
        taken(file, tmp_path / "whole")
    with pytest.raises(UnusableBackup, match="cannot be written"):
        taken(file, tmp_path / "nowhere" / "x")


def test_a_damaged_backup_writes_nothing(tmp_path: Path, backup: Path) -> None:
    back, whole = a_file(tmp_path / "back"), backup.read_bytes()
    step = len(whole) // 60
    damaged = [whole[:at] for at in range(0, len(whole), step)]
    # All but the last byte of what is packed, whose last bits may mean nothing, and the check sum after it.
    places = (*range(10, len(whole) - 9, step), len(whole) - 8)
    damaged += [whole[:at] + bytes([whole[at] ^ 64]) + whole[at + 1 :] for at in places]
    damaged += [
        whole[:-1],
        whole + whole,
        whole + b"x",
        b"",
        b"not gzip",
        gzip.compress(b"x\n"),
        gzip.compress(b"[]\n"),
    ]
    for content in damaged:
        backup.write_bytes(content)
        with pytest.raises(UnusableBackup):
            restored(backup, back)
    assert held(back) == {}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda lines: lines[1]["user"].update(shoe_size=42), "shoe_size"),
        (lambda lines: lines[1]["user"].pop("id"), "lacks id"),
        (lambda lines: lines.insert(1, {"unicorn": {"id": "x"}}), "unicorn"),
        (lambda lines: lines.insert(1, {"session": {"sid": "x"}}), "no place"),
        (lambda lines: lines[0]["flavorbot-backup"].update(format=2), "newer"),
        (lambda lines: lines[0]["flavorbot-backup"].update(kinds={"unicorn": ["id"]}), "newer"),
        (lambda lines: lines.pop(0), "no backup"),
    ],
)
def test_what_is_not_known_is_refused(
    tmp_path: Path, backup: Path, change: Callable[[Lines], object], told: str
) -> None:
    back = a_file(tmp_path / "back")
    with pytest.raises(UnusableBackup, match=told):
        restored(changed(backup, change), back)
    assert held(back) == {}


def test_a_line_that_was_swapped_in_is_noticed(tmp_path: Path, backup: Path) -> None:
    text = gzip.decompress(backup.read_bytes())
    backup.write_bytes(gzip.compress(text.replace(b'"plan":"free"', b'"plan":"pro!"')))
    with pytest.raises(UnusableBackup, match="checksum"):
        restored(backup, a_file(tmp_path / "back"))


def test_an_older_backup_gets_what_it_lacks(tmp_path: Path, file: Store, backup: Path) -> None:
    def make_older(lines: Lines) -> None:
        for line in lines[1:-1]:
            for kind, names in (("usage", ("tokens_in", "tokens_out", "cost")), ("user", ("disabled",))):
                for name in names:
                    line.get(kind, {}).pop(name, None)

    user = next(iter(file.storage.every_user()))
    back = a_file(tmp_path / "back")
    restored(changed(backup, make_older), back)
    assert back.storage.user_by_email(user.email) is not None


def test_an_older_file_is_backed_up_by_this_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Store
) -> None:
    user = a_user(file.clock())
    with monkeypatch.context() as patch:
        patch.setattr(sqlite_database, "STEPS", STEPS[:12])
        with file.storage.db.write("older") as connection:  # type: ignore[union-attr]
            assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'second_factors'").fetchone()
        file.storage.close()  # type: ignore[union-attr]
    file.storage.create_user(user)
    back = a_file(tmp_path / "back")
    restored(taken(file, tmp_path / "backup"), back)
    assert back.storage.get_user(user.id) == user


def test_other_data_is_neither_mixed_nor_lost_silently(tmp_path: Path, file: Store, backup: Path) -> None:
    back = a_file(tmp_path / "back")
    restored(backup, back)
    changed_one = next(iter(back.storage.every_user()))
    newer = back.storage.update_user(replace(changed_one, name="Another"), {})
    stranger = a_user(back.clock())
    back.storage.create_user(stranger, a_session(back.clock(), user_id=stranger.id))
    before = held(back)
    with pytest.raises(Conflict, match=r"different there: 1 user; only there: 1 user"):
        restored(backup, back)
    assert held(back) == before
    report = restored(backup, back, replace=True)
    assert (report.written["user"], report.replaced["user"], report.dropped["user"]) == (1, 1, 1)
    assert (report.replaced["session"], report.dropped["session"]) == (0, 1)
    assert held(back) == held(file, LASTING)
    assert back.storage.user_by_email(newer.email) == changed_one
    assert back.storage.user_by_email(stranger.email) is None
    assert back.storage.list_sessions(stranger.id) == []


def test_what_is_over_by_then_is_left_out(tmp_path: Path, file: Store, backup: Path) -> None:
    back = a_file(tmp_path / "back")
    back.clock.advance(2 * DAY)
    report = restored(backup, back)
    assert (report.over["draft"], report.written["draft"], report.failed.total()) == (3, 0, 0)
    file.clock.time = back.clock.time
    assert held(back) == held(file, LASTING)


def test_two_accounts_of_one_address_are_told(tmp_path: Path, backup: Path) -> None:
    """So it may be in a backup of DynamoDB, where one gave an address up and another took it meanwhile."""

    def double(lines: Lines) -> None:
        lines.insert(1, {"user": lines[1]["user"] | {"id": "another"}})

    report = restored(changed(backup, double), a_file(tmp_path / "back"))
    assert [(each.entry.kind, each.why) for each in report.refused] == [
        ("user", "another account of this copy has its e-mail address")
    ]
    assert report.failed.total() == 1


def test_whoever_is_being_deleted_does_not_come_back(tmp_path: Path, table: Store) -> None:
    """Also where the account was read from DynamoDB before its deletion began, and the deletions last."""
    going, staying = a_user(table.clock()), a_user(table.clock())
    for user in (going, staying):
        table.storage.create_user(user)
    begin = Meddling(lambda: table.storage.begin_erasure(going, an_erasure(table, going)))
    write_backup(tmp_path / "backup", table.storage, begin, table.clock)
    assert going.id in {entry.values["id"] for entry in Backup(tmp_path / "backup").entries() if entry.kind == "user"}
    back = a_file(tmp_path / "back")
    restored(tmp_path / "backup", back)
    assert back.storage.get_user(going.id) is None
    assert back.storage.get_user(staying.id) == staying
    assert [each.user_id for each in back.storage.list_erasures()] == [going.id]


def test_an_item_that_nobody_knows_stops_a_backup(tmp_path: Path, table: Store) -> None:
    assert isinstance(table.storage, DynamoDBStorage)
    table.storage.table.write(put({"PK": {"S": "USER#x"}, "SK": {"S": "UNICORN#1"}}, to_item({"horn": 1})))
    with pytest.raises(StorageMisconfigured, match=r"UNICORN#….*nothing was left out silently"):
        taken(table, tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_of_one_engine_goes_into_the_other(table: Store, file: Store, backup: Path) -> None:
    restored(backup, table)
    assert held(table) == held(file, LASTING)
    user = next(iter(file.storage.every_user()))
    assert table.storage.user_by_email(user.email) == user
    stranger = a_user(table.clock())
    table.storage.create_user(stranger)
    with pytest.raises(Conflict, match="only there: 1 user"):
        restored(backup, table)
    restored(backup, table, replace=True)
    assert held(table) == held(file, LASTING)
    assert table.storage.user_by_email(stranger.email) is None
