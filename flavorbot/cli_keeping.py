"""`flask db-backup`, `db-restore` and `db-copy`: the whole store into a file, back, and to the other engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flavorbot.cli_settings import fail, with_settings
from flavorbot.progress import Progress
from flavorbot.settings import Settings

if TYPE_CHECKING:
    from flavorbot.interfaces import IWhole
    from flavorbot.keeping.transfer import ISource, Report

FILE = click.Path(dir_okay=False, path_type=Path)
COLUMNS = ("read", "written", "there", "over", "replaced", "dropped", "failed")
MOST_NAMED = 20


@click.command("db-backup")
@click.argument("file", type=FILE)
@with_settings
def db_backup(settings: Settings, file: Path) -> None:
    """Write all that the store keeps into FILE, while people go on using it."""
    from flavorbot.keeping.archive import write_backup
    from flavorbot.keeping.places import open_existing
    from flavorbot.storage.clock import utcnow

    store = open_existing(settings)
    written = write_backup(file, store, Progress(), utcnow)
    for kind, count in sorted(written.counts.items()):
        click.echo(f"{count:12,} {kind}")
    of = "as of the moment it began" if written.exact else "each entry as of when it was read"
    click.echo(f"{file} has {written.counts.total():,} entries of {store.where}, {of}. SECRET_KEY is not in it.")


@click.command("db-restore")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Overwrite what differs, and delete what is not in FILE.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_settings
def db_restore(settings: Settings, file: Path, replace: bool, dry_run: bool, yes: bool) -> None:
    """Put back what FILE has, into a store that is empty or holds nothing else. Stop the site before."""
    from flavorbot.keeping.archive import Backup
    from flavorbot.keeping.places import open_sound

    backup, store = Backup(file), open_sound(settings)
    click.echo(f"{file} was begun {backup.began}; it goes into {store.where}.")
    _transfer(backup, store, replace, dry_run, yes)


@click.command("db-copy")
@click.argument("to")
@click.option("--from", "source", help="Where from.  [default: the store that the settings name]")
@click.option("--replace", is_flag=True, help="Overwrite what differs in TO, and delete what is only there.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_settings
def db_copy(settings: Settings, to: str, source: str | None, replace: bool, dry_run: bool, yes: bool) -> None:
    """Copy the whole store to TO: sqlite:FOLDER, dynamodb:TABLE or dynamodb:TABLE@http://ENDPOINT.

    Run again it writes only what is missing. To change engines while people use the site, copy, stop the site, copy
    again with --replace, and start it with the settings of TO and the same SECRET_KEY.
    """
    from flavorbot.keeping.places import StoreSource, is_same, open_existing, open_sound, settings_of

    try:
        ours, theirs = settings_of(source, settings) if source else settings, settings_of(to, settings)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if is_same(ours, theirs):
        raise click.UsageError("A store cannot be copied to itself.")
    first, second = open_existing(ours), open_sound(theirs)
    click.echo(f"From {first.where} to {second.where}.")
    _transfer(StoreSource(first), second, replace, dry_run, yes)


def _transfer(source: ISource, store: IWhole, replace: bool, dry_run: bool, yes: bool) -> None:
    from flavorbot.keeping.transfer import Transfer
    from flavorbot.storage.clock import utcnow
    from flavorbot.storage.kinds import name_of

    if replace and not dry_run and not yes:
        click.confirm(f"Overwrite what differs in {store.where}, and delete what is only there?", abort=True)
    report = Transfer(source, store, Progress(), utcnow).run(replace=replace, dry_run=dry_run)
    _show(report)
    for refused in report.refused[:MOST_NAMED]:
        click.echo(f"Not taken: {name_of(refused.entry)}: {refused.why}", err=True)
    if dry_run:
        click.echo("Nothing was written: this is what would be.")
    elif report.failed:
        fail(f"{report.failed.total():,} entries are not as they should be in {store.where}.")
    else:
        click.echo(f"Every entry was read back from {store.where} and is the same.")


def _show(report: Report) -> None:
    """A row for each kind, and one for all."""
    click.echo(f"{'':16}" + "".join(f"{name:>11}" for name in COLUMNS))
    found = {name: getattr(report, name) for name in COLUMNS}
    kinds = sorted({kind for each in found.values() for kind in each})
    for kind in kinds:
        click.echo(f"{kind:16}" + "".join(f"{found[name][kind]:11,}" for name in COLUMNS))
    click.echo(f"{'all':16}" + "".join(f"{found[name].total():11,}" for name in COLUMNS))
