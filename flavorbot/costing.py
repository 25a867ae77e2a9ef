"""What answering took on DynamoDB, as money for a thousand people: a table for people and JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import dropwhile

from flavorbot import sketch
from flavorbot.counting import summed
from flavorbot.interfaces import ISpending
from flavorbot.model import Spending
from flavorbot.reporting import lines_of

MILLION = Decimal(1_000_000)
HEADINGS = ("month", "people", "requests", "calls", "read units", "write units", "US dollars", "for 1,000 people")
NOTE = (
    "Counted from what DynamoDB answered, in units of on-demand billing at the prices that the settings name. Not in"
    " it: writes that a condition refused (billed, but not told), the gigabytes kept, backups and what the app runs on."
    " People are those who signed in, to about 3 %."
)
UNBILLED = "No capacity units were told: the embedded store bills none, and DYNAMODB_COUNT_UNITS=off asks for none."


@dataclass(frozen=True, slots=True)
class Cost:
    """One month; US dollars."""

    spending: Spending
    people: int
    dollars: Decimal

    @property
    def of_thousand(self) -> Decimal | None:
        return self.dollars / self.people * 1000 if self.people else None


def costs(storage: ISpending, months: Sequence[str], price_read: Decimal, price_write: Decimal) -> list[Cost]:
    """Of each of these months, from what all processes kept of it; prices are for a million units."""
    found = [summed(month, storage.list_spending(month)) for month in months]
    return [Cost(each, sketch.count(each.people), _dollars(each, price_read, price_write)) for each in found]


def as_json(months: Sequence[Cost]) -> str:
    return json.dumps([_plain(each) for each in months], indent=2)


def as_table(months: Sequence[Cost]) -> str:
    """From the first month in which anything was counted."""
    months = list(dropwhile(lambda each: not each.spending.requests, months))
    if not months:
        return "Nothing was counted in that time. Workers keep what they counted every five minutes and when they end."
    billed = any(each.spending.read_units or each.spending.write_units for each in months)
    return "\n".join([*lines_of([HEADINGS, *map(_row, months)]), NOTE if billed else UNBILLED])


def _dollars(spending: Spending, price_read: Decimal, price_write: Decimal) -> Decimal:
    return (Decimal(spending.read_units) * price_read + Decimal(spending.write_units) * price_write) / MILLION


def _plain(cost: Cost) -> dict[str, object]:
    spending = cost.spending
    return {
        "month": spending.month,
        "people": cost.people,
        "requests": spending.requests,
        "calls": spending.calls,
        "read_units": spending.read_units,
        "write_units": spending.write_units,
        "cost_usd": float(cost.dollars),
        "cost_usd_of_1000_people": None if cost.of_thousand is None else float(cost.of_thousand),
    }


def _row(cost: Cost) -> tuple[str, ...]:
    spending = cost.spending
    counts = (cost.people, spending.requests, spending.calls, spending.read_units, spending.write_units)
    thousand = "unknown" if cost.of_thousand is None else f"{cost.of_thousand:,.4f}"
    return (spending.month, *(f"{count:,.0f}" for count in counts), f"{cost.dollars:,.4f}", thousand)
