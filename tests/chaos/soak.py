"""A long quiet time, then ten times as much at once: nothing grows, and what is too much is told."""

from __future__ import annotations

import time
from pathlib import Path

from tests.chaos.people import busy
from tests.chaos.proxy import until
from tests.chaos.report import Report, a_crowd, settle
from tests.chaos.site import Site

CROWD, SPIKE_S, BACK_S = 3, 30, 10
# Pages that are used for the first time, and caches that fill up to their limits.
MORE_MB, MORE_FILES = 25, 12


def soaked(site: Site, seconds: float) -> Report:
    """Memory and file handles after the first third, and at the end."""
    report = Report(f"{seconds:.0f} s of {CROWD} people, {SPIKE_S} s of {10 * CROWD}")
    crowd = a_crowd(site, CROWD)
    with busy(crowd, pause_s=0.4):
        time.sleep(seconds / 3)
        before = _taken(site)
        time.sleep(seconds * 2 / 3)
        after = _taken(site)
    grown, opened = after[0] - before[0], after[1] - before[1]
    report.done += f" (a worker: {after[0]:.0f} MB, {grown:+.1f} MB; {after[1]} files, {opened:+d})"
    report.expect(grown < MORE_MB, f"memory grew by {grown:.0f} MB")
    report.expect(opened < MORE_FILES, f"{opened} more files are open")
    spike = a_crowd(site, CROWD * 9)
    with busy([*spike, *crowd], pause_s=0):
        time.sleep(SPIKE_S)
    back = until(lambda: site.status("/readyz", 1) == 200, BACK_S)
    report.expect(back is not None, f"not back {BACK_S} s after the spike")
    settle(report, [*crowd, *spike])
    return report


def _taken(site: Site) -> tuple[float, int]:
    """Megabytes and open files of the worker that takes most."""
    sizes, files = [], []
    for worker in site.workers():
        status = Path(f"/proc/{worker}/status").read_text(encoding="ascii")
        sizes.append(int(status.partition("VmRSS:")[2].split()[0]) / 1024)
        files.append(len(list(Path(f"/proc/{worker}/fd").iterdir())))
    return max(sizes), max(files)
