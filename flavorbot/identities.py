"""What outside identities open: whose account, and a new one where there is none yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import urlsplit

from flavorbot.accounts import keep_a_way_in
from flavorbot.errors import NotFound
from flavorbot.interfaces import IIdentities, IPasskeys, IUsers
from flavorbot.model import Identity
from flavorbot.settings import Issuer


class Store(IUsers, IIdentities, IPasskeys, Protocol):
    """What knows all ways into an account."""


def provider_label(issuers: Sequence[Issuer], url: str) -> str:
    """What people call the provider; its host where the settings do not name it any more."""
    known = (issuer.label for issuer in issuers if issuer.url == url)
    return next(known, urlsplit(url).hostname or url)


def unlink(storage: Store, user_id: str, identity_id: str) -> Identity:
    """Unlink one, and say which it was; `NotFound`, `Conflict` for the only way into the account."""
    identity = next((each for each in storage.list_identities(user_id) if each.id == identity_id), None)
    user = storage.get_user(user_id)
    if identity is None or user is None:
        raise NotFound
    keep_a_way_in(storage, user)
    if not storage.delete_identity(identity):
        raise NotFound
    return identity
