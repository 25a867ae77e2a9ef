"""What went wrong, and how to save it with what this person may have; texts in `data/rescue.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flavorbot.chef.asked import Asked
from flavorbot.chef.saying import called, either
from flavorbot.chef.tables import entry_for
from flavorbot.kitchen.foods import foods
from flavorbot.kitchen.needs import allowed
from flavorbot.model import Reply


def answers(asked: Asked) -> Reply | None:
    entry = entry_for(asked, "rescue")
    return Reply(text=_told(asked, entry)) if entry else None


def _told(asked: Asked, entry: Mapping[str, Any]) -> str:
    """The advice; `{with}` are the first foods of the entry's list that the person may have."""
    here = {food.name for food in asked.foods}
    fitting = [
        foods()[name] for name in entry.get("with", ()) if name in foods() and allowed(foods()[name], asked.needs)
    ]
    fitting.sort(key=lambda food: food.name not in here)
    chosen = either([called(food) for food in fitting[:2]])
    if "{with}" not in entry["text"]:
        return asked.fitting(entry["text"])
    return asked.fitting(entry["text"].replace("{with}", chosen) if chosen else entry["else"])
