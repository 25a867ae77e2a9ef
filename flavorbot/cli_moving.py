"""`flask db-migrate` and `flask db-verify`: what other databases, buckets and files keep comes in, and is compared."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import click

from flavorbot.errors import FlavorBotError, SettingsError
from flavorbot.settings import Settings
from flavorbot.startup import stop

if TYPE_CHECKING:
    from flavorbot.interfaces import IStorage
    from flavorbot.moving.mapping import Entity, Map
    from flavorbot.moving.running import Crew, Plan
    from flavorbot.moving.source import ISource
    from flavorbot.moving.working import Doing, Person

P = ParamSpec("P")

ENTITIES = ("users", "recipes", "usage", "sessions", "records", "all")
ROWS_AT_ONCE = 250
MOST_PROCESSES = 8
ROWS_FAILED, BROKE_OFF, INTERRUPTED = 1, 2, 130
# What a verification must not find.
WRONG = ("failed", "differs", "missing")


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever runs this wants to have moved in, and how."""

    source: str
    entity: Entity
    map_name: str | None
    batch_size: int
    processes: int | None
    owner: str | None


def _asked(command: Callable[Concatenate[Asked, P], None]) -> Callable[..., None]:
    """Give a command the options that both have, as one."""

    @wraps(command)
    @click.argument("source", envvar="FLAVORBOT_SOURCE")
    @click.option("--entity", type=click.Choice(ENTITIES), default="all", show_default=True, help="What of it.")
    @click.option("--map", "map_name", help="A map in a file, or a ready one.  [default: flavorbot, or objects]")
    @click.option(
        "--batch-size",
        default=ROWS_AT_ONCE,
        show_default=True,
        type=click.IntRange(1, 10_000),
        help="Rows that are worked on together.",
    )
    @click.option("--processes", type=click.IntRange(1, 64), help="How many work.  [default: by cores]")
    @click.option("--owner", help="The e-mail address of whoever gets rows that nobody owns.")
    def run(
        source: str,
        entity: Entity,
        map_name: str | None,
        batch_size: int,
        processes: int | None,
        owner: str | None,
        *args: P.args,
        **options: P.kwargs,
    ) -> None:
        command(Asked(source, entity, map_name, batch_size, processes, owner), *args, **options)

    return run


@click.command("db-migrate")
@click.option("--dry-run", is_flag=True, help="Store nothing; say what would be.")
@click.option("--from-start", is_flag=True, help="Do not go on where a run stopped.")
@_asked
def db_migrate(asked: Asked, dry_run: bool, from_start: bool) -> None:
    """Move in what SOURCE keeps: a database's URL, s3://bucket/prefix, a folder of objects, or Parquet files.

    What is here already stays as it is, so that a second time changes nothing; a run that was stopped goes on where it
    was. Exits 1 where rows failed (a file says which and why), 2 where it broke off.
    """
    counts = _go(asked, "try" if dry_run else "move", from_start=from_start)
    sys.exit(ROWS_FAILED if _sum(counts, ("failed",)) else 0)


@click.command("db-verify")
@_asked
def db_verify(asked: Asked) -> None:
    """Compare every row of SOURCE with what is stored here, by a hash of each.

    Exits 1 where something is missing, not the same, or cannot come in (a file says which), 2 where it broke off.
    """
    wrong = _sum(_go(asked, "verify"), WRONG)
    click.echo(f"{wrong:,} rows are not here as they should be." if wrong else "Everything is here.")
    sys.exit(ROWS_FAILED if wrong else 0)


def _go(asked: Asked, doing: Doing, *, from_start: bool = False) -> Mapping[str, Mapping[str, int]]:
    """Do it, and tell how it went; what became of the rows of each table."""
    from flavorbot.moving.places import Places
    from flavorbot.moving.running import run
    from flavorbot.moving.telling import Teller, as_table
    from flavorbot.storage import open_storage

    with _ending_well(doing):
        settings = Settings.from_env()
        mapped, source = _open(asked)
        with closing(source):
            storage = open_storage(settings, b"")
            storage.check()
            plan = _plan(asked, doing, source, mapped, storage)
            about = [source.name, mapped.name, settings.table_name or "", settings.endpoint or ""]
            places = Places(settings.data_dir / "moving", doing, about, keeps=doing == "move")
            if from_start:
                places.forget()
            with _crew(asked.processes, settings, mapped, storage) as crew:
                found = run(source, mapped, plan, crew, places, Teller())
        places.forget()
        click.echo(as_table(doing, found))
        if places.left.count:
            click.echo(f"What was left, and why: {places.left.path}")
    return found


def _open(asked: Asked) -> tuple[Map, ISource]:
    from flavorbot.moving.mapping import read_map
    from flavorbot.moving.sources import is_of_objects, open_source
    from flavorbot.moving.sources.objects import ObjectSource

    mapped = read_map(asked.map_name or ("objects" if is_of_objects(asked.source) else "flavorbot"))
    source = open_source(asked.source)
    if isinstance(source, ObjectSource):
        source = source.naming([table.table for table in mapped.tables])
    return mapped, source


def _plan(asked: Asked, doing: Doing, source: ISource, mapped: Map, storage: IStorage) -> Plan:
    from flavorbot.moving.problems import CannotMove
    from flavorbot.moving.running import Plan, chosen

    tables = chosen(source, mapped, asked.entity)
    ownerless = [table.table for table in tables if table.becomes == "record" and not table.owner]
    if ownerless and asked.owner is None:
        raise CannotMove(f"Nobody owns the rows of {', '.join(ownerless)}: say with --owner whose they become.")
    return Plan(doing=doing, tables=tables, rows_at_once=asked.batch_size, everybody=_everybody(storage, asked.owner))


def _everybody(storage: IStorage, email: str | None) -> Person | None:
    """Who gets what nobody owns."""
    from flavorbot.moving.problems import CannotMove
    from flavorbot.moving.working import Person

    if email is None:
        return None
    user = storage.user_by_email(email)
    if user is None:
        raise CannotMove(f"--owner: nobody has an account as {email}.")
    return Person(user.id, user.email, user.email_confirmed_at is not None)


@contextmanager
def _crew(processes: int | None, settings: Settings, mapped: Map, storage: IStorage) -> Iterator[Crew]:
    from flavorbot.moving.running import Alone, Several
    from flavorbot.moving.working import Worker

    now = datetime.now(UTC)
    size = processes or _usual_size(settings)
    if size == 1:
        yield Alone(Worker(storage, mapped, now))
        return
    several = Several(size, settings, mapped, now)
    try:
        yield several
    finally:
        several.close()


def _usual_size(settings: Settings) -> int:
    """As many as cores; one more where each waits for answers at times: with it no core is idle meanwhile."""
    return min((os.cpu_count() or 1) + (settings.table_name is not None), MOST_PROCESSES)


@contextmanager
def _ending_well(doing: Doing) -> Iterator[None]:
    """End with one clear line when it cannot be done, or was stopped."""
    is_move = doing == "move"
    try:
        yield
    except SettingsError as error:
        stop(error)
    except KeyboardInterrupt:
        again = "Run the same command again, and it goes on there." if is_move else "Nothing was stored."
        click.echo(f"\nStopped. {again}", err=True)
        sys.exit(INTERRUPTED)
    except (FlavorBotError, BrokenExecutor) as error:
        told = error.detail if isinstance(error, FlavorBotError) else "A worker was ended from outside."
        again = "Once that is mended, run it again: it goes on where it was." if is_move else "Nothing was stored."
        click.echo(f"\n{told}\n{again}", err=True)
        sys.exit(BROKE_OFF)


def _sum(counts: Mapping[str, Mapping[str, int]], outcomes: tuple[str, ...]) -> int:
    return sum(each.get(name, 0) for each in counts.values() for name in outcomes)
