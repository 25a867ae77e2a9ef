"""Passkeys (WebAuthn): keys that stay on a person's device and sign them in without a password.

Each names its person to the site ("discoverable") and is only used once the device knows who holds it, by fingerprint,
face or PIN: so it is two factors by itself. The library is loaded where it is used: it takes an eighth of the start and
14 MB of a worker, of which many never see a passkey.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from flavorbot.accounts import keep_a_way_in
from flavorbot.errors import Conflict, FieldError, InvalidInput, NotFound, NotSignedIn
from flavorbot.interfaces import IIdentities, IPasskeys, IUsers
from flavorbot.model import Passkey, User

if TYPE_CHECKING:
    from webauthn.helpers.structs import AuthenticationCredential, PublicKeyCredentialDescriptor

MOST = 20
CHALLENGE_MINUTES = 5
LONGEST_CREDENTIAL = 64 * 1024
NOT_RIGHT = "This passkey was not accepted. Try again, or sign in another way."


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What passkeys are made for: the host's name and the origins of its pages."""

    host: str
    origins: tuple[str, ...]


class PasskeyRefused(NotSignedIn):
    """What a browser sent opens nothing; `known` is the passkey that it claimed to be, where there is such a one."""

    def __init__(self, known: Passkey | None = None) -> None:
        super().__init__(NOT_RIGHT)
        self.known = known


class Store(IPasskeys, IUsers, IIdentities, Protocol):
    """What passkeys need of the storage."""


def creation_options(user_id: str, email: str, name: str, known: Sequence[Passkey], site: Site) -> tuple[bytes, str]:
    """The challenge and, as JSON, what the browser is to make a passkey by; `Conflict` when there are too many."""
    import webauthn
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    if len(known) >= MOST:
        raise Conflict(f"You have {MOST} passkeys. Delete one that you no longer use first.")
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name="FlavorBot",
        user_id=user_id.encode(),
        user_name=email,
        user_display_name=name,
        timeout=CHALLENGE_MINUTES * 60_000,
        exclude_credentials=_descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return options.challenge, webauthn.options_to_json(options)


def request_options(known: Sequence[Passkey], site: Site) -> tuple[bytes, str]:
    """The challenge and, as JSON, what the browser is to sign: with one of those known, or any that it has."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        timeout=CHALLENGE_MINUTES * 60_000,
        allow_credentials=_descriptors(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options.challenge, webauthn.options_to_json(options)


def add_passkey(
    storage: IPasskeys, user_id: str, answer: str, challenge: bytes, site: Site, name: str, now: datetime
) -> Passkey:
    """Keep the passkey that a browser has made; `InvalidInput` when it did not do as it was asked, `Conflict`."""
    import webauthn
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.structs import CredentialDeviceType

    try:
        made = webauthn.verify_registration_response(
            credential=_credential(answer),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=list(site.origins),
            require_user_verification=True,
        )
    except Exception as error:
        # The library lets through much of what its parts raise on bytes that mean nothing.
        raise InvalidInput([FieldError("", "The browser’s answer was not accepted. Please try again.")]) from error
    passkey = Passkey(
        id=_id_of(made.credential_id),
        user_id=user_id,
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name,
        synced=made.credential_device_type is CredentialDeviceType.MULTI_DEVICE,
        created_at=now,
    )
    if not storage.add_passkey(passkey):
        raise Conflict("This passkey is in your list already.")
    return passkey


def holder(
    storage: Store, answer: str, challenge: bytes, site: Site, now: datetime, expected: str | None = None
) -> tuple[User, Passkey]:
    """Whose passkey signed the challenge, and which; `PasskeyRefused` in the same words whatever is wrong.

    A count that did not rise means that the key was copied (or the answer, WebAuthn 6.1.1): that is refused, too. With
    `expected` only this person's will do.
    """
    from webauthn.helpers import parse_authentication_credential_json

    try:
        credential = parse_authentication_credential_json(_credential(answer))
        named = credential.response.user_handle
        user_id = named.decode() if named else expected or ""
    except Exception as error:
        raise PasskeyRefused from error
    if expected not in (None, user_id):
        raise PasskeyRefused
    known = storage.get_passkey(user_id, _id_of(credential.raw_id))
    if known is None:
        raise PasskeyRefused
    used = _used(known, credential, challenge, site, now)
    user = storage.get_user(user_id) if storage.update_passkey(known, used) else None
    if user is None:
        raise PasskeyRefused(known)
    return user, used


def delete_passkey(storage: Store, user_id: str, passkey_id: str) -> Passkey:
    """Delete one, and say which it was; `NotFound`, `Conflict` for the only way into an account without a password."""
    passkey = next((each for each in storage.list_passkeys(user_id) if each.id == passkey_id), None)
    user = storage.get_user(user_id)
    if passkey is None or user is None:
        raise NotFound
    keep_a_way_in(storage, user)
    if not storage.delete_passkey(user_id, passkey_id):
        raise NotFound
    return passkey


def _used(known: Passkey, credential: AuthenticationCredential, challenge: bytes, site: Site, now: datetime) -> Passkey:
    import webauthn

    try:
        checked = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=list(site.origins),
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    except Exception as error:
        raise PasskeyRefused(known) from error
    return replace(known, sign_count=checked.new_sign_count, last_used_at=now)


def _credential(answer: str) -> str:
    """What the browser sent; `ValueError` when it is no JSON object of a sensible size."""
    if len(answer) > LONGEST_CREDENTIAL or not isinstance(json.loads(answer), dict):
        raise ValueError("no credential")
    return answer


def _descriptors(known: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    from webauthn import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential_id)) for each in known]


def _id_of(credential_id: bytes) -> str:
    """Short, where the device's own may have 1,023 bytes."""
    return hashlib.sha256(credential_id).hexdigest()
