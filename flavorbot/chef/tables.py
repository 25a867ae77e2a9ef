"""What the chef knows by heart, kept in `data/*.toml` where a cook may change it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from flavorbot.chef.asked import Asked


@cache
def table(name: str) -> Mapping[str, Mapping[str, Any]]:
    """The entries of `data/{name}.toml`, in their order."""
    return tomllib.loads(resources.files(__package__).joinpath("data", f"{name}.toml").read_text("utf-8"))


def entry_for(asked: Asked, name: str) -> Mapping[str, Any] | None:
    """The first entry whose `asks` fits the question, and its `and`, where it has one, but not its `unless`."""
    return next((entry for entry in table(name).values() if _fits(asked, entry)), None)


def _fits(asked: Asked, entry: Mapping[str, Any]) -> bool:
    also = "and" not in entry or asked.says(entry["and"])
    return also and asked.says(entry["asks"]) and not ("unless" in entry and asked.says(entry["unless"]))
