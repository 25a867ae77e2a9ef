"""`python -m tests.bench.moving`: recipes that move in, beside boto3's own batch writer with the same items.

`COUNT=100000` recipes of a usual vocabulary, or those of a database of the earlier schema: `… tests.bench.moving FILE`.
People are moved in before; what is timed is the command that brings their recipes, from its start to its end. Every few
seconds it is stopped for the batch writer, since the speed of a machine changes by a third from one minute to the next.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count, islice
from pathlib import Path
from typing import Any

import boto3
import sqlalchemy as sa
from boto3.dynamodb.types import TypeDeserializer

from flavorbot.settings import Settings
from flavorbot.storage.batches import read_all
from flavorbot.storage.dynamodb import DynamoDBStorage
from flavorbot.storage.setup import setup_table
from tests.bench.__main__ import Engine, engine_of
from tests.bench.table import at_least, show, show_goals
from tests.moving import earlier
from tests.server import ROOT

COUNT = int(os.environ.get("COUNT", "20000"))
RECIPES_EACH = 200
# So long the move goes on at a time, and so many items the batch writer writes then.
GOES_ON_S = 4
ITEMS_AT_ONCE = 1000
MOST_ITEMS = 10_000
# What is under way when the move is stopped is answered within that time.
QUIET_S = 0.2
Item = dict[str, Any]


def main() -> int:
    with tempfile.TemporaryDirectory() as made, engine_of("dynamodb") as engine:
        folder = Path(made)
        source = sys.argv[1] if len(sys.argv) > 1 else _filled(folder)
        # The first time warms up the engine, and makes the items.
        first = _table(engine, "first")
        _move(source, first, folder)
        writer = _Writer(first, _table(engine, "beside"))
        writer.write()
        recipes, took_s = _move(source, _table(engine, "moved"), folder, writer)
    moved_in, bare = recipes / took_s, writer.items / writer.took_s
    show(("recipes", "moved in", "batch writer"), [(f"{recipes:,}", f"{moved_in:,.0f}/s", f"{bare:,.0f}/s")])
    return show_goals([at_least("moved in, of the batch writer's", moved_in / bare, 0.8)])


def _filled(folder: Path) -> str:
    path = folder / "earlier.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    earlier.fill(engine, max(COUNT // RECIPES_EACH, 1), COUNT, broken=False)
    engine.dispose()
    return str(path)


def _table(engine: Engine, name: str) -> Settings:
    """A new one."""
    settings = Settings.from_env({**engine.settings, "DYNAMODB_TABLE_NAME": name})
    setup_table(settings)
    return settings


class _Writer:
    """Writes the recipes of one table to another with boto3's batch writer, some at a time."""

    def __init__(self, source: Settings, target: Settings) -> None:
        # They are read before: while a page of them comes nothing could be timed.
        self._waiting = _with_new_keys(list(islice(_items(source), MOST_ITEMS)))
        self._table = boto3.resource("dynamodb", endpoint_url=target.endpoint).Table(target.table_name or "")
        self.items = 0
        self.took_s = 0.0

    def write(self) -> None:
        some = list(islice(self._waiting, ITEMS_AT_ONCE))
        began = time.perf_counter()
        with self._table.batch_writer() as writer:
            for item in some:
                writer.put_item(Item=item)
        self.took_s += time.perf_counter() - began
        self.items += len(some)


def _with_new_keys(items: Sequence[Item]) -> Iterator[Item]:
    """The items again and again, of other people each time."""
    for turn in count(1):
        yield from ({**item, "PK": f"{item['PK']}-{turn}"} for item in items)


def _items(settings: Settings) -> Iterator[Item]:
    """Recipes as the table keeps them, in boto3's own values."""
    storage, values = DynamoDBStorage(settings, b""), TypeDeserializer()
    for item in read_all(storage.table):
        if item["SK"]["S"].startswith("RECIPE#"):
            yield {name: values.deserialize(value) for name, value in item.items()}


def _move(source: str, settings: Settings, folder: Path, writer: _Writer | None = None) -> tuple[int, float]:
    """How many recipes came, and the seconds that took, without those in which the writer wrote."""
    table = {"DYNAMODB_TABLE_NAME": settings.table_name or "", "DYNAMODB_ENDPOINT": settings.endpoint or ""}
    environment = {**os.environ, **table, "FLAVORBOT_DATA": str(folder / f"data-{settings.table_name}")}
    with _started(source, "users", environment) as process:
        _told(process)
    began, stopped_s = time.perf_counter(), 0.0
    with _started(source, "recipes", environment) as process:
        while writer is not None and not _has_ended(process):
            stopped_s += _stopped(process, writer)
        told = _told(process)
    took_s = time.perf_counter() - began - stopped_s
    (recipes,) = (line.split()[2] for line in told.splitlines() if line.startswith("recipes"))
    return int(recipes.replace(",", "")), took_s


@contextmanager
def _started(source: str, entity: str, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The command and its workers, in a group of their own, which ends with this at the latest."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db-migrate", source, "--entity", entity]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _told(process: subprocess.Popen[str]) -> str:
    told, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"The move ended with {process.returncode}.")
    return told


def _has_ended(process: subprocess.Popen[str]) -> bool:
    try:
        process.wait(GOES_ON_S)
    except subprocess.TimeoutExpired:
        return False
    return True


def _stopped(process: subprocess.Popen[str], writer: _Writer) -> float:
    """Let the writer write while the move stands still; the seconds of that."""
    began = time.perf_counter()
    os.killpg(process.pid, signal.SIGSTOP)
    try:
        time.sleep(QUIET_S)
        writer.write()
    finally:
        os.killpg(process.pid, signal.SIGCONT)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
