"""Links to recipes: making, renewing and ending them, and what whoever has one gets to see."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from ulid import ULID

from flavorbot.errors import Conflict, NotFound
from flavorbot.interfaces import IRecipes, IShares
from flavorbot.kitchen.checker import checked_recipe
from flavorbot.model import Recipe, Share, Source
from flavorbot.recipes import open_recipe
from flavorbot.secret import derive_key

DAYS = 30
LONGEST_DAYS = 365
NOWHERE = "This link leads nowhere: it was taken back, its time is over, or it was not copied whole."

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_LINK = re.compile(r"/r/[A-Za-z0-9_-]{43}/?")


class ISharing(IRecipes, IShares, Protocol):
    """What sharing keeps."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a link works from now on, and whether search engines may show it; None keeps it as it is."""

    days: int = DAYS
    published: bool | None = None


class Tokens:
    """Makes the token of a link again whenever its owner asks; whoever only reads the store cannot."""

    def __init__(self, secret: bytes) -> None:
        self._key = derive_key(secret, "share link")

    def of(self, share: Share) -> str:
        """256 bits that stand in the link."""
        return self.made_from(share.nonce)

    def made(self, share: Share) -> bool:
        """Whether the link's token can be made again; not when the secret is another by now."""
        return _hash(self.of(share)) == share.token_hash

    def made_from(self, nonce: str) -> str:
        digest = hmac.digest(self._key, nonce.encode(), hashlib.sha256)
        return urlsafe_b64encode(digest).rstrip(b"=").decode()


def share_recipe(storage: ISharing, tokens: Tokens, user_id: str, recipe_id: str, terms: Terms, now: datetime) -> Share:
    """A link to one's own recipe; where there is one, it is renewed. `NotFound`."""
    open_recipe(storage, user_id, recipe_id)
    current = storage.get_share(user_id, recipe_id)
    if current and not tokens.made(current):
        storage.end_share(current)
        current = None
    if current is None:
        current = storage.create_share(_new_share(tokens, user_id, recipe_id, terms, now))
    renewed = replace(
        current,
        expires_at=now + timedelta(days=terms.days),
        published=current.published if terms.published is None else terms.published,
    )
    if renewed != current and not storage.change_share(renewed):
        raise Conflict("The link was taken back at this moment. Make a new one if you still want to share.")
    return renewed


def current_share(storage: ISharing, tokens: Tokens, user_id: str, recipe_id: str) -> Share | None:
    """The link to one's own recipe that can be shown once more."""
    share = storage.get_share(user_id, recipe_id)
    return share if share and tokens.made(share) else None


def end_share(storage: ISharing, user_id: str, recipe_id: str) -> None:
    """Take a link back, also that of a recipe in the bin; `NotFound` when there is none."""
    share = storage.get_share(user_id, recipe_id)
    if share is None or not storage.end_share(share):
        raise NotFound("There is no link to take back.")


def open_shared(storage: ISharing, token: str) -> tuple[Share, Recipe]:
    """What a link leads to; `NotFound` in the same words whatever the reason.

    Text that is no token costs nothing, one that leads nowhere a storage call.
    """
    share = storage.share_by_token(_hash(token)) if is_token(token) else None
    recipe = storage.get_recipe(share.user_id, share.recipe_id) if share else None
    if share is None or recipe is None:
        raise NotFound(NOWHERE)
    return share, recipe


def is_token(text: str) -> bool:
    """Whether a link may have this token; anything may come from a browser."""
    return _TOKEN.fullmatch(text) is not None


def public_copy(recipe: Recipe) -> Recipe:
    """The recipe without what is its owner's business alone."""
    image = None if _is_private(recipe.image_url) else recipe.image_url
    return replace(recipe, notes="", rating=None, cooked=(), image_url=image, source=_public_source(recipe.source))


def copy_shared(storage: ISharing, user_id: str, share: Share, recipe: Recipe, url: str, limit: int | None) -> Recipe:
    """Put it into one's own box, checked, once for each link; `BoxFull`.

    A copy that was changed since stays as it is, one that was deleted comes back from the bin.
    """
    given = public_copy(recipe)
    copy = checked_recipe(replace(given, id=_id_of_copy(share), source=_source_of_copy(given.source, url)))
    copy_id = copy.id or ""
    try:
        return storage.create_recipe(user_id, copy, limit)
    except Conflict:
        if storage.get_recipe(user_id, copy_id) is None:
            storage.restore_recipe(user_id, copy_id, limit)
    return open_recipe(storage, user_id, copy_id)


def _new_share(tokens: Tokens, user_id: str, recipe_id: str, terms: Terms, now: datetime) -> Share:
    nonce = secrets.token_urlsafe(32)
    return Share(
        user_id=user_id,
        recipe_id=recipe_id,
        token_hash=_hash(tokens.made_from(nonce)),
        nonce=nonce,
        created_at=now,
        expires_at=now + timedelta(days=terms.days),
        published=bool(terms.published),
    )


def _hash(token: str) -> str:
    """The id under which a token is stored: nobody who reads it there can use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def _public_source(source: Source) -> Source:
    return replace(source, url=None) if _is_private(source.url) else source


def _is_private(url: str | None) -> bool:
    """Another's link is theirs to give away; an address may hold a name and a password."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return True
    return parts.scheme not in ("http", "https") or "@" in parts.netloc or bool(_LINK.fullmatch(parts.path))


def _source_of_copy(source: Source, url: str) -> Source:
    """Where the recipe came from first, else the link; the hand that wrote it was another's."""
    return replace(source, kind="import" if source.kind == "manual" else source.kind, url=source.url or url)


def _id_of_copy(share: Share) -> str:
    """The ULID that the copy gets, whoever makes it and however often."""
    moment = int(share.created_at.timestamp() * 1000).to_bytes(6, "big")
    return str(ULID.from_bytes(moment + hashlib.sha256(share.token_hash.encode()).digest()[:10]))
