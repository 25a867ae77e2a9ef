"""A device with passkeys, such as a phone: as the WebAuthn standard has it, and as an attacker would."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

Json = dict[str, Any]
PRESENT, VERIFIED, SYNCED, MADE = 0x01, 0x04, 0x18, 0x40


@dataclass
class Device:
    """Makes one passkey and signs with it, at the origin that the browser says."""

    origin: str = "http://localhost"
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED | SYNCED
    count: int = 0
    handle: bytes = b""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def make(self, options: Json) -> str:
        """What a browser sends once the passkey is made."""
        self.handle = from_text(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        made = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + key
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": self._data(MADE) + made})
        seen = self._seen("webauthn.create", options)
        return self._answer({"clientDataJSON": to_text(seen), "attestationObject": to_text(attested)})

    def sign(self, options: Json, **changes: str) -> str:
        """What a browser sends once the challenge is signed, with `changes` to the response."""
        seen, data = self._seen("webauthn.get", options), self._data()
        signature = self.key.sign(data + hashlib.sha256(seen).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": to_text(seen),
            "authenticatorData": to_text(data),
            "signature": to_text(signature),
            "userHandle": to_text(self.handle),
        }
        return self._answer(response | changes)

    def _seen(self, kind: str, options: Json) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _data(self, flags: int = 0) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", self.flags | flags, self.count)

    def _answer(self, response: dict[str, str]) -> str:
        own_id = to_text(self.credential_id)
        return json.dumps({"id": own_id, "rawId": own_id, "type": "public-key", "response": response})


def to_text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
