"""Where rows come from: `open_source` chooses by what SOURCE looks like."""

from __future__ import annotations

from pathlib import Path

from flavorbot.moving.problems import CannotMove
from flavorbot.moving.source import ISource

# What files are called, and SQLAlchemy's name for what reads them.
_FILES = {".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite", ".duckdb": "duckdb", ".ddb": "duckdb"}
NOT_INSTALLED = "The packages that read this are not installed: pip install -r requirements-move.txt"


def open_source(source: str) -> ISource:
    """A database by its URL, a bucket as s3://bucket/prefix, a folder of objects, Parquet files; `CannotMove`."""
    if source.startswith("s3://"):
        from flavorbot.moving.sources.objects import open_bucket

        return open_bucket(source)
    if "://" in source:
        return _database(source)
    return _path(Path(source))


def is_of_objects(source: str) -> bool:
    """Whether its rows are objects `users/<user>/<type>/<id>.json`."""
    return source.startswith("s3://") or ("://" not in source and Path(source).is_dir() and not _parquet(Path(source)))


def _path(path: Path) -> ISource:
    if not path.exists():
        raise CannotMove(f"There is no {path}. A SOURCE is a database's URL, s3://bucket/prefix, a folder or a file.")
    if files := _parquet(path):
        try:
            from flavorbot.moving.sources.sql import open_parquet
        except ImportError as error:
            raise CannotMove(NOT_INSTALLED) from error
        return open_parquet(path, files)
    if path.is_dir():
        from flavorbot.moving.sources.objects import open_folder

        return open_folder(path)
    kind = _FILES.get(path.suffix.lower())
    if kind is None:
        raise CannotMove(f"{path.name} is no file that can be moved in: {', '.join(_FILES)} or .parquet.")
    return _database(f"{kind}:///{path.resolve()}")


def _parquet(path: Path) -> list[Path]:
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path] if path.suffix == ".parquet" else []


def _database(url: str) -> ISource:
    try:
        from flavorbot.moving.sources.sql import open_database
    except ImportError as error:
        raise CannotMove(NOT_INSTALLED) from error
    return open_database(url)
