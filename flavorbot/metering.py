"""Months of use, and what requests cost that a language model was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ulid import ULID

from flavorbot.model import Outcome, Tokens, UsageEvent
from flavorbot.settings import Settings

MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Meter:
    """Writes down which model was asked and what that cost; prices are US dollars for a million tokens."""

    model: str = ""
    price_in: Decimal | None = None
    price_out: Decimal | None = None

    @classmethod
    def of(cls, settings: Settings) -> Meter:
        return cls(settings.model or "", settings.model_price_in, settings.model_price_out)

    def event(
        self, action: str, period: str, at: datetime, tokens: Tokens | None, outcome: Outcome
    ) -> UsageEvent | None:
        """A new event of this period; None where no model was asked."""
        if tokens is None:
            return None
        return UsageEvent(
            id=str(ULID.from_datetime(at)),
            action=action,
            at=at,
            period=period,
            outcome=outcome,
            model=self.model,
            tokens=tokens,
            cost_usd=self.cost_of(tokens),
        )

    def cost_of(self, tokens: Tokens) -> Decimal | None:
        """In US dollars, exactly; None where a price is not known."""
        if self.price_in is None or self.price_out is None:
            return None
        return (tokens.sent * self.price_in + tokens.received * self.price_out) / MILLION


def months_until(month: str, count: int = 12) -> list[str]:
    """The `count` months that end with this one, `YYYY-MM`, oldest first."""
    last = int(month[:4]) * 12 + int(month[5:7]) - 1
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(last - count + 1, last + 1)]
