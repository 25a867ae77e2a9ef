"""Ids of what is moved in: the same each time, and sorted by when the thing was made."""

from __future__ import annotations

import hashlib
from datetime import datetime

from ulid import ULID

_LAST = 2**48 - 1


def ulid_of(moment: datetime, *names: str) -> str:
    """A ULID whose time is `moment`, the rest of it a hash of what the thing is called where it comes from."""
    milliseconds = min(max(int(moment.timestamp() * 1000), 0), _LAST)
    digest = hashlib.sha256("\x1f".join(names).encode("utf-8", "replace")).digest()
    return str(ULID.from_bytes(milliseconds.to_bytes(6, "big") + digest[:10]))
