"""Databases of any kind that SQLAlchemy knows; Parquet files as tables of a DuckDB in memory."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from flavorbot.moving.cells import Cell, Row
from flavorbot.moving.mapping import TableMap
from flavorbot.moving.problems import CannotMove

# Drivers where SQLAlchemy's own choice is another, or the name is an old one.
_DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}
# Rows that a driver fetches at once.
FETCHED = 1_000
# DuckDB keeps a whole answer in memory: it is asked for as many at a time.
PAGE = 20_000
CONNECT_S = 10
Table = sa.TableClause


def open_database(url: str) -> SQLSource:
    """A source by SQLAlchemy's URL; `CannotMove` when it cannot be opened."""
    parsed = _url(url)
    kind = parsed.get_backend_name()
    path = Path(parsed.database or "")
    if kind in ("sqlite", "duckdb") and not path.is_file():
        # They would make an empty one.
        raise CannotMove(f"There is no file {path}.")
    try:
        engine = sa.create_engine(parsed, connect_args=_arguments(kind), pool_pre_ping=False)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise CannotMove(f"{_shown(parsed)} cannot be opened: {error}") from error
    return SQLSource(engine, _shown(parsed))


def open_parquet(path: Path, files: Sequence[Path]) -> SQLSource:
    """Each file as the table of its name."""
    # By its name several connections share it, as long as one of them is kept.
    engine = sa.create_engine(f"duckdb:///:memory:{secrets.token_hex(8)}", poolclass=sa.QueuePool)
    source = SQLSource(engine, str(path))
    with source.failing("cannot be read"), engine.begin() as connection:
        for file in files:
            name, escaped = file.stem.replace('"', '""'), str(file.resolve()).replace("'", "''")
            connection.exec_driver_sql(f"CREATE VIEW \"{name}\" AS SELECT * FROM read_parquet('{escaped}')")  # noqa: S608
    return source


class SQLSource:
    """`ISource` over the tables of a database, which is only read."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self.name = name
        self._engine = engine
        self._pages = PAGE if engine.dialect.name == "duckdb" else None
        self._columns = cache(self._read_columns)
        self._ids: dict[str, Cell] = {}

    def has(self, table: TableMap) -> bool:
        columns = self._columns(table.table)
        if columns is None:
            return False
        if missing := [each for each in table.needed if each not in columns]:
            raise CannotMove(f"The table {table.table} of {self.name} has no column {', '.join(missing)}.")
        return True

    def count(self, table: TableMap) -> int | None:
        with self.failing(f"could not be counted in {table.table}"), self._engine.connect() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(sa.table(table.table))).scalar_one())

    def rows(self, table: TableMap, after: Sequence[Cell] | None = None) -> Generator[Row]:
        while True:
            last, count = after, 0
            for row in self._selected(table, self._ordered(table, after)):
                yield row
                last, count = [row[column] for column in table.key], count + 1
            if self._pages is None or count < self._pages:
                return
            after = last

    def keyless(self, table: TableMap) -> Iterator[Row]:
        found = self._select(table)
        return self._selected(table, found.where(sa.or_(*(sa.column(each).is_(None) for each in table.key))))

    def people(self, table: TableMap, ids: Collection[str]) -> Mapping[str, Row]:
        known = self._ids.get(table.table)
        column: sa.ColumnElement[Any] = sa.column(table.fields["id"])
        if known is None:
            known = self._ids[table.table] = self._read_id(table)
        if isinstance(known, str | int | UUID):
            wanted = list(_of_type(type(known), ids))
        else:
            column, wanted = sa.cast(column, sa.String(255)), list(ids)
        found = self._selected(table, self._select(table).where(column.in_(wanted)))
        return {str(row[table.fields["id"]]): row for row in found}

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def failing(self, what: str) -> Iterator[None]:
        """Say what a driver raises in one line, without the statement and what was sent with it."""
        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
            raise CannotMove(f"{self.name} {what}: {reason}") from error

    def _selected(self, table: TableMap, select: sa.Select[Any]) -> Iterator[Row]:
        with self.failing(f"could not be read in {table.table}"), self._engine.connect() as connection:
            options = connection.execution_options(stream_results=True, max_row_buffer=FETCHED)
            with options.execute(select) as streamed:
                names = tuple(streamed.keys())
                for rows in streamed.partitions(FETCHED):
                    yield from (dict(zip(names, row, strict=True)) for row in rows)

    def _ordered(self, table: TableMap, after: Sequence[Cell] | None) -> sa.Select[Any]:
        keys: list[sa.ColumnClause[Any]] = [sa.column(each) for each in table.key]
        found = self._select(table).where(*(each.is_not(None) for each in keys)).order_by(*keys)
        if after is not None:
            found = found.where(_later(table.key, after))
        return found if self._pages is None else found.limit(self._pages)

    def _select(self, table: TableMap) -> sa.Select[Any]:
        there = self._columns(table.table) or ()
        names = [each for each in table.columns or there if each in there]
        wanted: list[Any] = [sa.column(each) for each in names]
        found: sa.Select[Any] = sa.select(*wanted)
        return found.select_from(sa.table(table.table))

    def _read_columns(self, table: str) -> tuple[str, ...] | None:
        """By an empty answer, which every database gives; None where there is no such table."""
        with self._engine_that_opens().connect() as connection:
            try:
                empty = sa.select(sa.text("*")).select_from(sa.table(table)).where(sa.false())
                return tuple(connection.execute(empty).keys())
            except SQLAlchemyError:
                return None

    def _engine_that_opens(self) -> sa.Engine:
        with self.failing("cannot be opened"), self._engine.connect():
            return self._engine

    def _read_id(self, table: TableMap) -> Cell:
        """One of a table's ids: it shows of what type they are, and only compared as that an index is of use."""
        column = table.fields["id"]
        return next((row[column] for row in self._selected(table, self._select(table).limit(1))), None)


def _of_type(kind: type[str | int | UUID], ids: Collection[str]) -> Iterator[Cell]:
    """Ids as their column has them, without those that cannot stand in it."""
    for each in ids:
        with suppress(ValueError):
            yield kind(each)


def _later(names: Sequence[str], after: Sequence[Cell]) -> sa.ColumnElement[bool]:
    """Behind this key, written out, since not every database compares rows."""
    column: sa.ColumnClause[Any] = sa.column(names[0])
    value = sa.literal(after[0], sa.types.NullType())
    if len(names) == 1:
        return column > value
    return sa.or_(column > value, sa.and_(column == value, _later(names[1:], after[1:])))


def _url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise CannotMove("This is not a URL that SQLAlchemy understands.") from error
    return parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _arguments(kind: str) -> dict[str, object]:
    if kind == "duckdb":
        return {"read_only": True}
    return {"connect_timeout": CONNECT_S} if kind in ("postgresql", "mysql", "mariadb") else {}
