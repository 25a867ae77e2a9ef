"""Commands of `flask`: the store, a DynamoDB for development, a language model and its cost, what is unsafe."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from flavorbot import reporting, second_factors
from flavorbot.cli_moving import db_migrate, db_verify
from flavorbot.cli_users import user
from flavorbot.errors import FlavorBotError, SettingsError
from flavorbot.interfaces import IStorage
from flavorbot.metering import months_until
from flavorbot.settings import Settings
from flavorbot.startup import stop


def init_app(app: Flask) -> None:
    app.cli.add_command(db_setup)
    app.cli.add_command(db_local)
    app.cli.add_command(model_check)
    app.cli.add_command(usage_report)
    app.cli.add_command(second_factor_off)
    app.cli.add_command(check_deploy)
    app.cli.add_command(user)
    app.cli.add_command(db_migrate)
    app.cli.add_command(db_verify)


@click.command("db-setup")
def db_setup() -> None:
    """Make the store ready, or check that it is."""
    from flavorbot.storage.ready import main

    sys.exit(main())


@click.command("db-local")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
def db_local(port: int) -> None:
    """Run DynamoDB Local, its data in memory, until Ctrl-C."""
    from flavorbot.storage.local import find_local, start_local

    try:
        process = start_local(find_local(), port)
    except FlavorBotError as error:
        click.echo(error.detail, err=True)
        sys.exit(1)
    try:
        _tell_how_to_use(port)
        sys.exit(process.wait())
    except KeyboardInterrupt:
        process.terminate()
        process.wait()


def _tell_how_to_use(port: int) -> None:
    click.echo(f"DynamoDB Local answers on port {port}; its data is in memory and goes when Ctrl-C ends it. To use it:")
    table = Settings.from_env().table_name or "flavorbot-dev"
    click.echo(f"  export DYNAMODB_TABLE_NAME={table} DYNAMODB_ENDPOINT=http://localhost:{port}")
    click.echo("  flask db-setup")


@click.command("model-check")
def model_check() -> None:
    """Ask the language model that the settings name a tiny question, and say what works."""
    try:
        settings = Settings.from_env()
    except SettingsError as error:
        stop(error)
    if settings.model is None:
        click.echo("No model is set, so the built-in generator cooks. Set FLAVORBOT_MODEL to use one.", err=True)
        sys.exit(1)
    from flavorbot.generators.model.client import ModelClient
    from flavorbot.generators.model.trial import try_model

    cooks = True
    for result in try_model(
        ModelClient(settings.model, settings.model_url, settings.model_key), settings.model_deadline_s
    ):
        click.echo(f"{'works' if result.works else 'fails'}  {result.what}{': ' if result.told else ''}{result.told}")
        cooks = cooks and (result.works or not result.needed)
    click.echo("It can cook." if cooks else "It cannot cook; the built-in generator does until this is mended.")
    sys.exit(0 if cooks else 1)


def _month(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", value):
        raise click.BadParameter("a month is written YYYY-MM, such as 2026-11")
    return value


@click.command("usage-report")
@click.option("--month", callback=_month, help="The last month to show, YYYY-MM in UTC.  [default: this one]")
@click.option("--months", "count", type=click.IntRange(1, 120), help="How many.  [default: 12, or the one named]")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
def usage_report(month: str | None, count: int | None, as_json: bool) -> None:
    """What the language model took for everybody, month by month.

    It reads the totals that are kept month by month, sixteen small items each on DynamoDB, and nobody's own records:
    adding those up would read the whole table, which grows with the people and not with the months.
    """
    from flavorbot.storage import open_storage

    months = months_until(month or f"{datetime.now(UTC):%Y-%m}", count or (1 if month else 12))
    try:
        found = open_storage(Settings.from_env(), b"").list_model_usage(months)
    except SettingsError as error:
        stop(error)
    except FlavorBotError as error:
        click.echo(error.detail, err=True)
        sys.exit(1)
    click.echo(reporting.as_json(found) if as_json else reporting.as_table(found))


@click.command("second-factor-off")
@click.argument("email")
@with_appcontext
def second_factor_off(email: str) -> None:
    """Let someone who lost both phone and recovery codes sign in by password alone. Make sure first that it is them."""
    storage: IStorage = current_app.extensions["flavorbot"].storage
    user = storage.user_by_email(email)
    if user is None or user.second_factor_at is None:
        click.echo("No account has this address." if user is None else "This account has no second factor.", err=True)
        sys.exit(1)
    second_factors.turn_off(storage, user.id)
    click.echo("The second factor is off: the password alone opens the account now.")


@click.command("check-deploy")
def check_deploy() -> None:
    """Say what is unsafe for a site that others use; exits 1 if anything is."""
    from flavorbot.deploying import check

    try:
        findings = check(Settings.from_env())
    except SettingsError as error:
        stop(error)
    for each in findings:
        click.echo(f"{each.verdict:7} {each.subject}: {each.told}")
    unsafe = sum(each.verdict == "unsafe" for each in findings)
    click.echo(f"{unsafe} to mend before others use this." if unsafe else "Nothing unsafe was found.")
    sys.exit(1 if unsafe else 0)
