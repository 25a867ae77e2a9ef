"""The network between FlavorBot and its store parts, in a namespace of its own, and heals."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.people import busy
from tests.chaos.report import RECOVERY_S, NotHere, Report, a_crowd, settle
from tests.chaos.site import Site
from tests.server import ROOT

PARTED_S = 8
INSIDE = "--parted"


def parted(folder: Path) -> Report:
    """Run `partition` where all packets may be dropped without harm to anybody else."""
    enter = ["unshare", "--net", "sh", "-c", 'ip link set lo up && iptables --list >/dev/null && exec "$@"', "sh"]
    allowed = subprocess.run([*enter, "true"], capture_output=True, check=False)
    if allowed.returncode:
        raise NotHere("no network of its own is allowed here, or iptables is missing")
    command = [*enter, sys.executable, "-m", "tests.chaos", INSIDE, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        return Report.load(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return Report("network parted", [f"it broke off: {done.stderr[-500:]}"])


def partition(site: Site, port: int) -> Report:
    """Packets to the store vanish while everybody is at it; then they do not."""
    report = Report(f"packets to the store dropped for {PARTED_S} s under 4 people")
    crowd = a_crowd(site, 4)
    with busy(crowd):
        time.sleep(1)
        with _dropped(port):
            time.sleep(PARTED_S)
        healed_at = time.monotonic()
        time.sleep(RECOVERY_S + 4)
    late = [each for person in crowd for each in person.history.all if each.began > healed_at + RECOVERY_S]
    report.expect(any(each.outcome == "ok" for each in late), "not back in time")
    # A recipe whose worker could not say that it is done is held for a minute.
    broken = [each for each in late if each.outcome == "unknown" and each.operation != "generate"]
    report.expect(not broken, f"failures go on after it healed: {broken[:3]}")
    settle(report, crowd)
    return report


@contextmanager
def _dropped(port: int) -> Iterator[None]:
    rule = ["INPUT", "--protocol", "tcp", "--destination-port", str(port), "--jump", "DROP"]
    subprocess.run(["iptables", "--append", *rule], check=True)
    try:
        yield
    finally:
        subprocess.run(["iptables", "--delete", *rule], check=True)
