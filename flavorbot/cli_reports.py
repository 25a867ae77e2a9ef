"""`flask usage-report` and `cost-report`: what was taken, month by month, as a table or as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps

import click

from flavorbot import reporting
from flavorbot.cli_settings import with_settings
from flavorbot.metering import months_until
from flavorbot.settings import Settings

Report = Callable[[Settings, Sequence[str], bool], str]


def by_month(most: int) -> Callable[[Report], Callable[..., None]]:
    """Make a command of what tells of some months, at most so many."""

    def make(report: Report) -> Callable[..., None]:
        @click.option("--month", callback=_month, help="The last month to show, YYYY-MM in UTC.  [default: this one]")
        @click.option(
            "--months", "count", type=click.IntRange(1, most), help="How many.  [default: 12, or the one named]"
        )
        @click.option("--json", "as_json", is_flag=True, help="Write JSON instead of a table.")
        @with_settings
        @wraps(report)
        def run(settings: Settings, month: str | None, count: int | None, as_json: bool) -> None:
            months = months_until(month or f"{datetime.now(UTC):%Y-%m}", count or (1 if month else 12))
            click.echo(report(settings, months, as_json))

        return run

    return make


def _month(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", value):
        raise click.BadParameter("a month is written YYYY-MM, such as 2026-11")
    return value


@click.command("usage-report")
@by_month(120)
def usage_report(settings: Settings, months: Sequence[str], as_json: bool) -> str:
    """What the language model took for everybody, month by month.

    It reads the totals that are kept month by month, sixteen small items each on DynamoDB, and nobody's own records:
    adding those up would read the whole table, which grows with the people and not with the months.
    """
    from flavorbot.storage import open_storage

    found = open_storage(settings, b"").list_model_usage(months)
    return reporting.as_json(found) if as_json else reporting.as_table(found)


@click.command("cost-report")
@by_month(13)
def cost_report(settings: Settings, months: Sequence[str], as_json: bool) -> str:
    """What answering took on DynamoDB, month by month, as money for a thousand people."""
    from flavorbot import costing
    from flavorbot.storage import open_storage

    found = costing.costs(open_storage(settings, b""), months, settings.price_read, settings.price_write)
    return costing.as_json(found) if as_json else costing.as_table(found)
