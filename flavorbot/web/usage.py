"""What was used, this month and before."""

from __future__ import annotations

from flask import Blueprint, render_template

from flavorbot.generating import allowance
from flavorbot.metering import months_until
from flavorbot.model import Owner, Usage
from flavorbot.web.people import signed_in
from flavorbot.web.services import services

blueprint = Blueprint("usage", __name__, url_prefix="/usage")


@blueprint.get("")
def index() -> str:
    """This month against the plan, and the twelve months that end with it."""
    asking, now = signed_in(), services().now()
    each = Owner("user", asking.id)
    current = allowance(each, asking.limits.recipes, now)
    periods = months_until(current.period)
    found = {row.period: row for row in services().storage.list_usage(each, periods[0], periods[-1])}
    months = [found.get(period, Usage(period=period)) for period in periods]
    return render_template(
        "usage/index.html", usage=months[-1], months=months, plan=asking.limits, resets_at=current.resets_at
    )
