"""Everything FlavorBot keeps: `open_storage` chooses where."""

from __future__ import annotations

from collections.abc import Callable

from flavorbot.interfaces import IStorage
from flavorbot.settings import Settings
from flavorbot.storage.clock import Clock, utcnow


def open_storage(
    settings: Settings, secret: bytes, now: Clock = utcnow, on_call: Callable[[str], None] | None = None
) -> IStorage:
    """The store that the settings name; nothing is connected to before it is first used.

    `secret` seals the cursors of lists. `on_call` hears the name of every request to DynamoDB, retries included, and of
    every transaction on SQLite.
    """
    if settings.table_name:
        from flavorbot.storage.dynamodb import DynamoDBStorage

        return DynamoDBStorage(settings, secret, now, on_call)
    from flavorbot.storage.sqlite import SQLiteStorage

    return SQLiteStorage(settings.data_dir, secret, now, on_call)
