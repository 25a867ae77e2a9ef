"""What language models took, as a table for people and as JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flavorbot.model import ModelUsage

HEADINGS = ("month", "requests", "tokens in", "tokens out", "US dollars")


def as_json(months: Sequence[ModelUsage]) -> str:
    """One object for each month; `cost_usd` is of the requests that had a price, null where none had."""
    return json.dumps([_plain(each) for each in months], indent=2)


def as_table(months: Sequence[ModelUsage]) -> str:
    if not any(each.requests for each in months):
        first, last = months[0].month, months[-1].month
        return f"No language model was asked {f'in {last}' if first == last else f'from {first} to {last}'}."
    return "\n".join([*lines_of([HEADINGS, *map(_row, months)]), *_unpriced(months)])


def lines_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """A table's rows with each column as wide as its widest text."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True)) for row in rows]


def _plain(usage: ModelUsage) -> dict[str, object]:
    return {
        "month": usage.month,
        "requests": usage.requests,
        "unpriced_requests": usage.unpriced,
        "tokens_in": usage.tokens.sent,
        "tokens_out": usage.tokens.received,
        "cost_usd": float(usage.cost_usd) if _is_priced(usage) else None,
    }


def _row(usage: ModelUsage) -> tuple[str, ...]:
    counts = (usage.requests, usage.tokens.sent, usage.tokens.received)
    return (usage.month, *(f"{count:,}" for count in counts), _cost(usage))


def _cost(usage: ModelUsage) -> str:
    if not _is_priced(usage):
        return "unknown"
    return f"{usage.cost_usd:,.4f}{'+' if usage.unpriced else ''}"


def _is_priced(usage: ModelUsage) -> bool:
    return not usage.requests or usage.unpriced < usage.requests


def _unpriced(months: Sequence[ModelUsage]) -> list[str]:
    count = sum(each.unpriced for each in months)
    if not count:
        return []
    return [
        f"Requests whose cost is not known: {count:,}. No price was set when they were made; set"
        " FLAVORBOT_MODEL_PRICE_IN and FLAVORBOT_MODEL_PRICE_OUT for those to come."
    ]
