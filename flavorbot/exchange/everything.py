"""What a person takes along besides their recipes: who they are here, and all that was noted about them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Protocol

from flavorbot.exchange.files import jsonld_text, slug
from flavorbot.exchange.jsonld import to_jsonld
from flavorbot.interfaces import (
    IAccessTokens,
    IDrafts,
    IEvents,
    IIdentities,
    IImports,
    IKept,
    IPasskeys,
    IRecords,
    ISessions,
    IUsers,
)
from flavorbot.model import Draft, Exchange, Owner, Recipe, TypedRecord, Unreadable

File = tuple[str, str]
# By the id of a recipe, its file without the ending.
Names = Mapping[str, str]

# Before and after any month there is.
FIRST, LAST = "0000-00", "9999-99"
MOST_EVENTS = 10_000
# What is told of each, which never lets anybody in.
DEVICE = ("browser", "created_at", "last_seen_at", "expires_at", "ends_at")
TOKEN = ("id", "name", "scope", "created_at", "expires_at", "last_used_at")
PASSKEY = ("name", "synced", "created_at", "last_used_at")
IDENTITY = ("issuer", "subject", "label", "created_at")
LINK = ("created_at", "expires_at", "published")

# A folder that no other program has: bringing the zip in again passes over it.
FOLDER = "flavorbot-data"

ABOUT = """
In the folder “flavorbot-data”, what else is kept about you:
  profile.json    what you told us about yourself
  usage.json      what you used by month, and the requests of the last 90 days for which a language model was asked
  links.json      the links that you made to recipes
  imports.json    what you brought in lately
  drafts/         recipes that you had made and not saved, of the last day
  questions/      what you asked the chef, of the last day
  history/        what your recipes were before you changed them, each a list in JSON-LD
  bin/            recipes that you deleted in the last 30 days
  records/        whatever else is kept for you, a file for each type of it"""
ABOUT_ACCESS = """
  activity.json   sign-ins and changes of the last 90 days
  devices.json    where you are signed in
  passkeys.json   your passkeys, without what they are made of
  identities.json accounts elsewhere that sign you in
  tokens.json     your tokens for scripts, without what lets them in"""


class Kept(
    IUsers,
    ISessions,
    IAccessTokens,
    IPasskeys,
    IIdentities,
    IEvents,
    IDrafts,
    IImports,
    IRecords,
    IKept,
    Protocol,
):
    """What everything is read from."""


def everything(storage: Kept, user_id: str, names: Names, *, access: bool) -> Iterator[File]:
    """Files by their names, each made when it is asked for; with `access` also those that tell how one gets in."""
    files = _files(storage, user_id, names, access=access)
    return ((f"{FOLDER}/{name}", text) for name, text in files)


def _files(storage: Kept, user_id: str, names: Names, *, access: bool) -> Iterator[File]:
    yield "profile.json", _text(_profile(storage, user_id))
    yield "usage.json", _text(_usage(storage, user_id))
    yield "links.json", _text([_link(asdict(each), names) for each in storage.read_shares(user_id)])
    yield (
        "imports.json",
        _text([asdict(each) for each in storage.list_imports(user_id)], without=("fingerprint", "parts")),
    )
    if access:
        yield "devices.json", _text([asdict(each) for each in storage.list_sessions(user_id)], DEVICE)
        yield "activity.json", _text([asdict(each) for each in storage.list_events(user_id, MOST_EVENTS)])
        yield "passkeys.json", _text([asdict(each) for each in storage.list_passkeys(user_id)], PASSKEY)
        identities = storage.list_identities(user_id)
        yield "identities.json", _text([asdict(each) for each in identities], IDENTITY)
        yield "tokens.json", _text([asdict(each) for each in storage.list_access_tokens(user_id)], TOKEN)
    yield from ((f"drafts/{each.request_id}.json", _text(_draft(each))) for each in storage.read_drafts(user_id))
    yield from (
        (f"questions/{each.request_id}.json", _text(_question(each))) for each in storage.read_questions(user_id)
    )
    yield from _past(storage.read_versions(user_id), names)
    yield from _binned(storage.read_bin(user_id))
    yield from _records(storage.list_records(user_id))


def _profile(storage: Kept, user_id: str) -> dict[str, object]:
    user = storage.get_user(user_id)
    return {} if user is None else {name: value for name, value in asdict(user).items() if name != "password_hash"}


def _usage(storage: Kept, user_id: str) -> dict[str, object]:
    months = storage.list_usage(Owner("user", user_id), FIRST, LAST)
    return {
        "months": [asdict(each) for each in months],
        "requests": list(map(asdict, storage.read_usage_events(user_id))),
    }


def _link(share: dict[str, Any], names: Names) -> dict[str, object]:
    file = names.get(share["recipe_id"])
    return {"recipe": file and f"{file}.jsonld"} | {name: share[name] for name in LINK}


def _draft(draft: Draft) -> dict[str, object]:
    return {
        "created_at": draft.created_at,
        "wish": asdict(draft.wish),
        "notices": [asdict(each) for each in draft.notices],
        "recipe": draft.recipe and to_jsonld(draft.recipe),
    }


def _question(asked: Exchange) -> dict[str, object]:
    proposal = asked.reply.proposal
    return {
        "created_at": asked.created_at,
        "question": asked.question,
        "answer": asked.reply.text,
        "by": asked.reply.by,
        "proposal": proposal and to_jsonld(proposal),
    }


def _past(versions: Iterable[Recipe | Unreadable], names: Names) -> Iterator[File]:
    """For each recipe one file with what it was; those of recipes in the bin are called by their ids."""
    readable = (each for each in versions if isinstance(each, Recipe))
    for recipe_id, group in groupby(readable, lambda each: each.id or ""):
        name = names.get(recipe_id, recipe_id).rpartition("/")[2]
        yield f"history/{name}.json", _text([to_jsonld(each) for each in group])


def _binned(recipes: Iterable[Recipe | Unreadable]) -> Iterator[File]:
    for each in recipes:
        if isinstance(each, Recipe):
            yield f"bin/{slug(each.title)}-{each.id}.jsonld", jsonld_text(each)


def _records(records: Iterable[TypedRecord]) -> Iterator[File]:
    """A file for each type; exact numbers are told as texts."""
    for type_, group in groupby(records, lambda each: each.type):
        told = [{**asdict(each), "data": json.loads(json.dumps(each.data, default=str))} for each in group]
        yield f"records/{type_}.json", _text(told, without=("type", "version"))


def _text(value: object, only: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> str:
    """Pretty JSON; of a list's entries only these fields, or all without those."""
    if isinstance(value, list) and (only or without):
        value = [
            {name: part for name, part in each.items() if name not in without and (not only or name in only)}
            for each in value
        ]
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: object) -> str | float:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)
