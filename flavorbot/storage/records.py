"""People, sessions and drafts as flat records of texts, numbers and bytes: rows in one store, items in the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from flavorbot.errors import FieldError, InvalidInput, NotFound
from flavorbot.model import (
    AccessToken,
    Draft,
    Erasure,
    Event,
    Exchange,
    Identity,
    ImportJob,
    MailToken,
    ModelUsage,
    Owner,
    Passkey,
    SecondFactor,
    Session,
    Share,
    Spending,
    Tokens,
    Usage,
    UsageEvent,
    User,
)
from flavorbot.storage.clock import from_moment, to_moment
from flavorbot.storage.codec import (
    fold_email,
    pack_reply,
    pack_result,
    pack_state,
    pack_wish,
    texts_from_json,
    texts_to_json,
    unpack_reply,
    unpack_result,
    unpack_state,
    unpack_wish,
)
from flavorbot.storage.limits import EVENT_KEPT, check_key, check_session, check_size, check_texts

Value = str | int | bytes | None
Record = dict[str, Value]

COST_DIGITS = 12
SPENT = ("tokens_in", "tokens_out", "cost")


def user_record(user: User) -> Record:
    """A person as kept; `InvalidInput` when they cannot be."""
    check_texts(user)
    check_key(user.id, "id")
    check_key(fold_email(user.email), "email")
    record: Record = {
        "id": user.id,
        "email": user.email,
        "name": user.name,
        "password_hash": user.password_hash,
        "plan": user.plan,
        "diets": texts_to_json(user.diets),
        "allergies": texts_to_json(user.allergies),
        "exclude": texts_to_json(user.exclude),
        "units": user.units,
        "theme": user.theme,
        "email_confirmed": 0 if user.email_confirmed_at is None else to_moment(user.email_confirmed_at),
        "disabled": None if user.disabled_at is None else to_moment(user.disabled_at),
        "second_factor": None if user.second_factor_at is None else to_moment(user.second_factor_at),
        "created": to_moment(user.created_at),
        "updated": to_moment(user.updated_at),
        "version": user.version,
    }
    check_size(sum(len(str(value).encode()) for value in record.values()))
    return record


def user_of(record: Mapping[str, Any]) -> User:
    """Accounts of before addresses were confirmed count as confirmed: they lack what is 0 where that is open."""
    confirmed, disabled = record.get("email_confirmed"), record.get("disabled")
    return User(
        id=record["id"],
        email=record["email"],
        name=record["name"],
        password_hash=record["password_hash"],
        plan=record["plan"],
        diets=texts_from_json(record["diets"]) or (),
        allergies=texts_from_json(record.get("allergies")),
        exclude=texts_from_json(record["exclude"]) or (),
        units=record["units"],
        theme=record["theme"],
        email_confirmed_at=None if confirmed == 0 else from_moment(confirmed or record["created"]),
        disabled_at=None if disabled is None else from_moment(disabled),
        second_factor_at=None if record.get("second_factor") is None else from_moment(record["second_factor"]),
        created_at=from_moment(record["created"]),
        updated_at=from_moment(record["updated"]),
        version=record["version"],
    )


def session_record(session: Session) -> Record:
    """A session as kept, without its data; `InvalidInput` when it cannot be."""
    check_key(session.sid, "session")
    check_session(session.data)
    check_texts(session)
    return {
        "sid": session.sid,
        "user_id": session.user_id,
        "browser": session.browser,
        "created": to_moment(session.created_at),
        "last_seen": to_moment(session.last_seen_at),
        "expires": to_moment(session.expires_at),
        "ends": to_moment(session.ends_at),
    }


def session_of(record: Mapping[str, Any], data: Mapping[str, str]) -> Session:
    return Session(
        sid=record["sid"],
        data=data,
        created_at=from_moment(record["created"]),
        last_seen_at=from_moment(record["last_seen"]),
        expires_at=from_moment(record["expires"]),
        ends_at=from_moment(record["ends"]),
        user_id=record.get("user_id"),
        browser=record["browser"],
    )


def is_alive(session: Session, moment: int) -> bool:
    """Within both limits."""
    return moment < to_moment(session.expires_at) and moment < to_moment(session.ends_at)


def draft_record(draft: Draft) -> Record:
    """A draft as kept; `InvalidInput` when it cannot be."""
    check_key(draft.request_id, "request_id")
    check_texts((draft.claim, draft.fingerprint, draft.period))
    wish = pack_wish(draft.wish)
    result = None if draft.recipe is None else pack_result(draft.recipe, draft.notices)
    check_size(len(wish) + len(result or b""))
    return {
        "request_id": draft.request_id,
        "claim": draft.claim,
        "fingerprint": draft.fingerprint,
        "period": draft.period,
        "state": draft.state,
        "wish": wish,
        "result": result,
        "created": to_moment(draft.created_at),
        "lease_ends": to_moment(draft.lease_ends_at),
        "expires": to_moment(draft.expires_at),
    }


def draft_of(record: Mapping[str, Any]) -> Draft:
    recipe, notices = unpack_result(record["result"]) if record.get("result") else (None, ())
    return Draft(
        request_id=record["request_id"],
        claim=record["claim"],
        fingerprint=record["fingerprint"],
        period=record["period"],
        state=record["state"],
        wish=unpack_wish(record["wish"]),
        created_at=from_moment(record["created"]),
        lease_ends_at=from_moment(record["lease_ends"]),
        expires_at=from_moment(record["expires"]),
        recipe=recipe,
        notices=notices,
    )


def holds(draft: Draft, moment: int) -> bool:
    """Whether a stored draft counts: not expired, and done or still within its lease."""
    if to_moment(draft.expires_at) <= moment:
        return False
    return draft.state == "done" or moment < to_moment(draft.lease_ends_at)


def exchange_record(asked: Exchange) -> Record:
    """An answered question as kept; `InvalidInput` when it cannot be."""
    check_key(asked.request_id, "request_id")
    check_texts((asked.fingerprint, asked.period, asked.about, asked.question))
    reply = pack_reply(asked.reply)
    check_size(len(reply) + len(asked.question.encode()))
    return {
        "request_id": asked.request_id,
        "fingerprint": asked.fingerprint,
        "period": asked.period,
        "about": asked.about,
        "version": asked.version,
        "question": asked.question,
        "reply": reply,
        "created": to_moment(asked.created_at),
        "expires": to_moment(asked.expires_at),
    }


def exchange_of(record: Mapping[str, Any]) -> Exchange:
    return Exchange(
        request_id=record["request_id"],
        fingerprint=record["fingerprint"],
        period=record["period"],
        about=record["about"],
        version=record["version"],
        question=record["question"],
        reply=unpack_reply(record["reply"]),
        created_at=from_moment(record["created"]),
        expires_at=from_moment(record["expires"]),
    )


def import_record(job: ImportJob) -> Record:
    """A job without the recipes of its entries, as kept; `InvalidInput` when it cannot be."""
    check_key(job.id, "id")
    check_texts((job.fingerprint, job.name, job.stopped))
    return {
        "id": job.id,
        "fingerprint": job.fingerprint,
        "name": job.name,
        "stopped": job.stopped,
        "version": job.version,
        "created": to_moment(job.created_at),
        "expires": to_moment(job.expires_at),
        "body": pack_state(job),
    }


def import_of(record: Mapping[str, Any]) -> ImportJob:
    return ImportJob(
        id=record["id"],
        fingerprint=record["fingerprint"],
        name=record["name"],
        created_at=from_moment(record["created"]),
        expires_at=from_moment(record["expires"]),
        stopped=record["stopped"],
        version=record["version"],
        **unpack_state(record["body"]),
    )


def parts_of_collections(job: ImportJob) -> list[int]:
    """Which parts of a job have its collections."""
    return [part for part, count in enumerate(job.parts) if not count]


def part_at(job: ImportJob, place: int) -> tuple[int, int]:
    """Which part of a job has the recipe of the entry at `place`, and the place of that part's first; `NotFound`."""
    first = 0
    for part, count in enumerate(job.parts):
        if first <= place < first + count:
            return part, first
        first += count
    raise NotFound("These recipes are gone. Bring the file in again.")


def share_record(share: Share) -> Record:
    """A link as kept; `InvalidInput` when it cannot be."""
    for name in ("user_id", "recipe_id", "token_hash"):
        check_key(getattr(share, name), name)
    check_texts(share)
    return {
        "user_id": share.user_id,
        "recipe_id": share.recipe_id,
        "token_hash": share.token_hash,
        "nonce": share.nonce,
        "created": to_moment(share.created_at),
        "expires": to_moment(share.expires_at),
        "published": int(share.published),
    }


def share_of(record: Mapping[str, Any]) -> Share:
    return Share(
        user_id=record["user_id"],
        recipe_id=record["recipe_id"],
        token_hash=record["token_hash"],
        nonce=record["nonce"],
        created_at=from_moment(record["created"]),
        expires_at=from_moment(record["expires"]),
        published=bool(record["published"]),
    )


def access_token_record(token: AccessToken) -> Record:
    """A token as kept; `InvalidInput` when it cannot be."""
    for name in ("id", "user_id", "token_hash"):
        check_key(getattr(token, name), name)
    check_texts(token)
    return {
        "id": token.id,
        "user_id": token.user_id,
        "token_hash": token.token_hash,
        "name": token.name,
        "scope": token.scope,
        "created": to_moment(token.created_at),
        "expires": to_moment(token.expires_at),
        "last_used": None if token.last_used_at is None else to_moment(token.last_used_at),
    }


def access_token_of(record: Mapping[str, Any]) -> AccessToken:
    last_used = record.get("last_used")
    return AccessToken(
        id=record["id"],
        user_id=record["user_id"],
        name=record["name"],
        scope=record["scope"],
        token_hash=record["token_hash"],
        created_at=from_moment(record["created"]),
        expires_at=from_moment(record["expires"]),
        last_used_at=None if last_used is None else from_moment(last_used),
    )


def mail_token_record(token: MailToken) -> Record:
    """What a link in a mail does, as kept; `InvalidInput` when it cannot be."""
    for name in ("user_id", "token_hash"):
        check_key(getattr(token, name), name)
    check_texts(token)
    return {
        "kind": token.kind,
        "user_id": token.user_id,
        "token_hash": token.token_hash,
        "email": token.email,
        "bound": token.bound,
        "created": to_moment(token.created_at),
        "expires": to_moment(token.expires_at),
    }


def mail_token_of(record: Mapping[str, Any]) -> MailToken:
    return MailToken(
        kind=record["kind"],
        user_id=record["user_id"],
        token_hash=record["token_hash"],
        email=record["email"],
        bound=record["bound"],
        created_at=from_moment(record["created"]),
        expires_at=from_moment(record["expires"]),
    )


def account_event_record(user_id: str, event: Event) -> Record:
    """What happened to an account as kept; `InvalidInput` when it cannot be."""
    check_key(user_id, "user_id")
    check_key(event.id, "id")
    check_texts(event)
    return {
        "id": event.id,
        "at": to_moment(event.at),
        "what": event.what,
        "detail": event.detail,
        "browser": event.browser,
        "address": event.address,
        "expires": to_moment(event.at) + EVENT_KEPT,
    }


def account_event_of(record: Mapping[str, Any]) -> Event:
    texts = {name: record.get(name) or "" for name in ("detail", "browser", "address")}
    return Event(id=record["id"], at=from_moment(record["at"]), what=record["what"], **texts)


def passkey_record(passkey: Passkey) -> Record:
    """A passkey as kept; `InvalidInput` when it cannot be."""
    for name in ("id", "user_id"):
        check_key(getattr(passkey, name), name)
    check_texts(passkey)
    check_size(len(passkey.public_key) + len(passkey.credential_id) + len(passkey.name.encode()))
    return {
        "id": passkey.id,
        "user_id": passkey.user_id,
        "credential_id": passkey.credential_id,
        "public_key": passkey.public_key,
        "sign_count": passkey.sign_count,
        "name": passkey.name,
        "synced": int(passkey.synced),
        "created": to_moment(passkey.created_at),
        "last_used": None if passkey.last_used_at is None else to_moment(passkey.last_used_at),
    }


def passkey_of(record: Mapping[str, Any]) -> Passkey:
    last_used = record.get("last_used")
    return Passkey(
        id=record["id"],
        user_id=record["user_id"],
        credential_id=record["credential_id"],
        public_key=record["public_key"],
        sign_count=record["sign_count"],
        name=record["name"],
        synced=bool(record["synced"]),
        created_at=from_moment(record["created"]),
        last_used_at=None if last_used is None else from_moment(last_used),
    )


def identity_record(identity: Identity) -> Record:
    """An outside identity as kept; `InvalidInput` when it cannot be."""
    check_key(identity.user_id, "user_id")
    check_key(f"{identity.issuer}#{identity.subject}", "subject")
    check_texts(identity)
    return {
        "issuer": identity.issuer,
        "subject": identity.subject,
        "user_id": identity.user_id,
        "label": identity.label,
        "created": to_moment(identity.created_at),
    }


def identity_of(record: Mapping[str, Any]) -> Identity:
    return Identity(
        issuer=record["issuer"],
        subject=record["subject"],
        user_id=record["user_id"],
        label=record["label"],
        created_at=from_moment(record["created"]),
    )


def second_factor_record(factor: SecondFactor) -> Record:
    """A second factor as kept; `InvalidInput` when it cannot be."""
    check_key(factor.user_id, "user_id")
    check_texts(factor)
    return {
        "user_id": factor.user_id,
        "nonce": factor.nonce,
        "recovery": texts_to_json(factor.recovery),
        "last_step": factor.last_step,
        "created": to_moment(factor.created_at),
        "version": factor.version,
    }


def second_factor_of(record: Mapping[str, Any]) -> SecondFactor:
    return SecondFactor(
        user_id=record["user_id"],
        nonce=record["nonce"],
        recovery=texts_from_json(record["recovery"]) or (),
        last_step=record["last_step"],
        created_at=from_moment(record["created"]),
        version=record["version"],
    )


def event_record(event: UsageEvent) -> Record:
    """An event as kept; its cost in trillionths of a dollar, so that sums of it are exact."""
    check_key(event.id, "id")
    check_texts(event)
    cost = None if event.cost_usd is None else int(event.cost_usd.scaleb(COST_DIGITS))
    return {
        "id": event.id,
        "action": event.action,
        "at": to_moment(event.at),
        "period": event.period,
        "outcome": event.outcome,
        "model": event.model,
        "tokens_in": event.tokens.sent,
        "tokens_out": event.tokens.received,
        "cost": cost,
    }


def spent(event: UsageEvent) -> dict[str, int]:
    """What an event adds to the counters of a person and of everybody."""
    record = event_record(event)
    return {name: int(record[name] or 0) for name in SPENT}


def event_of(record: Mapping[str, Any]) -> UsageEvent:
    cost = record.get("cost")
    return UsageEvent(
        id=record["id"],
        action=record["action"],
        at=from_moment(record["at"]),
        period=record["period"],
        outcome=record["outcome"],
        model=record["model"],
        tokens=tokens_of(record),
        cost_usd=None if cost is None else cost_of(record),
    )


def erasure_record(erasure: Erasure) -> Record:
    """How a deletion stands, as kept; a closed one no longer says whose it was."""
    check_key(erasure.id, "id")
    return {
        "person": "" if erasure.closed else erasure.user_id,
        "began": to_moment(erasure.began_at),
        "counts": json.dumps(dict(erasure.counts)),
        "done": None if erasure.done_at is None else to_moment(erasure.done_at),
        "closed": int(erasure.closed),
    }


def erasure_of(record: Mapping[str, Any], erasure_id: str) -> Erasure:
    done = record.get("done")
    return Erasure(
        id=erasure_id,
        user_id=record["person"],
        began_at=from_moment(record["began"]),
        counts=json.loads(record["counts"]),
        done_at=None if done is None else from_moment(done),
        closed=bool(record["closed"]),
    )


def usage_record(usage: Usage) -> Record:
    """What was used in one period, as kept."""
    check_texts(usage.period)
    return {
        "period": usage.period,
        "recipes_generated": usage.recipes_generated,
        "recipe_queries": usage.recipe_queries,
        "tokens_in": usage.tokens.sent,
        "tokens_out": usage.tokens.received,
        "cost": int(usage.cost_usd.scaleb(COST_DIGITS)),
    }


def usage_of(record: Mapping[str, Any]) -> Usage:
    return Usage(
        period=record["period"],
        recipes_generated=int(record.get("recipes_generated") or 0),
        recipe_queries=int(record.get("recipe_queries") or 0),
        tokens=tokens_of(record),
        cost_usd=cost_of(record),
    )


def usages_of(records: Iterable[Mapping[str, Any]]) -> list[Usage]:
    """Those of periods in which anything was used."""
    usages = list(map(usage_of, records))
    return [usage for usage in usages if usage != Usage(period=usage.period)]


def model_usage(month: str, record: Mapping[str, Any]) -> ModelUsage:
    return ModelUsage(
        month=month,
        requests=int(record.get("requests") or 0),
        unpriced=int(record.get("unpriced") or 0),
        tokens=tokens_of(record),
        cost_usd=cost_of(record),
    )


def spending_record(spending: Spending) -> Record:
    """Units in halves, the smallest that there are, so that each store keeps whole numbers."""
    return {
        "month": spending.month,
        "requests": spending.requests,
        "calls": spending.calls,
        "read_halves": round(spending.read_units * 2),
        "write_halves": round(spending.write_units * 2),
        "people": spending.people,
    }


def spending_of(record: Mapping[str, Any]) -> Spending:
    return Spending(
        month=record["month"],
        requests=record["requests"],
        calls=record["calls"],
        read_units=record["read_halves"] / 2,
        write_units=record["write_halves"] / 2,
        people=record["people"],
    )


def tokens_of(record: Mapping[str, Any]) -> Tokens:
    return Tokens(int(record.get("tokens_in") or 0), int(record.get("tokens_out") or 0))


def cost_of(record: Mapping[str, Any]) -> Decimal:
    """In US dollars."""
    return Decimal(int(record.get("cost") or 0)).scaleb(-COST_DIGITS)


def check_owner(owner: Owner) -> None:
    if owner.kind not in ("user", "guest"):
        raise InvalidInput([FieldError("owner", "A draft belongs to a person or to a guest.")])
    check_key(owner.id, "owner")
