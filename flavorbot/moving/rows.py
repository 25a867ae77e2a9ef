"""A row of a source as what it becomes here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flavorbot.errors import InvalidInput
from flavorbot.model import Brought, Movable, Outcome, Session, Tokens, TypedRecord, Usage, UsageEvent
from flavorbot.moving.cells import Cell, Row, count_of, json_of, kept_of, moment_of, text_of, vector_of
from flavorbot.moving.dishes import recipe_of
from flavorbot.moving.ids import ulid_of
from flavorbot.moving.mapping import ANY, TYPE, Map, TableMap
from flavorbot.moving.people import user_of
from flavorbot.moving.problems import BadRow, NotWanted
from flavorbot.storage.clock import EPOCH

Maker = Callable[[Map, TableMap, Row, str, datetime], Movable]

_MONTH = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])")
_OUTCOMES: Mapping[str, Outcome] = {"failed": "failed", "failure": "failed", "error": "failed", "fallback": "fallback"}
ELSEWHERE = "A browser, before the move"
MOST_SESSION = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Converted:
    """What a row becomes, and what of it was left out, in sentences."""

    things: tuple[Brought, ...]
    told: tuple[str, ...] = ()


def owner_in(table: TableMap, row: Row) -> str:
    """What the source calls the owner of a row; empty where nobody is named."""
    for path in table.owner:
        column, *names = path.split(".")
        found = json_of(row.get(column)) if names else row.get(column)
        for name in names:
            found = found.get(name) if isinstance(found, Mapping) else None
        if found is not None and not isinstance(found, Mapping | list) and text_of(found):
            return text_of(found)
    return ""


def convert(mapped: Map, table: TableMap, row: Row, owner: str, now: datetime) -> Converted:
    """What a row becomes in the account `owner`; of a row of users, its own. `BadRow`, `NotWanted`."""
    try:
        if table.becomes == "user":
            user, told = user_of(mapped, table, row)
            kept = _earlier(mapped, table, row, user.created_at)
            return Converted((Brought(user.id, user), *(Brought(user.id, each) for each in kept)), tuple(told))
        if table.becomes == "recipe":
            recipe, told = recipe_of(mapped, table, row)
            return Converted((Brought(owner, recipe),), tuple(told))
        return Converted((Brought(owner, _MAKERS[table.becomes](mapped, table, row, owner, now)),))
    except InvalidInput as error:
        raise BadRow(error.detail) from error


def _earlier(mapped: Map, table: TableMap, row: Row, created: datetime) -> list[TypedRecord]:
    """What of a row of users no account has a place for."""
    kept = {name: kept_of(row.get(name)) for name in table.keep or () if row.get(name) not in (None, "")}
    if not kept:
        return []
    record_id = ulid_of(created, mapped.name, table.type, text_of(row.get(table.fields["id"])))
    return [TypedRecord(type=table.type, id=record_id, data=kept, created_at=created, updated_at=created, version=1)]


def _usage(_: Map, table: TableMap, row: Row, __: str, ___: datetime) -> Usage:
    month = text_of(row.get(table.fields["month"])).strip()
    if not _MONTH.fullmatch(month):
        raise BadRow(f"“{month[:40]}” is no month, which is written YYYY-MM")
    return Usage(
        period=month,
        recipes_generated=count_of(_cell(table, row, "recipes_generated")),
        recipe_queries=count_of(_cell(table, row, "recipe_queries")),
    )


def _event(mapped: Map, table: TableMap, row: Row, _: str, now: datetime) -> UsageEvent:
    at = _when(table, row, "at")
    _check_age(table, at, now)
    action = text_of(row.get(table.fields["action"])).strip()
    if not action:
        raise BadRow("it does not say what was done")
    return UsageEvent(
        id=_id(mapped, table, row, at),
        action=action[:200],
        at=at,
        period=f"{at:%Y-%m}",
        outcome=_OUTCOMES.get(text_of(_cell(table, row, "outcome")).lower(), "made"),
        model=text_of(_cell(table, row, "model"))[:200],
        tokens=Tokens(count_of(_cell(table, row, "tokens_in")), count_of(_cell(table, row, "tokens_out"))),
        cost_usd=None,
    )


def _session(_: Map, table: TableMap, row: Row, owner: str, now: datetime) -> Session:
    """A device that was signed in. Whoever holds its cookie has to sign in again: ours are signed with our secret."""
    expires = _when(table, row, "expires_at")
    if expires <= now:
        raise NotWanted("it has expired")
    sid = text_of(row.get(table.fields["id"]))
    created = moment_of(_cell(table, row, "created_at")) or expires - timedelta(days=30)
    return Session(
        sid=hashlib.sha256(sid.encode("utf-8", "replace")).hexdigest(),
        data={},
        created_at=created,
        last_seen_at=created,
        expires_at=expires,
        ends_at=min(expires, created + MOST_SESSION),
        user_id=owner,
        browser=ELSEWHERE,
    )


def _record(mapped: Map, table: TableMap, row: Row, _: str, now: datetime) -> TypedRecord:
    created = moment_of(_cell(table, row, "created_at")) or EPOCH
    expires = moment_of(_cell(table, row, "expires_at"))
    if table.kept_days is not None:
        _check_age(table, created, now)
        expires = expires or created + timedelta(days=table.kept_days)
    if expires is not None and expires <= now:
        raise NotWanted("its time is over")
    return TypedRecord(
        type=_type(row) if table.table == ANY else table.type,
        id=_id(mapped, table, row, created),
        data=_data(table, row),
        vector=vector_of(row.get(table.vector)) if table.vector else (),
        created_at=created,
        updated_at=max(created, moment_of(_cell(table, row, "updated_at")) or created),
        expires_at=expires,
        version=1,
    )


def _type(row: Row) -> str:
    return text_of(row[TYPE]).lower().replace("-", "_")


def _data(table: TableMap, row: Row) -> dict[str, Any]:
    """The columns that are kept: those that the map names, else all but whose it is and what stands elsewhere."""
    elsewhere = {*table.owner_columns, table.vector, TYPE}
    names = table.keep if table.keep is not None else [name for name in row if name not in elsewhere]
    return {name: kept_of(row[name]) for name in names if row.get(name) is not None}


def _check_age(table: TableMap, at: datetime, now: datetime) -> None:
    if table.kept_days is not None and at + timedelta(days=table.kept_days) <= now:
        raise NotWanted(f"it is older than {table.kept_days} days")


def _when(table: TableMap, row: Row, field: str) -> datetime:
    found = moment_of(_cell(table, row, field))
    if found is None:
        raise BadRow("it does not say when")
    return found


def _id(mapped: Map, table: TableMap, row: Row, moment: datetime) -> str:
    return ulid_of(moment, mapped.name, table.table, *(text_of(row.get(column)) for column in table.key))


def _cell(table: TableMap, row: Row, field: str) -> Cell:
    column = table.fields.get(field)
    return None if column is None else row.get(column)


_MAKERS: Mapping[str, Maker] = {"usage": _usage, "event": _event, "session": _session, "record": _record}
