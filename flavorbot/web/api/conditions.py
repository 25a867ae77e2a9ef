"""The request headers that make an answer depend on something: entity tags and idempotency keys."""

from __future__ import annotations

import re
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from flask import request

from flavorbot.errors import BadRequest, FlavorBotError, VersionConflict
from flavorbot.model import Collection, Recipe

TAG = re.compile(r'(?:W/)?"([!#-~]*)"')
KEY = re.compile(r"[!-~]{1,200}")


class StaleVersion(VersionConflict):
    """`If-Match` names a version that is no longer the current one."""

    status = 412


class VersionNeeded(FlavorBotError):
    """An edit without `If-Match` could overwrite what somebody else wrote."""

    status = 428
    title = "Say which version you edited"


def etag(stored: Recipe | Collection) -> str:
    return f'"{stored.version}"'


def is_known(recipe: Recipe) -> bool:
    """Whether the client has this version already (`If-None-Match`)."""
    sent = request.headers.get("If-None-Match", "")
    return sent.strip() == "*" or str(recipe.version) in TAG.findall(sent)


def check_version(current: Recipe | Collection) -> int:
    """The version that an edit was made from (`If-Match`): 428 without it, 412 when it is a stale one.

    Weak tags count too, since balancers that compress weaken ours.
    """
    sent = request.headers.get("If-Match", "").strip()
    if not sent:
        raise VersionNeeded("Send If-Match with the ETag that this edit was made from.")
    if sent != "*" and not TAG.search(sent):
        raise BadRequest('If-Match is not an entity tag such as "3".')
    if sent != "*" and str(current.version) not in TAG.findall(sent):
        raise StaleVersion(f"It is at version {current.version} by now.")
    return current.version


def request_id(given: str | None = None) -> str:
    """The id under which this request is done once: from `Idempotency-Key`, else from the body, else a new one."""
    return idempotency_key() or given or str(uuid4())


def idempotency_key() -> str | None:
    """What `Idempotency-Key` says, as a UUID."""
    sent = request.headers.get("Idempotency-Key")
    if sent is None:
        return None
    if not KEY.fullmatch(sent):
        raise BadRequest("Idempotency-Key is 1 to 200 visible ASCII characters, best a UUID.")
    try:
        return str(UUID(sent.strip('"')))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, sent))
