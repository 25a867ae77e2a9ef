"""Clean and careful handling: washing, cutting boards, raw things, marinades; texts in `data/care.toml` (USDA, FSA)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from flavorbot.chef.asked import Asked
from flavorbot.model import Reply


def answers(asked: Asked) -> Reply | None:
    for entry in _table().values():
        if asked.says(entry["asks"]) and asked.says(entry.get("and", ".*")):
            return Reply(text=entry["text"])
    return None


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("flavorbot.chef").joinpath("data", "care.toml").read_text("utf-8")
    return tomllib.loads(text)
