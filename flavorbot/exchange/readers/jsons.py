"""JSON of strangers, read within limits of depth and of how much it may become in memory."""

from __future__ import annotations

import json
from typing import Any

from flavorbot.exchange.readers.found import Unreadable

Json = Any
MOST_PARTS = 2_000_000
"""Lists, objects and commas in one document: 5,000 recipes have half of it."""


class Refused(Unreadable):
    """Not JSON, or none that can be read."""


def loaded(text: str, *, strict: bool = True) -> Json:
    """The data of a JSON text. `Refused`."""
    if sum(text.count(mark) for mark in "[{,") > MOST_PARTS:
        raise Refused("There is more data in this file than can be read at once.")
    try:
        return json.loads(text, strict=strict)
    except RecursionError:
        raise Refused("Its data are nested too deeply to be read.") from None
    except ValueError:
        raise Refused("It is damaged: its data cannot be read as JSON.") from None
