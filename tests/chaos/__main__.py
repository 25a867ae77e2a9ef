"""Break everything there is to break, and print what came of it: `python -m tests.chaos`, or `make chaos`."""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flavorbot.storage.local import find_local, start_local
from tests.chaos import clocks, files, network, processes, soak, stores, versions
from tests.chaos.proxy import Proxy, proxied
from tests.chaos.report import NotHere, Report
from tests.chaos.rows import HELD
from tests.chaos.site import Site, on_dynamodb, running
from tests.parts import free_port
from tests.server import ROOT

SOAK_S = 60.0


@dataclass
class Stage:
    """A site on DynamoDB Local behind the proxy, and a folder for what needs one of its own."""

    folder: Path
    site: Site
    proxy: Proxy
    store: int
    soak_s: float

    def place(self, name: str) -> Path:
        found = self.folder / name
        found.mkdir(parents=True)
        return found


Step = Callable[[Stage], Report]
STEPS: tuple[tuple[str, Step], ...] = (
    ("R1", lambda on: processes.workers_killed(on.site, people=8, kills=8, pause_s=3.5)),
    ("R2", lambda on: processes.master_killed(on.site)),
    ("R3", lambda on: processes.ended_while_cooking(on.place("cooking"))),
    ("R4", lambda on: processes.told_to_end(on.site)),
    ("R5", lambda on: stores.away(on.site, on.proxy)),
    ("R6", lambda on: stores.slow(on.site, on.proxy)),
    ("R6", lambda on: stores.silent(on.site, on.proxy, "3 s late", people=2)),
    ("R6", lambda on: stores.silent(on.site, on.proxy, "30 s late", people=2)),
    ("R7", lambda on: stores.silent(on.site, on.proxy, "hang", people=2)),
    ("R7", lambda on: stores.stopped(on.site, on.store)),
    ("R8", lambda on: stores.throttled(on.site, on.proxy, people=4, seconds=10)),
    ("R9", lambda on: stores.spoilt(on.site, on.proxy)),
    ("R10", lambda on: stores.answers_lost(on.site, on.proxy)),
    ("R10", lambda on: stores.answers_lost(on.site, on.proxy, "truncated")),
    ("R11", lambda on: stores.done_in_part(on.site, on.proxy)),
    ("R12", lambda on: stores.sent_twenty_times(on.site)),
    ("R16", lambda on: clocks.wrong_clocks(on.place("clocks"))),
    ("R18", lambda on: clocks.year_ends(on.place("year"))),
    ("R22", lambda on: files.no_room(on.place("full"))),
    ("R22", lambda on: files.not_writable(on.place("read-only"))),
    ("R22", lambda on: files.locked(on.place("locked"))),
    ("R22", lambda on: files.damaged(on.place("damaged"))),
    ("R25", lambda on: processes.short_of_everything(on.place("short"))),
    ("R26", lambda on: network.parted(on.place("parted"))),
    ("R29", lambda on: versions.side_by_side(on.place("versions-file"), {}, "file")),
    ("R29", lambda on: versions.side_by_side(on.place("versions-table"), on_dynamodb(on.proxy), "table")),
    ("R30", lambda on: soak.soaked(on.site, on.soak_s)),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--soak", type=float, default=SOAK_S / 60, metavar="MINUTES", help="of R30: 60 for its hour")
    parser.add_argument("--rows", nargs="*", metavar="R1", help="these rows only")
    parser.add_argument(network.INSIDE, dest="parted", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.parted:
        with _stage(told.parted, 0) as stage:
            print(network.partition(stage.site, int(stage.proxy.address.rpartition(":")[2])).dump())
        return 0
    print(
        f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}"
    )
    wanted = set(told.rows or ())
    with tempfile.TemporaryDirectory() as folder, _stage(Path(folder), told.soak * 60) as stage:
        verdicts = [_run(row, step, stage) for row, step in STEPS if not wanted or row in wanted]
    verdicts += [_tested(row, names) for row, names in HELD.items() if not wanted or row in wanted]
    return 0 if all(verdicts) else 1


@contextmanager
def _stage(folder: Path, soak_s: float) -> Iterator[Stage]:
    port = free_port()
    store = start_local(find_local(), port)
    with ExitStack() as stack:
        stack.callback(store.wait)
        stack.callback(store.kill)
        proxy = stack.enter_context(proxied(f"http://127.0.0.1:{port}"))
        site = stack.enter_context(running(folder, on_dynamodb(proxy)))
        yield Stage(folder, site, proxy, store.pid, soak_s)


def _run(row: str, step: Step, stage: Stage) -> bool:
    began = time.monotonic()
    try:
        report = step(stage)
    except NotHere as reason:
        print(f"{row:4} skipped: {reason}", flush=True)
        return True
    except Exception as error:
        report = Report("broke off", [f"{type(error).__name__}: {error}"])
    if stage.site.ended():
        stage.site.start()
    asked = "/".join(str(report.outcomes[outcome]) for outcome in ("ok", "failed", "unknown"))
    ratio = f"{report.calls / report.needed:.2f}" if report.needed else "-"
    verdict = "held" if not report.wrong else "BROKEN"
    print(
        f"{row:4} {verdict:6} {asked:>13} {report.slowest_s:6.1f} s {ratio:>5} {time.monotonic() - began:5.0f} s"
        f"  {report.done}",
        flush=True,
    )
    for wrong in report.wrong[:10]:
        print(f"     {wrong}", flush=True)
    return not report.wrong


def _tested(row: str, names: tuple[str, ...]) -> bool:
    """A row that tests of the suite hold."""
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", *(f"tests/{name}" for name in names)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    verdict = "BROKEN" if done.returncode else "held"
    summary = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr[-200:]
    print(f"{row:4} {verdict:6} {summary}  {time.monotonic() - began:5.0f} s", flush=True)
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main())
