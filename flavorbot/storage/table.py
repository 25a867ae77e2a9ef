"""The one DynamoDB table: its keys, its layout, and how a real one differs from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flavorbot.model import Owner

INDEX = "GSI1"
TTL = "ttl"
PROJECTED = ("card", "created")

KEY_SCHEMA = [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}]
ATTRIBUTES = [{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK", "GSI1PK", "GSI1SK")]
INDEX_SCHEMA: dict[str, Any] = {
    "IndexName": INDEX,
    "KeySchema": [{"AttributeName": "GSI1PK", "KeyType": "HASH"}, {"AttributeName": "GSI1SK", "KeyType": "RANGE"}],
    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(PROJECTED)},
}

Key = dict[str, dict[str, str]]


def profile_key(user_id: str) -> Key:
    return _key(f"USER#{user_id}", "PROFILE")


def email_key(folded_email: str) -> Key:
    return _key(f"EMAIL#{folded_email}", "USER")


def session_key(sid: str) -> Key:
    return _key(f"SESSION#{sid}", "DATA")


def device_key(user_id: str, sid: str) -> Key:
    return _key(f"USER#{user_id}", f"SESSION#{sid}")


def recipe_key(user_id: str, recipe_id: str) -> Key:
    return _key(f"USER#{user_id}", f"RECIPE#{recipe_id}")


def version_prefix(recipe_id: str) -> str:
    """Where the sort keys of a recipe's past versions begin."""
    return f"VERSION#{recipe_id}#"


def version_key(user_id: str, recipe_id: str, version: int) -> Key:
    return _key(f"USER#{user_id}", f"{version_prefix(recipe_id)}{version:08d}")


def recipe_count_key(user_id: str) -> Key:
    """How many recipes a box holds and how often it changed: apart from the profile, which has its own versions."""
    return _key(f"USER#{user_id}", "COUNT#recipes")


def collection_key(user_id: str, collection_id: str) -> Key:
    return _key(f"USER#{user_id}", f"COLLECTION#{collection_id}")


def collection_name_key(user_id: str, name_key: str) -> Key:
    """Which collection has a name: uniqueness by a conditional write."""
    return _key(f"USER#{user_id}", f"COLLECTIONNAME#{name_key}")


def collection_count_key(user_id: str) -> Key:
    return _key(f"USER#{user_id}", "COUNT#collections")


def request_key(user_id: str, key: str) -> Key:
    """Which recipe a request's idempotency key stored."""
    return _key(f"USER#{user_id}", f"REQUEST#{key}")


def share_key(user_id: str, recipe_id: str) -> Key:
    return _key(f"USER#{user_id}", f"SHARE#{recipe_id}")


def access_token_key(user_id: str, token_id: str) -> Key:
    return _key(f"USER#{user_id}", f"TOKEN#{token_id}")


def mail_token_key(user_id: str, kind: str) -> Key:
    """Which link of this kind is good; what its hash leads to says whose it is."""
    return _key(f"USER#{user_id}", f"MAILTOKEN#{kind}")


def account_event_key(user_id: str, event_id: str) -> Key:
    return _key(f"USER#{user_id}", f"AUDIT#{event_id}")


def passkey_key(user_id: str, passkey_id: str) -> Key:
    return _key(f"USER#{user_id}", f"PASSKEY#{passkey_id}")


def identity_key(user_id: str, issuer: str, subject: str) -> Key:
    return _key(f"USER#{user_id}", f"IDENTITY#{issuer}#{subject}")


def identity_owner_key(issuer: str, subject: str) -> Key:
    """Whom an outside identity signs in; no issuer has a `#`."""
    return _key(f"IDENTITY#{issuer}#{subject}", "USER")


def second_factor_key(user_id: str) -> Key:
    return _key(f"USER#{user_id}", "SECONDFACTOR")


def token_key(token_hash: str) -> Key:
    """Whom a token is for that came with a link."""
    return _key(f"TOKEN#{token_hash}", "USER")


def draft_key(owner: Owner, request_id: str) -> Key:
    return _key(owner_pk(owner), f"DRAFT#{request_id}")


def question_key(owner: Owner, request_id: str) -> Key:
    return _key(owner_pk(owner), f"QUESTION#{request_id}")


def import_key(user_id: str, import_id: str) -> Key:
    return _key(f"USER#{user_id}", f"IMPORT#{import_id}")


def import_part_key(user_id: str, import_id: str, part: int) -> Key:
    """Recipes that wait; not below `IMPORT#`, so that a list of jobs reads none of them."""
    return _key(f"USER#{user_id}", f"IMPORTPART#{import_id}#{part:04d}")


def record_key(user_id: str, type_: str, record_id: str) -> Key:
    """Below `RECORD#`, so that no type of theirs meets a kind of ours."""
    return _key(f"USER#{user_id}", f"RECORD#{type_}#{record_id}")


def usage_key(owner: Owner, period: str) -> Key:
    return _key(owner_pk(owner), f"USAGE#{period}")


def event_key(owner: Owner, event_id: str) -> Key:
    return _key(owner_pk(owner), f"USAGELOG#{event_id}")


def model_usage_key(month: str, shard: int) -> Key:
    """One of the items that count what models took in a month: several, so that few writers meet at one."""
    return _key(f"USAGE#MODEL#{shard:02d}", month)


def spending_key(month: str, process: str) -> Key:
    """What one process counted of a month."""
    return _key(f"SPENDING#{month}", process)


def erasure_key(erasure_id: str) -> Key:
    """How the deletion of an account stands: all in one partition, so that unfinished ones are found."""
    return _key("ERASURE", erasure_id)


def rate_key(action: str, subject: str, window: str) -> Key:
    return _key(f"RATE#{action}#{subject}", window)


def owner_pk(owner: Owner) -> str:
    return f"{owner.kind.upper()}#{owner.id}"


def index_key(user_id: str, recipe_id: str) -> Key:
    """Where a recipe stands in the list of its owner."""
    return {"GSI1PK": {"S": user_id}, "GSI1SK": {"S": recipe_id}}


def bin_partition(user_id: str) -> str:
    """Where the index keeps what this person deleted, by the moment it leaves for good."""
    return f"{user_id}#BIN"


def bin_place(moment: int, recipe_id: str = "") -> str:
    """Places sort as their moments do, since microseconds have 16 digits until the year 2286."""
    return f"{moment:016d}#{recipe_id}"


def differences(table: Mapping[str, Any], time_to_live: Mapping[str, Any]) -> list[str]:
    """What a described table lacks, compared with this page; empty when it fits."""
    if not has_our_keys(table):
        return ["its keys are not the strings PK and SK: choose another name, so that a new table is made"]
    found = _index_differences(table)
    if time_to_live.get("TimeToLiveStatus") not in ("ENABLED", "ENABLING"):
        found.append(f"time-to-live is not switched on for the attribute {TTL}")
    elif time_to_live.get("AttributeName", TTL) != TTL:
        found.append(f"time-to-live works on {time_to_live['AttributeName']} instead of {TTL}")
    return found


def has_our_keys(table: Mapping[str, Any]) -> bool:
    """Whether a described table can be ours at all: its keys can never be changed."""
    types = {each["AttributeName"]: each["AttributeType"] for each in table.get("AttributeDefinitions", ())}
    return _keys(table) == KEY_SCHEMA and all(types.get(each["AttributeName"], "S") == "S" for each in ATTRIBUTES)


def _index_differences(table: Mapping[str, Any]) -> list[str]:
    index = next((each for each in table.get("GlobalSecondaryIndexes", ()) if each["IndexName"] == INDEX), None)
    if index is None:
        return [f"the index {INDEX} is missing"]
    if _keys(index) != INDEX_SCHEMA["KeySchema"]:
        return [f"the key of the index {INDEX} is not GSI1PK and GSI1SK: delete it, then run this again"]
    projection = index.get("Projection", {})
    shown = set(projection.get("NonKeyAttributes", ()))
    if projection.get("ProjectionType") != "ALL" and not shown.issuperset(PROJECTED):
        return [f"the index {INDEX} does not project {' and '.join(PROJECTED)}: delete it, then run this again"]
    if index.get("IndexStatus", "ACTIVE") != "ACTIVE":
        return [f"the index {INDEX} is still {index['IndexStatus']}"]
    return []


def _keys(described: Mapping[str, Any]) -> list[dict[str, str]]:
    return sorted(described.get("KeySchema", ()), key=lambda each: str(each["KeyType"]))


def _key(partition: str, sort: str) -> Key:
    return {"PK": {"S": partition}, "SK": {"S": sort}}
