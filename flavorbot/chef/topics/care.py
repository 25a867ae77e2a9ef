"""Clean and careful handling: washing, cutting boards, raw things, marinades; texts in `data/care.toml` (USDA, FSA)."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.tables import entry_for
from flavorbot.model import Reply


def answers(asked: Asked) -> Reply | None:
    entry = entry_for(asked, "care")
    return Reply(text=entry["text"]) if entry else None
