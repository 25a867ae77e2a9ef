"""What commands of `flask` share: the settings, and one clear line when something is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NoReturn, ParamSpec

import click

from flavorbot.errors import FlavorBotError, SettingsError
from flavorbot.settings import Settings
from flavorbot.startup import stop

P = ParamSpec("P")


def with_settings(command: Callable[Concatenate[Settings, P], None]) -> Callable[P, None]:
    """Give a command the settings, and have it end with one clear line when something is wrong."""

    @wraps(command)
    def run(*args: P.args, **options: P.kwargs) -> None:
        try:
            command(Settings.from_env(), *args, **options)
        except SettingsError as error:
            stop(error)
        except FlavorBotError as error:
            fail(error.detail)

    return run


def fail(told: str) -> NoReturn:
    click.echo(told, err=True)
    sys.exit(1)
