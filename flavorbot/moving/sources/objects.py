"""Objects `users/<user>/<type>/<id>.json`, in a folder or in a bucket of S3."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from flavorbot.moving.cells import Cell, Row
from flavorbot.moving.mapping import ANY, TYPE, TableMap
from flavorbot.moving.problems import CannotMove

USERS, ENDING = "users", ".json"
USER, ID, BROKEN = "_user", "_id", "_broken"
# Objects fetched at the same time.
AT_ONCE = 16
LARGEST = 8_000_000


class Name(NamedTuple):
    """Where an object stands; names sort as they are read."""

    user: str
    type: str
    id: str


class IObjects(Protocol):
    """Objects by their names."""

    def names(self, user: str = "", after: Name | None = None) -> Iterator[Name]:
        """All names in order, those of one user, or those behind one."""

    def content(self, name: Name) -> bytes: ...


class ObjectSource:
    """`ISource` over objects; a "table" is a type of them."""

    def __init__(self, objects: IObjects, name: str, own_types: Collection[str] = ()) -> None:
        self.name = name
        self._objects = objects
        self._named = frozenset(own_types)

    def naming(self, types: Collection[str]) -> ObjectSource:
        """The same, where these types have tables of their own."""
        return ObjectSource(self._objects, self.name, types)

    def has(self, table: TableMap) -> bool:
        return not table.optional or next(self._of(table, self._objects.names()), None) is not None

    def count(self, table: TableMap) -> int | None:
        return sum(1 for _ in self._of(table, self._objects.names()))

    def rows(self, table: TableMap, after: Sequence[Cell] | None = None) -> Generator[Row]:
        behind = None if after is None else _name(table, [str(part) for part in after])
        names = self._of(table, self._objects.names(after=behind))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while some := list(islice(names, AT_ONCE * 4)):
                yield from pool.map(self._row, some)

    def keyless(self, table: TableMap) -> Iterator[Row]:
        return iter(())

    def people(self, table: TableMap, ids: Collection[str]) -> Mapping[str, Row]:
        found = {}
        for each in ids:
            name = next(self._of(table, self._objects.names(user=each)), None)
            if name is not None:
                found[each] = self._row(name)
        return found

    def close(self) -> None:
        """Nothing is open here."""

    def _of(self, table: TableMap, names: Iterator[Name]) -> Iterator[Name]:
        if table.table == ANY:
            return (name for name in names if name.type not in self._named)
        return (name for name in names if name.type == table.table)

    def _row(self, name: Name) -> Row:
        where = {USER: name.user, ID: name.id, TYPE: name.type}
        content = self._objects.content(name)
        if len(content) > LARGEST:
            return where | {BROKEN: f"it is larger than {LARGEST // 1_000_000} MB"}
        try:
            found = json.loads(content, parse_float=Decimal)
        except (ValueError, RecursionError):
            return where | {BROKEN: "it is not JSON"}
        return found | where if isinstance(found, dict) else where | {BROKEN: "it is no JSON object"}


class Folder:
    """`IObjects` of a folder."""

    def __init__(self, path: Path) -> None:
        self._users = path / USERS

    def names(self, user: str = "", after: Name | None = None) -> Iterator[Name]:
        for each in [user] if user else _listed(self._users, os.DirEntry.is_dir):
            if after is None or each >= after.user:
                yield from (name for name in self._of(each) if after is None or name > after)

    def content(self, name: Name) -> bytes:
        with (self._users / name.user / name.type / f"{name.id}{ENDING}").open("rb") as file:
            return file.read(LARGEST + 1)

    def _of(self, user: str) -> Iterator[Name]:
        if "/" in user or user in ("", ".", ".."):
            return
        for kind in _listed(self._users / user, os.DirEntry.is_dir):
            for file in _listed(self._users / user / kind, os.DirEntry.is_file, ENDING):
                yield Name(user, kind, file)


class Bucket:
    """`IObjects` of S3, or whatever speaks its API."""

    def __init__(self, client: Any, bucket: str, prefix: str, failing: Callable[[Exception], CannotMove]) -> None:  # noqa: ANN401
        self._client = client
        self._bucket = bucket
        self._prefix = f"{prefix}/{USERS}/" if prefix else f"{USERS}/"
        self._failing = failing

    def names(self, user: str = "", after: Name | None = None) -> Iterator[Name]:
        more: dict[str, str] = {} if after is None else {"StartAfter": self._key(after)}
        prefix = f"{self._prefix}{user}/" if user else self._prefix
        while True:
            answer = self._ask("list_objects_v2", Prefix=prefix, **more)
            for each in answer.get("Contents", []):
                parts = each["Key"].removeprefix(self._prefix).split("/")
                if len(parts) == 3 and parts[2].endswith(ENDING) and all(parts):
                    yield Name(parts[0], parts[1], parts[2].removesuffix(ENDING))
            if not answer.get("NextContinuationToken"):
                return
            more = {"ContinuationToken": answer["NextContinuationToken"]}

    def content(self, name: Name) -> bytes:
        answer = self._ask("get_object", Key=self._key(name))
        try:
            return bytes(answer["Body"].read(LARGEST + 1))
        except Exception as error:
            raise self._failing(error) from error

    def _key(self, name: Name) -> str:
        return f"{self._prefix}{name.user}/{name.type}/{name.id}{ENDING}"

    def _ask(self, operation: str, **parameters: str) -> Any:  # noqa: ANN401
        try:
            return getattr(self._client, operation)(Bucket=self._bucket, **parameters)
        except Exception as error:
            # Anything may come back from a network.
            raise self._failing(error) from error


def open_folder(path: Path) -> ObjectSource:
    """A folder that has a folder `users`; `CannotMove`."""
    if not (path / USERS).is_dir():
        raise CannotMove(f"{path} has no folder {USERS}/ and no .parquet files: there is nothing to move in.")
    return ObjectSource(Folder(path), str(path))


def open_bucket(source: str) -> ObjectSource:
    """`s3://bucket/prefix`, with AWS's usual settings (AWS_ENDPOINT_URL_S3 for another engine)."""
    import botocore.session
    from botocore.config import Config

    parts = urlsplit(source)
    session = botocore.session.Session()
    region = session.get_config_variable("region") or "us-east-1"
    config = Config(max_pool_connections=AT_ONCE, retries={"mode": "standard", "total_max_attempts": 5})
    client = session.create_client("s3", region_name=region, config=config)

    def failing(error: Exception) -> CannotMove:
        return CannotMove(f"{source} cannot be read: {error}")

    return ObjectSource(Bucket(client, parts.netloc, parts.path.strip("/"), failing), source)


def _name(table: TableMap, key: Sequence[str]) -> Name:
    return Name(*key) if table.table == ANY else Name(key[0], table.table, key[1])


def _listed(path: Path, wanted: Callable[[os.DirEntry[str]], bool], ending: str = "") -> list[str]:
    """The names in a folder that end so, without that, in order."""
    try:
        with os.scandir(path) as entries:
            return sorted(
                each.name.removesuffix(ending) for each in entries if each.name.endswith(ending) and wanted(each)
            )
    except FileNotFoundError:
        return []
