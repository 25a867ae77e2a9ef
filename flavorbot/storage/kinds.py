"""Every kind of thing that the stores keep, in one list: by it the whole store is backed up, restored and copied.

A field is named alike in SQLite's rows, in DynamoDB's items and in a backup. Moments are microseconds since 1970.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass

from flavorbot.model import Entry
from flavorbot.storage.limits import ERASURE_KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind; `partition` and `sort` say where an item of it stands in DynamoDB, in the fields of its key."""

    name: str
    table: str
    key: tuple[str, ...]
    fields: tuple[str, ...]
    partition: str
    sort: str
    # Of these an item holds no attribute: they are in its key, or its time-to-live.
    key_only: tuple[str, ...] = ()
    # Moments from which it counts as absent.
    until: tuple[str, ...] = ()
    # Filled in by each store as well as it can, so never compared.
    uncompared: tuple[str, ...] = ()
    # Not in a backup: put back, it would let somebody in, or hold up, for reasons of then.
    fleeting: bool = False
    # Its items hold a mark of the write that stored them last.
    marked: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.key, *self.fields)


KINDS = (
    Kind(
        name="user",
        table="users",
        key=("id",),
        fields=(
            *("email", "name", "password_hash", "plan", "diets", "allergies", "exclude", "units", "theme"),
            *("email_confirmed", "disabled", "second_factor", "created", "updated", "version"),
        ),
        partition="USER#{id}",
        sort="PROFILE",
        marked=True,
    ),
    Kind(
        name="passkey",
        table="passkeys",
        key=("user_id", "id"),
        fields=("credential_id", "public_key", "sign_count", "name", "synced", "created", "last_used"),
        partition="USER#{user_id}",
        sort="PASSKEY#{id}",
    ),
    Kind(
        name="identity",
        table="identities",
        key=("issuer", "subject"),
        fields=("user_id", "label", "created"),
        partition="USER#{user_id}",
        sort="IDENTITY#{issuer}#{subject}",
    ),
    Kind(
        name="second_factor",
        table="second_factors",
        key=("user_id",),
        fields=("nonce", "recovery", "last_step", "created", "version"),
        partition="USER#{user_id}",
        sort="SECONDFACTOR",
    ),
    Kind(
        name="access_token",
        table="access_tokens",
        key=("user_id", "id"),
        fields=("token_hash", "name", "scope", "created", "expires", "last_used"),
        partition="USER#{user_id}",
        sort="TOKEN#{id}",
        until=("expires",),
    ),
    Kind(
        name="mail_token",
        table="mail_tokens",
        key=("user_id", "kind"),
        fields=("token_hash", "email", "bound", "created", "expires"),
        partition="USER#{user_id}",
        sort="MAILTOKEN#{kind}",
        until=("expires",),
        fleeting=True,
    ),
    Kind(
        name="account_event",
        table="account_events",
        key=("user_id", "id"),
        fields=("at", "what", "detail", "browser", "address", "expires"),
        partition="USER#{user_id}",
        sort="AUDIT#{id}",
        key_only=("user_id",),
        until=("expires",),
    ),
    Kind(
        name="session",
        table="sessions",
        key=("sid",),
        fields=("user_id", "browser", "created", "last_seen", "expires", "ends", "data"),
        partition="SESSION#{sid}",
        sort="DATA",
        key_only=("sid",),
        until=("expires", "ends"),
        fleeting=True,
        marked=True,
    ),
    Kind(
        name="recipe",
        table="recipes",
        key=("user_id", "id"),
        fields=("version", "created", "updated", "made", "body", "card", "gone"),
        partition="USER#{user_id}",
        sort="RECIPE#{id}",
        key_only=("user_id", "id"),
        until=("gone",),
        marked=True,
    ),
    Kind(
        name="record",
        table="records",
        key=("user_id", "type", "id"),
        fields=("version", "created", "updated", "expires", "made", "data", "vector"),
        partition="USER#{user_id}",
        sort="RECORD#{type}#{id}",
        key_only=("user_id", "type", "id"),
        until=("expires",),
        marked=True,
    ),
    Kind(
        name="version",
        table="recipe_versions",
        key=("user_id", "recipe_id", "version"),
        fields=("created", "updated", "body", "expires"),
        partition="USER#{user_id}",
        sort="VERSION#{recipe_id}#{version:08d}",
        key_only=("user_id", "recipe_id"),
        until=("expires",),
        uncompared=("created",),
    ),
    Kind(
        name="request",
        table="recipe_keys",
        key=("user_id", "key"),
        fields=("recipe_id", "made", "expires"),
        partition="USER#{user_id}",
        sort="REQUEST#{key}",
        key_only=("user_id", "key"),
        until=("expires",),
    ),
    Kind(
        name="collection",
        table="collections",
        key=("user_id", "id"),
        fields=("name", "name_key", "description", "recipe_ids", "created", "updated", "version"),
        partition="USER#{user_id}",
        sort="COLLECTION#{id}",
        key_only=("user_id", "id"),
        marked=True,
    ),
    # How often a box changed, and what it holds: recipes, and collections as `shelves`, which each store counts anew.
    Kind(
        name="box",
        table="boxes",
        key=("user_id",),
        fields=("changes", "changed", "held", "shelves"),
        partition="USER#{user_id}",
        sort="COUNT#recipes",
        key_only=("user_id", "shelves"),
        uncompared=("held", "shelves"),
    ),
    Kind(
        name="share",
        table="shares",
        key=("user_id", "recipe_id"),
        fields=("token_hash", "nonce", "created", "expires", "published"),
        partition="USER#{user_id}",
        sort="SHARE#{recipe_id}",
        until=("expires",),
    ),
    Kind(
        name="draft",
        table="drafts",
        key=("owner", "request_id"),
        fields=(*("claim", "fingerprint", "period", "state", "wish", "result", "created", "lease_ends", "expires"),),
        partition="{owner}",
        sort="DRAFT#{request_id}",
        key_only=("owner", "request_id"),
        until=("expires",),
    ),
    Kind(
        name="question",
        table="questions",
        key=("owner", "request_id"),
        fields=("fingerprint", "period", "about", "version", "question", "reply", "created", "expires"),
        partition="{owner}",
        sort="QUESTION#{request_id}",
        key_only=("owner", "request_id"),
        until=("expires",),
    ),
    Kind(
        name="import",
        table="imports",
        key=("user_id", "id"),
        fields=("fingerprint", "name", "stopped", "version", "created", "expires", "body"),
        partition="USER#{user_id}",
        sort="IMPORT#{id}",
        key_only=("user_id",),
        until=("expires",),
    ),
    Kind(
        name="import_part",
        table="import_parts",
        key=("user_id", "import_id", "part"),
        fields=("body", "expires"),
        partition="USER#{user_id}",
        sort="IMPORTPART#{import_id}#{part:04d}",
        key_only=("user_id", "import_id", "part", "expires"),
        until=("expires",),
    ),
    Kind(
        name="usage",
        table="usage",
        key=("owner", "period"),
        fields=("recipes_generated", "recipe_queries", "tokens_in", "tokens_out", "cost", "expires"),
        partition="{owner}",
        sort="USAGE#{period}",
        key_only=("owner", "period", "expires"),
        until=("expires",),
    ),
    Kind(
        name="usage_event",
        table="usage_log",
        key=("owner", "id"),
        fields=("action", "at", "period", "outcome", "model", "tokens_in", "tokens_out", "cost", "expires"),
        partition="{owner}",
        sort="USAGELOG#{id}",
        key_only=("owner", "id", "expires"),
        until=("expires",),
    ),
    Kind(
        name="model_usage",
        table="model_usage",
        key=("month",),
        fields=("requests", "unpriced", "tokens_in", "tokens_out", "cost"),
        partition="USAGE#MODEL#00",
        sort="{month}",
        key_only=("month",),
    ),
    Kind(
        name="spending",
        table="spending",
        key=("month", "process"),
        fields=("requests", "calls", "read_halves", "write_halves", "people", "expires"),
        partition="SPENDING#{month}",
        sort="{process}",
        key_only=("process", "expires"),
        until=("expires",),
    ),
    Kind(
        name="rate",
        table="rates",
        key=("action", "subject", "starts", "window_s"),
        fields=("count", "expires"),
        partition="RATE#{action}#{subject}",
        sort="{starts}+{window_s}",
        key_only=("action", "subject", "starts", "window_s", "expires"),
        until=("expires",),
        fleeting=True,
    ),
    # Last: whoever is named here is not to come back, though their account was read before.
    Kind(
        name="erasure",
        table="erasures",
        key=("id",),
        fields=("person", "began", "counts", "done", "closed"),
        partition="ERASURE",
        sort="{id}",
        key_only=("id",),
    ),
)
KIND = {kind.name: kind for kind in KINDS}
ALL = tuple(KIND)
LASTING = tuple(kind.name for kind in KINDS if not kind.fleeting)

BASE64 = "base64"


def is_over(entry: Entry, now: int) -> bool:
    """Whether its time has passed: then it counts as absent, though the store still holds it."""
    return (ends := ends_at(entry)) is not None and ends <= now


def ends_at(entry: Entry) -> int | None:
    """From when on it counts as absent; a deletion that is not closed stays, however long it takes."""
    if entry.kind == "erasure" and entry.values["closed"]:
        return int(entry.values["began"] or 0) + ERASURE_KEPT
    moments = [entry.values.get(name) for name in KIND[entry.kind].until]
    return min((each for each in moments if isinstance(each, int)), default=None)


def name_of(entry: Entry) -> str:
    """Which thing it is, for people."""
    return " ".join([entry.kind, *(str(entry.values.get(name)) for name in KIND[entry.kind].key)])


def key_digest(entry: Entry) -> bytes:
    """Which thing it is."""
    return _digest([entry.kind, *(entry.values.get(name) for name in KIND[entry.kind].key)])


def digest(entry: Entry) -> bytes:
    """All that it holds."""
    without = KIND[entry.kind].uncompared
    held = {name: value for name, value in entry.values.items() if value is not None and name not in without}
    return _digest([entry.kind, held])


def to_line(entry: Entry) -> bytes:
    """As one line of JSON, without its empty fields."""
    return _json({entry.kind: {name: value for name, value in entry.values.items() if value is not None}}) + b"\n"


def of_line(line: bytes) -> Entry:
    """The entry of a line; ValueError when it is none, or one that this version does not know."""
    ((name, values),) = json.loads(line, object_hook=_bytes).items()
    if name not in KIND:
        raise ValueError(f"{name} is not known")
    return checked(Entry(name, values))


def checked(entry: Entry) -> Entry:
    """The same; ValueError when a part of its key is missing, or a field is not known."""
    kind = KIND[entry.kind]
    if unknown := set(entry.values) - set(kind.names):
        raise ValueError(f"{kind.name} has {', '.join(sorted(unknown))}, which is not known")
    if missing := [name for name in kind.key if entry.values.get(name) is None]:
        raise ValueError(f"{kind.name} lacks {', '.join(missing)}")
    return entry


def _digest(content: object) -> bytes:
    return hashlib.sha256(_json(content)).digest()[:16]


def _json(content: object) -> bytes:
    return json.dumps(content, default=_texts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _texts(value: object) -> object:
    """What JSON knows in place of bytes, and of the values of an entry."""
    if isinstance(value, (bytes, bytearray)):
        return {BASE64: base64.b64encode(value).decode()}
    raise TypeError(f"{type(value).__name__} is not kept by any store")


def _bytes(content: dict[str, object]) -> object:
    packed = content.get(BASE64)
    return base64.b64decode(packed, validate=True) if isinstance(packed, str) and len(content) == 1 else content
