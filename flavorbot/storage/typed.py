"""Typed records as both stores keep them: data as JSON that keeps every number exact, vectors as bytes."""

from __future__ import annotations

import json
import math
import re
import zlib
from array import array
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.model import Data, TypedRecord
from flavorbot.storage.clock import from_moment, to_moment
from flavorbot.storage.codec import digest
from flavorbot.storage.limits import ITEM_BYTES, check_key, check_size, check_texts, is_key
from flavorbot.storage.records import Record

# JSON knows one kind of number: a Decimal is kept as an object of this one name, and names that begin so are marked.
DECIMAL, MARK = "$decimal", "$"
DEEPEST = 50
_TYPE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def is_type(text: str) -> bool:
    """Whether records can be of this type; of any other there are none."""
    return _TYPE.fullmatch(text) is not None


def has_place(user_id: str, type_: str, record_id: str) -> bool:
    return is_key(user_id) and is_type(type_) and is_key(record_id)


def typed_record(user_id: str, record: TypedRecord) -> Record:
    """A record as kept, without its times and version; `InvalidInput` when it cannot be."""
    check_key(user_id, "user")
    check_key(record.id, "id")
    if not is_type(record.type):
        raise InvalidInput([FieldError("type", "A type has 1 to 40 small letters, digits and underscores.")])
    text = _text(record.data)
    vector = pack_vector(record.vector)
    data = zlib.compress(text, 6)
    check_size(len(text))
    check_size(len(data) + len(vector or b""))
    return {
        "made": digest(text + (vector or b"")),
        "data": data,
        "vector": vector,
        "expires": None if record.expires_at is None else to_moment(record.expires_at),
    }


def typed_of(record: Mapping[str, Any], type_: str, record_id: str) -> TypedRecord:
    expires = record.get("expires")
    text = zlib.decompressobj().decompress(record["data"], ITEM_BYTES)
    return TypedRecord(
        type=type_,
        id=record_id,
        data=_exact(json.loads(text)),
        vector=unpack_vector(record.get("vector")),
        created_at=from_moment(record["created"]),
        updated_at=from_moment(record["updated"]),
        expires_at=None if expires is None else from_moment(expires),
        version=record["version"],
    )


def pack_vector(vector: tuple[float, ...]) -> bytes | None:
    """The numbers behind a letter that says how wide each is: four bytes where that is exact, as in most embeddings."""
    if not vector:
        return None
    try:
        wide = array("d", vector)
    except (TypeError, OverflowError) as error:
        raise InvalidInput([FieldError("vector", "A vector holds numbers.")]) from error
    if not all(map(math.isfinite, wide)):
        raise InvalidInput([FieldError("vector", "This contains a number that is not finite.")])
    narrow = array("f", wide)
    return b"f" + _little(narrow) if narrow.tolist() == wide.tolist() else b"d" + _little(wide)


def unpack_vector(packed: bytes | None) -> tuple[float, ...]:
    if not packed:
        return ()
    numbers = array(packed[:1].decode())
    numbers.frombytes(packed[1:])
    if _SWAPPED:
        numbers.byteswap()
    return tuple(numbers)


_SWAPPED = array("H", [1]).tobytes() != b"\x01\x00"


def _little(numbers: array[float]) -> bytes:
    if _SWAPPED:
        numbers.byteswap()
    return numbers.tobytes()


def _text(data: Mapping[str, Data]) -> bytes:
    plain = _plain(data, 0)
    check_texts(plain, "data")
    try:
        return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True).encode()
    except ValueError as error:
        raise InvalidInput([FieldError("data", "This contains a number that is not finite.")]) from error


def _plain(value: Data, depth: int) -> Data:
    """What JSON holds; `InvalidInput` for anything else."""
    if depth > DEEPEST:
        raise InvalidInput([FieldError("data", f"This is nested more than {DEEPEST} deep.")])
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise InvalidInput([FieldError("data", "This contains a number that is not finite.")])
        return {DECIMAL: str(value)}
    if isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
        return {_marked(name): _plain(part, depth + 1) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part, depth + 1) for part in value]
    raise InvalidInput([FieldError("data", f"This contains a {type(value).__name__}, which cannot be kept.")])


def _marked(name: str) -> str:
    return f"{MARK}{name}" if name.startswith(MARK) else name


def _exact(value: Data) -> Data:
    if isinstance(value, list):
        return [_exact(part) for part in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {DECIMAL}:
        return _decimal(value[DECIMAL])
    return {name.removeprefix(MARK) if name.startswith(MARK) else name: _exact(part) for name, part in value.items()}


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError("a number that is damaged") from error
