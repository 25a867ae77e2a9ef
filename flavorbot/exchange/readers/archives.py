"""What is inside a zip or gzip file, within limits: names are never paths, and nothing is unpacked to a disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from flavorbot.exchange.readers.found import Unreadable

MOST_ENTRIES = 20_000
ENTRY = 4_000_000
"""Bytes of one entry, unpacked."""
LARGE_ENTRY = 16_000_000
"""Those of a recipe with its photographs inside (Paprika, Tandoor), and of a whole box as JSON."""
TOTAL = 256_000_000
_END = b"PK\x05\x06"
_END_OF_64 = b"PK\x06\x07"
_DIRECTORY_ENTRY = 600
"""Bytes of one entry of the directory, with a long name."""
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The two ways of packing that can be unpacked a piece at a time."""


@dataclass(slots=True)
class Budget:
    """How much may still be unpacked from one upload, nested files included."""

    left: int = TOTAL

    def take(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Unreadable(f"Unpacked, this file is larger than {TOTAL // 1_000_000} MB.")


class Archive:
    """An opened zip file."""

    def __init__(self, content: bytes, budget: Budget) -> None:
        """`Unreadable` when it is damaged or has too many entries."""
        _check_directory(content)
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, struct.error):
            raise Unreadable("This zip file is damaged.") from None
        self._budget = budget
        if len(self._zip.infolist()) > MOST_ENTRIES:
            raise Unreadable(_TOO_MANY)

    def entries(self) -> Iterator[zipfile.ZipInfo]:
        """Every file in it that may matter: no folders, and nothing that a Mac keeps beside them."""
        for entry in self._zip.infolist():
            if not entry.is_dir() and "__MACOSX" not in entry.filename and not stem(entry.filename).startswith("."):
                yield entry

    def read(self, entry: zipfile.ZipInfo, most: int = ENTRY) -> bytes:
        """The content of an entry. `Unreadable`."""
        if entry.flag_bits & 0x1:
            raise Unreadable("It is protected with a password. Unpack the file, and bring what is inside.")
        if entry.compress_type not in _PLAIN:
            raise Unreadable("It is packed in a way that cannot be read here.")
        try:
            with self._zip.open(entry) as source:
                content = source.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
            raise Unreadable("It is damaged.") from None
        return self._counted(content, most)

    def _counted(self, content: bytes, most: int) -> bytes:
        self._budget.take(len(content))
        if len(content) > most:
            raise Unreadable(f"It is larger than {most // 1_000_000} MB.")
        return content


_TOO_MANY = f"There are more than {MOST_ENTRIES:,} files in this zip file."


def is_zip(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_gzip(content: bytes) -> bool:
    return content.startswith(b"\x1f\x8b")


def gunzipped(content: bytes, budget: Budget, most: int = LARGE_ENTRY) -> bytes:
    """What was gzipped. `Unreadable`."""
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        told = unpacking.decompress(content, most + 1)
    except zlib.error:
        raise Unreadable("It is damaged.") from None
    budget.take(len(told))
    if len(told) > most:
        raise Unreadable(f"It is larger than {most // 1_000_000} MB.")
    if not unpacking.eof:
        raise Unreadable("It is damaged: its end is missing.")
    return told


def stem(path: str) -> str:
    """The name of a file without its folders and its last ending, to call an entry by."""
    name = path.replace("\\", "/").rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _check_directory(content: bytes) -> None:
    """`zipfile` keeps every entry of the directory in memory before it can be asked for their number."""
    at = content.rfind(_END, max(0, len(content) - 66_000))
    if at < 0 or len(content) < at + 22:
        raise Unreadable("This zip file is damaged: its end is missing.")
    size = struct.unpack("<L", content[at + 12 : at + 16])[0]
    if size > MOST_ENTRIES * _DIRECTORY_ENTRY:
        raise Unreadable(_TOO_MANY)
    if content[max(0, at - 20) : at].startswith(_END_OF_64):
        raise Unreadable("This zip file is of a kind (Zip64) that cannot be read here. Pack its files once more.")
