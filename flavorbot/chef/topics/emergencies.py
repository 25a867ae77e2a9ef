"""What cannot wait: a reaction, choking, fire, poison, burns and cuts; texts in `data/emergencies.toml`."""

from __future__ import annotations

from flavorbot.chef.asked import Asked
from flavorbot.chef.tables import entry_for
from flavorbot.model import Reply


def answers(asked: Asked) -> Reply | None:
    entry = entry_for(asked, "emergencies")
    return Reply(text=entry["text"]) if entry else None
