"""Stores by name, as commands take them: `sqlite:data`, `dynamodb:flavorbot`, `dynamodb:box@http://localhost:8001`."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from flavorbot.errors import StorageMisconfigured
from flavorbot.interfaces import IStorage, IWhole
from flavorbot.model import Entry
from flavorbot.settings import Settings
from flavorbot.storage import open_storage
from flavorbot.storage.kinds import ALL

FILE_NAME = "flavorbot.sqlite"
WRITTEN = "sqlite:FOLDER, dynamodb:TABLE or dynamodb:TABLE@http://ENDPOINT"


@dataclass(frozen=True, slots=True)
class StoreSource:
    """All of a store, as it is when it is read."""

    store: IWhole
    kinds: tuple[str, ...] = ALL
    fixed: bool = False

    def entries(self) -> Generator[Entry, None, None]:
        return self.store.entries(self.kinds)

    def about_how_many(self) -> int:
        return self.store.about_how_many()


def settings_of(place: str, settings: Settings) -> Settings:
    """The settings with this place as the store; ValueError when it names none."""
    kind, _, rest = place.partition(":")
    if kind == "sqlite" and rest:
        path = Path(rest)
        folder = path.parent if path.name == FILE_NAME else path
        return replace(settings, table_name=None, endpoint=None, data_dir=folder)
    table, at, endpoint = rest.partition("@")
    if kind != "dynamodb" or not table or (at and urlsplit(endpoint).scheme not in ("http", "https")):
        raise ValueError(f"{place!r} names no store: write {WRITTEN}")
    return replace(settings, table_name=table, endpoint=endpoint if at else settings.endpoint)


def open_existing(settings: Settings) -> IStorage:
    """A store that is there and sound; `StorageError` says what is wrong."""
    path = settings.data_dir / FILE_NAME
    if not settings.table_name and not path.is_file():
        raise StorageMisconfigured(f"There is no {path}: set FLAVORBOT_DATA to the folder it is in")
    return open_sound(settings)


def open_sound(settings: Settings) -> IStorage:
    """A store that may be new; `StorageError` says what is wrong."""
    storage = open_storage(settings, b"")
    storage.check()
    return storage


def is_same(one: Settings, other: Settings) -> bool:
    """Whether both have the same store."""
    if one.table_name or other.table_name:
        return (one.table_name, one.endpoint, one.region) == (other.table_name, other.endpoint, other.region)
    return one.data_dir.resolve() == other.data_dir.resolve()
