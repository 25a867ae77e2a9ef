"""`make bench`: what each page costs, beside what it cannot do without; exit code 1 when anything asked for is missed.

`SECONDS=5` for each row, `ENGINES=sqlite,dynamodb`, `BOX=1000,5000` recipes in a box. Everything stays on this machine.
"""

from __future__ import annotations

import logging
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from flavorbot.app import create_app
from flavorbot.settings import Settings
from flavorbot.storage.local import find_local, start_local
from flavorbot.storage.sqlite import SQLiteStorage
from tests.bench import memory, sessions, starting, weight
from tests.bench.floor import Floor, bare_dynamodb, bare_sqlite, calls_of
from tests.bench.load import message
from tests.bench.logged import Cost, cost
from tests.bench.pages import Page, pages
from tests.bench.people import Person, sign_up
from tests.bench.servers import Measured, Served, flavorbot, measure, small
from tests.bench.table import Goal, at_most, show, show_goals
from tests.parts import free_port

SECONDS = float(os.environ.get("SECONDS", "3"))
ENGINES = os.environ.get("ENGINES", "sqlite,dynamodb").split(",")
BOX = [int(each) for each in os.environ.get("BOX", "1000,5000").split(",")]
SECRET = "a secret of sixty-four hexadecimal digits would be longer than this"
HEAD = (
    *("page", "per s", "p50 ms", "p95", "p99", "CPU ms"),
    *("bare, CPU ms", "bare HTTP", "× (bare + constant)", "calls", "read units", "write units", "KB"),
)
NAMES = {"sqlite": "SQLite", "dynamodb": "DynamoDB Local"}
READING = ("list of 24", "recipe", "usage", "search")


@dataclass(frozen=True, slots=True)
class Row:
    """A page, measured."""

    page: Page
    measured: Measured
    cost: Cost
    floor: Floor | None
    constant_cpu_ms: float

    @property
    def ratio(self) -> float | None:
        """The server's time of a processor against the bare storage calls and a constant answer."""
        if self.floor is None:
            return None
        return self.measured.cpu_ms / (self.floor.driver_cpu_ms + self.constant_cpu_ms)

    def cells(self) -> list[object]:
        load, floor, spent = self.measured.load, self.floor, self.cost
        return [
            self.page.name,
            *(load.rate, load.percentile_ms(0.5), load.percentile_ms(0.95), load.percentile_ms(0.99)),
            *(self.measured.cpu_ms, floor and floor.driver_cpu_ms, floor and floor.wire_cpu_ms, self.ratio),
            *(spent.calls, spent.read_units, spent.write_units, load.size / 1024),
        ]


@dataclass(frozen=True, slots=True)
class Engine:
    """The settings that name an engine, and its process if it has one of its own."""

    settings: dict[str, str]
    pid: int | None = None


@contextmanager
def engine_of(name: str) -> Iterator[Engine]:
    """An engine, which runs as long."""
    if name == "sqlite":
        yield Engine({})
        return
    port = free_port()
    process = start_local(find_local(), port)
    keys = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_REGION": "eu-central-1"}
    keys["AWS_DEFAULT_REGION"] = keys["AWS_REGION"]
    os.environ |= keys
    try:
        named = {"DYNAMODB_TABLE_NAME": "bench", "DYNAMODB_ENDPOINT": f"http://127.0.0.1:{port}"}
        yield Engine(keys | named, process.pid)
    finally:
        process.terminate()
        process.wait()


def main() -> int:
    """Every table in turn, then what must be reached."""
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}\n")
    goals: list[Goal] = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        goals += starting.goals(folder)
        constant_cpu_ms = _constant(folder)
        for name in ENGINES:
            with engine_of(name) as engine:
                for count in BOX:
                    goals += _engine(folder / f"{name}-{count}", name, engine.settings, count, constant_cpu_ms)
                if engine.pid:
                    goals += sessions.goals(folder, SECONDS, engine.settings, engine.pid)
    return show_goals(goals)


def _constant(folder: Path) -> float:
    with small("constant", folder / "constant") as served:
        found = measure(served, lambda _, __: message("GET", "/", {}), SECONDS)
    print(
        f"Flask answering a constant: {found.load.rate:,.0f} requests/s, {found.cpu_ms:.2f} ms of a processor each.\n"
    )
    return found.cpu_ms


def _engine(data: Path, name: str, engine: dict[str, str], count: int, constant_cpu_ms: float) -> list[Goal]:
    """One engine with a box of so many recipes; what does not depend on them once."""
    where = f"{NAMES[name]}, {count:,}"
    with flavorbot(data, SECRET_KEY=SECRET, FLAVORBOT_DRAIN_S="0", **engine) as served:
        app = application(data, engine)
        person = sign_up(served.port, app.extensions["flavorbot"].storage, count)
        rows = [_row(served, app, engine, page, person, constant_cpu_ms) for page in pages()]
        print(f"{where} recipes in the box, {SECONDS:g} s a row:\n")
        show(HEAD, [row.cells() for row in rows])
        goals = _goals(where, {row.page.name: row for row in rows}, bool(engine))
        goals += _growth(where, served, app, person)
        if count == BOX[0]:
            goals += memory.goals(where, served, person, sign_up(served.port, app.extensions["flavorbot"].storage, 24))
        if (name, count) == (ENGINES[0], BOX[0]):
            goals += weight.goals(served.port, person)
    return goals


def application(data: Path, engine: dict[str, str]) -> Flask:
    """The same application in this process, on the same store; what it would log is not of interest."""
    logging.getLogger("flavorbot").addHandler(logging.NullHandler())
    return create_app(
        Settings(
            data_dir=data,
            secret_key=SECRET,
            rates=False,
            table_name=engine.get("DYNAMODB_TABLE_NAME"),
            endpoint=engine.get("DYNAMODB_ENDPOINT"),
            region=engine.get("AWS_REGION"),
        )
    )


def _row(served: Served, app: Flask, engine: dict[str, str], page: Page, person: Person, constant_cpu_ms: float) -> Row:
    make = page.make(person)
    found = measure(served, make, SECONDS)
    spent = cost(served.log, page.route, len(found.load.took_s))
    return Row(page, found, spent, _floor(app, engine, page, make), constant_cpu_ms)


def _floor(app: Flask, engine: dict[str, str], page: Page, make: object) -> Floor | None:
    if not page.reads:
        return None
    request = make(0, 0)  # type: ignore[operator]
    calls_of(app, request)
    calls = calls_of(app, request)
    if engine:
        return bare_dynamodb(calls, engine["DYNAMODB_ENDPOINT"])  # type: ignore[arg-type]
    storage = app.extensions["flavorbot"].storage
    assert isinstance(storage, SQLiteStorage)
    return bare_sqlite(calls, storage)  # type: ignore[arg-type]


def _goals(where: str, rows: dict[str, Row], units: bool) -> list[Goal]:
    """What the pages of one engine must reach."""
    calls = {"home, nobody signed in": 0, "list of 24": 2, "recipe": 2, "usage": 2, "save": 2}
    failed = {name: dict(row.measured.load.statuses) for name, row in rows.items() if row.measured.load.failed}
    goals = [Goal(f"{where}: answers that are no success", "none", str(failed or "none"), not failed)]
    goals += [at_most(f"{where}: calls, {name}", rows[name].cost.calls, most) for name, most in calls.items()]
    if units:
        goals.append(at_most(f"{where}: read units, list", rows["list of 24"].cost.read_units, 2))
        goals.append(at_most(f"{where}: read units, recipe", rows["recipe"].cost.read_units, 1.5))
        goals.append(at_most(f"{where}: write units, save", rows["save"].cost.write_units, 8))
    for name in READING:
        ratio = rows[name].ratio
        if ratio is not None:
            goals.append(at_most(f"{where}: CPU of a page against its floor, {name}", ratio, 1.5, " times"))
    warm = rows["search"].measured.load.percentile_ms(0.5) / rows["list of 24"].measured.load.percentile_ms(0.5)
    goals.append(at_most(f"{where}: search, warm, against the list", warm, 2, " times"))
    return goals


def _growth(where: str, served: Served, app: Flask, person: Person) -> list[Goal]:
    """The list of this box against the list of one with 24 recipes."""
    few = sign_up(served.port, app.extensions["flavorbot"].storage, 24)
    lists = next(page for page in pages() if page.name == "list of 24")
    small_box = measure(served, lists.make(few), SECONDS).load.percentile_ms(0.5)
    large_box = measure(served, lists.make(person), SECONDS).load.percentile_ms(0.5)
    return [at_most(f"{where}: list against a list of 24 recipes", large_box / small_box, 1.2, " times")]


if __name__ == "__main__":
    sys.exit(main())
