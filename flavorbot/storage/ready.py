"""Makes the store that the settings name ready, as a command: one line for each thing done, and an exit status."""

from __future__ import annotations

import sys

from flavorbot.errors import FlavorBotError
from flavorbot.settings import Settings


def main() -> int:
    """0 when the store can be used; 1, with what to do, when it cannot."""
    try:
        return _make_ready(Settings.from_env())
    except FlavorBotError as error:
        sys.stderr.write(f"{error.detail}\n")
        return 1


def _make_ready(settings: Settings) -> int:
    if not settings.table_name:
        from flavorbot.storage.sqlite import SQLiteStorage

        storage = SQLiteStorage(settings.data_dir, b"")
        storage.check()
        storage.close()
        sys.stdout.write(f"{storage.db.path} is ready; DYNAMODB_TABLE_NAME is not set, so no table is needed.\n")
        return 0
    from flavorbot.storage.setup import setup_table

    report = setup_table(settings)
    sys.stdout.writelines(f"{line}\n" for line in report.done)
    if not report.ready:
        sys.stderr.writelines(f"The table {settings.table_name} cannot be used: {line}\n" for line in report.differs)
        return 1
    sys.stdout.write(f"The table {settings.table_name} is ready.\n")
    return 0
