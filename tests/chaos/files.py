"""The embedded store's file: no room, not writable, locked, damaged, its log gone, its worker killed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flavorbot.storage.sqlite_database import FILE_NAME
from tests.chaos.people import Person
from tests.chaos.proxy import until
from tests.chaos.report import RECOVERY_S, NotHere, Report, a_crowd, settle
from tests.chaos.site import DidNotStart, Site, running

LOCKED_S = 10


@contextmanager
def tmpfs(folder: Path, size: str, mode: str = "rw") -> Iterator[Path]:
    """A small disk of its own; `NotHere` where mounting is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    options = ["-o", f"size={size},{mode}"]
    made = subprocess.run(["mount", "-t", "tmpfs", *options, "none", str(folder)], capture_output=True, check=False)
    if made.returncode:
        raise NotHere("mounting is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def no_room(folder: Path) -> Report:
    """The disk is full, then it is not: what is there is read all along."""
    report = Report("SQLite: disk full on a tmpfs, then room again")
    with tmpfs(folder / "data", "3m") as data, running(folder, {}) as site:
        (person,) = a_crowd(site, 1)
        filler = data / "filler"
        with filler.open("wb") as file:
            _fill(file.fileno())
        for _ in range(40):
            answer = person.saves(f"Full {uuid.uuid4().hex}")
            if answer is not None and answer.status_code == 503:
                break
        report.expect(answer is not None and answer.status_code == 503, f"a full disk was answered {answer}")
        read = person.send("GET", "/recipes")
        report.expect(read.status_code == 200, f"reading on a full disk was answered {read.status_code}")
        filler.unlink()
        title = f"Room {uuid.uuid4().hex}"
        recovered = until(lambda: (found := person.saves(title)) is not None and found.status_code == 201, RECOVERY_S)
        report.expect(recovered is not None, "with room again it does not save")
        _check(report, site, [person])
    return report


def _fill(file: int) -> None:
    try:
        while os.write(file, b"x" * 4096):
            pass
    except OSError:
        return


def not_writable(folder: Path) -> Report:
    """The disk is read only where it is started, as after a fault of its own."""
    report = Report("SQLite: started on a disk that is read only, then writable again")
    with tmpfs(folder / "data", "8m") as data:
        with running(folder, {}) as site:
            people = a_crowd(site, 1)
        _remount(data, "ro")
        report.expect("flavorbot: FLAVORBOT_DATA" in _refusal(report, site), "a read-only disk is not told of")
        _remount(data, "rw")
        site.start()
        people[0].saves("Writable again")
        _check(report, site, people)
        site.stop()
    return report


def _refusal(report: Report, site: Site) -> str:
    """What it says in place of starting, last of all."""
    try:
        site.start()
    except DidNotStart as refused:
        said = str(refused)
        report.expect("Traceback" not in said.rpartition("flavorbot: ")[2], "refused with a trace")
        return said
    report.wrong.append("it starts all the same")
    return ""


def _remount(folder: Path, mode: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{mode}", str(folder)], capture_output=True, check=True)


def locked(folder: Path) -> Report:
    """Another process holds the file for longer than anybody waits."""
    report = Report(f"SQLite: locked by another process for {LOCKED_S} s")
    with running(folder, {}) as site:
        (person,) = a_crowd(site, 1)
        with closing(sqlite3.connect(site.data / FILE_NAME, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            until_s = time.monotonic() + LOCKED_S
            while time.monotonic() < until_s:
                answer = person.saves(f"Locked {uuid.uuid4().hex}")
                report.expect(answer is not None and answer.status_code == 503, f"a locked file was answered {answer}")
                report.expect(person.is_known(person.cookies), "reading waits for who writes")
        title = f"Free {uuid.uuid4().hex}"
        report.expect(until(lambda: person.saves(title) is not None, RECOVERY_S) is not None, "not back in time")
        _check(report, site, [person])
        report.in_time()
    return report


def damaged(folder: Path) -> Report:
    """Pages are overwritten while it runs, and it is started on what is left."""
    report = Report("SQLite: pages overwritten while it runs; started on that; log gone; worker killed")
    with running(folder, {}) as site:
        (person,) = a_crowd(site, 1)
        for n in range(60):
            person.saves(f"Rice {n}")
        site.stop()
        copy = folder / "copy"
        shutil.copytree(site.data, copy)
        site.start()
        file = site.data / FILE_NAME
        size = file.stat().st_size
        with file.open("r+b") as pages:
            pages.seek(size // 4)
            pages.write(b"\xff" * (size // 2))
        for _ in range(5):
            person.reads()
            person.saves(f"Damaged {uuid.uuid4().hex}")
        report.take(person.history)
        site.stop(signal.SIGKILL)
        time.sleep(2)
        report.expect("flavorbot: FLAVORBOT_DATA" in _refusal(report, site), "a damaged file is not told of")
        shutil.rmtree(site.data)
        shutil.copytree(copy, site.data)
        site.start()
        _without_log(report, site)
    return report


def _without_log(report: Report, site: Site) -> None:
    """Killed, and its write-ahead log taken away: older, but whole."""
    person = Person(site.address)
    person.registers()
    for n in range(20):
        person.saves(f"Later {n}")
    site.stop(signal.SIGKILL)
    until(lambda: site.status("/healthz", 1) is None, 10)
    for name in ("-wal", "-shm"):
        (site.data / f"{FILE_NAME}{name}").unlink(missing_ok=True)
    site.start()
    other = Person(site.address)
    other.registers()
    other.saves("After")
    _check(report, site, [other])


def _check(report: Report, site: Site, people: list[Person]) -> None:
    settle(report, people)
    with closing(sqlite3.connect(site.data / FILE_NAME)) as file:
        (found,) = file.execute("PRAGMA integrity_check").fetchone()
    report.expect(found == "ok", f"integrity_check: {found}")
