"""Commands of `flask`: setting up the store, and a DynamoDB for development."""

from __future__ import annotations

import sys

import click
from flask import Flask

from flavorbot.errors import FlavorBotError
from flavorbot.settings import Settings


def init_app(app: Flask) -> None:
    app.cli.add_command(db_setup)
    app.cli.add_command(db_local)


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
