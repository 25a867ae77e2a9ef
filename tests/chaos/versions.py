"""An older FlavorBot beside this one on the same store, as while a new one is rolled out, or taken back."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from tarfile import TarFile

from tests.chaos.people import LEASE_S, Person, busy
from tests.chaos.report import NotHere, Report, settle
from tests.chaos.site import Site, running
from tests.server import ROOT

# Before cards told what nobody knows of their foods; twelve tables of the embedded store came later.
OLDER = "5a8a6d7"
PEOPLE, AWHILE_S = 4, 6


class Between(Person):
    """Whose every request goes to one of the servers that are up, as a balancer would have it."""

    def __init__(self, sites: list[Site], seed: int) -> None:
        self.sites = sites
        self.chance = random.Random(seed)
        super().__init__(sites[0].address)
        self.patience_s = LEASE_S

    @property
    def address(self) -> str:
        return f"{self.chance.choice(self.sites).address}/api/v1"


def side_by_side(folder: Path, store: dict[str, str], engine: str) -> Report:
    """Rolled out while people go on, taken back, and rolled out again: each reads what the other wrote."""
    report = Report(f"an older version and this one on one {engine}, {PEOPLE} people; forward, back, forward")
    older = _older(folder / "older")
    with ExitStack() as stack:
        old = stack.enter_context(running(_place(folder, "old"), store, root=older))
        store = {**store, "FLAVORBOT_DATA": str(old.data), "SECRET_KEY": _secret(old.data)}
        new = stack.enter_context(running(_place(folder, "new"), store))
        up = [old]
        crowd = [Between(up, seed) for seed in range(PEOPLE)]
        for person in crowd:
            person.registers()
        with busy(list(crowd)):
            # A server that goes is out of the balancer before it ends.
            for servers in ([old], [old, new], [new], [old, new], [old], [new]):
                up[:] = servers
                time.sleep(AWHILE_S)
        up[:] = [old]
        for person in crowd:
            report.wrong += person.wrong()
        up[:] = [new]
        settle(report, crowd)
        unknown = report.outcomes["unknown"]
        report.expect(not unknown, f"{unknown} requests failed")
    return report


def _place(folder: Path, name: str) -> Path:
    place = folder / name
    place.mkdir(parents=True)
    return place


def _secret(data: Path) -> str:
    return (data / "secret-key").read_text(encoding="ascii").strip()


def _older(folder: Path) -> Path:
    """Its files, from the history that the folder of this one has."""
    if shutil.which("git") is None:
        raise NotHere("git is missing (Debian: apt install git)")
    folder.mkdir(parents=True)
    packed = folder / "older.tar"
    command = ["git", "archive", f"--output={packed}", OLDER]
    if subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode:
        raise NotHere(f"this folder has no history that goes back to {OLDER}")
    with TarFile.open(packed) as files:
        files.extractall(folder, filter="data")
    return folder
