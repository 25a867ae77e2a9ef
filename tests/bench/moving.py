"""`python -m tests.bench.moving`: recipes that move in, beside boto3's own batch writer with the same items.

`COUNT=100000` recipes of a usual vocabulary, or those of a database of the earlier schema: `… tests.bench.moving FILE`.
People are moved in before; what is timed is the command that brings their recipes, from its start to its end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
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
# Items that the batch writer writes, each time.
MOST_ITEMS = 20_000
Item = dict[str, Any]


def main() -> int:
    with tempfile.TemporaryDirectory() as made, engine_of("dynamodb") as engine:
        folder = Path(made)
        source = sys.argv[1] if len(sys.argv) > 1 else _filled(folder)
        # The first time warms up the engine, and makes the items.
        first = _table(engine, "first")
        _moved(source, first, folder)
        items = list(islice(_items(first), MOST_ITEMS))
        before = _written(items, _table(engine, "before"))
        count, moved_in = _moved(source, _table(engine, "moved"), folder)
        after = _written(items, _table(engine, "after"))
    told = (f"{count:,}", f"{moved_in:,.0f}/s", f"{before:,.0f}/s", f"{after:,.0f}/s")
    show(("recipes", "moved in", "batch writer before", "and after"), [told])
    return show_goals([at_least("moved in, of the mean of the batch writer's", moved_in / (before + after) * 2, 0.8)])


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


def _moved(source: str, settings: Settings, folder: Path) -> tuple[int, float]:
    """How many recipes came, and how many of them in a second."""
    table = {"DYNAMODB_TABLE_NAME": settings.table_name or "", "DYNAMODB_ENDPOINT": settings.endpoint or ""}
    environment = {**os.environ, **table, "FLAVORBOT_DATA": str(folder / f"data-{settings.table_name}")}
    _run(source, "users", environment)
    began = time.perf_counter()
    told = _run(source, "recipes", environment)
    took_s = time.perf_counter() - began
    count = next(int(line.split()[2].replace(",", "")) for line in told.splitlines() if line.startswith("recipes"))
    return count, count / took_s


def _run(source: str, entity: str, environment: Mapping[str, str]) -> str:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db-migrate", source, "--entity", entity]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def _items(settings: Settings) -> Iterator[Item]:
    """Recipes as the table keeps them, in boto3's own values."""
    storage, values = DynamoDBStorage(settings, b""), TypeDeserializer()
    for item in read_all(storage.table):
        if item["SK"]["S"].startswith("RECIPE#"):
            yield {name: values.deserialize(value) for name, value in item.items()}


def _written(items: Sequence[Item], settings: Settings) -> float:
    """How many the batch writer writes in a second."""
    table = boto3.resource("dynamodb", endpoint_url=settings.endpoint).Table(settings.table_name or "")
    began = time.perf_counter()
    with table.batch_writer() as writer:
        for item in items:
            writer.put_item(Item=item)
    return len(items) / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
