"""What a server's log tells of its requests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one request of some route, the mean: calls to the store, and capacity units of DynamoDB."""

    calls: float
    read_units: float
    write_units: float


def cost(log: Path, route: str, last: int) -> Cost:
    """Of the last requests to this route."""
    lines = [each for each in _requests(log) if each["route"] == route][-last:]
    count = len(lines) or 1
    sums = (sum(float(each.get(name) or 0) for each in lines) for name in ("calls", "read_units", "write_units"))
    return Cost(*(each / count for each in sums))


def _requests(log: Path) -> Iterator[dict[str, Any]]:
    for line in log.read_text(encoding="utf-8").splitlines():
        if line.startswith("{") and '"route"' in line:
            yield json.loads(line)
