"""Everything FlavorBot keeps: `open_storage` chooses where."""

from __future__ import annotations

from collections.abc import Callable

from flavorbot.interfaces import IStorage
from flavorbot.model import StoreCall
from flavorbot.settings import Settings
from flavorbot.storage.clock import Clock, utcnow


def open_storage(
    settings: Settings,
    secret: bytes,
    now: Clock = utcnow,
    on_call: Callable[[str], None] | None = None,
    on_done: Callable[[StoreCall], None] | None = None,
) -> IStorage:
    """The store that the settings name; nothing is connected to before it is first used.

    `secret` seals the cursors of lists. `on_call` hears the name of every request to DynamoDB, retries included, and of
    every transaction on SQLite, `on_done` how each of them went.
    """
    if settings.table_name:
        from flavorbot.storage.dynamodb import DynamoDBStorage

        return DynamoDBStorage(settings, secret, now, on_call, on_done)
    from flavorbot.storage.sqlite import SQLiteStorage

    return SQLiteStorage(settings.data_dir, secret, now, on_call, on_done)
