"""The requests that FlavorBot is measured with: `requests.csv` as wishes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flavorbot.model import Wish

_LISTS = ("diets", "allergies", "exclude", "eaters", "equipment")
_NUMBERS = ("servings", "max_minutes")
_WORDS = ("exclude", "cuisine")


@dataclass(frozen=True, slots=True)
class Request:
    """A wish of one group; `expect` is "refused" where no recipe may come, "either" where both are sound."""

    group: str
    wish: Wish
    expect: str


def requests() -> tuple[Request, ...]:
    lines = Path(__file__).with_name("requests.csv").read_text(encoding="utf-8").splitlines()
    return tuple(_requests(csv.DictReader(line for line in lines if not line.startswith("#"))))


def _requests(rows: Iterator[dict[str, str]]) -> Iterator[Request]:
    for row in rows:
        foods = tuple(name.strip() for name in row["ingredients"].split(",") if name.strip())
        wish = Wish(ingredients=foods, wish=row["wish"], **dict(map(_option, row["options"].split())))  # type: ignore[arg-type]
        yield Request(row["group"], wish, row["expect"])


def _option(text: str) -> tuple[str, object]:
    name, _, value = text.partition("=")
    value = value.replace("_", " ") if name in _WORDS else value
    if name in _NUMBERS:
        return name, int(value)
    return name, tuple(value.split("|")) if name in _LISTS else value
