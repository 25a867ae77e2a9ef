"""Commands of `flask`: the store, a DynamoDB for development, a language model and its cost, what is unsafe."""

from __future__ import annotations

import signal
import sys

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from flavorbot import second_factors
from flavorbot.cli_keeping import db_backup, db_copy, db_restore
from flavorbot.cli_moving import db_migrate, db_verify
from flavorbot.cli_reports import cost_report, usage_report
from flavorbot.cli_users import Desk, user
from flavorbot.errors import FlavorBotError, SettingsError
from flavorbot.settings import Settings
from flavorbot.startup import stop


def init_app(app: Flask) -> None:
    app.cli.add_command(db_setup)
    app.cli.add_command(db_local)
    app.cli.add_command(db_backup)
    app.cli.add_command(db_restore)
    app.cli.add_command(db_copy)
    app.cli.add_command(model_check)
    app.cli.add_command(usage_report)
    app.cli.add_command(cost_report)
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

    # Whatever ends this ends what it started, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
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
    click.echo("  make db-setup")


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


@click.command("second-factor-off")
@click.argument("email")
@with_appcontext
def second_factor_off(email: str) -> None:
    """Let someone who lost both phone and recovery codes sign in by password alone. Make sure first that it is them."""
    found = current_app.extensions["flavorbot"]
    desk = Desk(found.storage, found.settings, found.now())
    user = desk.storage.user_by_email(email)
    if user is None or user.second_factor_at is None:
        click.echo("No account has this address." if user is None else "This account has no second factor.", err=True)
        sys.exit(1)
    second_factors.turn_off(desk.storage, user.id)
    desk.note(user, "Second factor turned off")
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
