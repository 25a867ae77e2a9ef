"""What was used, over JSON."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from flask import Response

from flavorbot.errors import NotFound
from flavorbot.generating import allowance
from flavorbot.model import Owner, Usage
from flavorbot.web.api.answers import UsageAnswer, usage_answer
from flavorbot.web.api.endpoint import answer, endpoint
from flavorbot.web.cooking import allowance_of, plan_of, usage_of
from flavorbot.web.people import owner, signed_in
from flavorbot.web.services import services

MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@endpoint("GET", "/usage", returns=UsageAnswer)
def index() -> Response:
    """What was used this month, and what the plan includes."""
    signed_in()
    return answer(current_usage())


@endpoint("GET", "/usage/<month>", returns=UsageAnswer)
def show(month: str) -> Response:
    """What was used in a month, `YYYY-MM`."""
    asking, match = signed_in(), MONTH.fullmatch(month)
    if match is None:
        raise NotFound("A month is written YYYY-MM.")
    each = Owner("user", asking.id)
    found = services().storage.list_usage(each, month, month)
    period = allowance(each, asking.limits.recipes, datetime(int(match[1]), int(match[2]), 1, tzinfo=UTC))
    return answer(usage_answer(found[0] if found else Usage(period=month), asking.limits, period))


def current_usage() -> UsageAnswer:
    """Of whoever asks: a person's month, a guest's day."""
    asking = owner(create=True)
    return usage_answer(usage_of(asking), plan_of(asking), allowance_of(asking))
