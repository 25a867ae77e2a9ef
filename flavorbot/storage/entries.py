"""What the index keeps of a recipe: its card and the further words to find it by, in few bytes."""

from __future__ import annotations

import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any

# The first byte says how the rest is packed. What it names is frozen: entries that were stored stay as they are.
FORMAT = b"\x01"
WORDS_BY_FORMAT = {b"\x01": "entry_words_1.txt"}
# Raw deflate. What is packed reaches back 16 KB, over the more usual half of the words: less is left to look through,
# and places that are nearer take fewer bits. Whatever reaches further, as entries did, is unpacked all the same.
WINDOW, LONGEST_WINDOW = -14, -15
MOST_BYTES = 1024 * 1024


def pack_entry(card: str, further: tuple[str, ...]) -> bytes:
    """The card, a JSON list as text, with one text of words more."""
    text = f"{card[:-1]},{json.dumps(' '.join(further), ensure_ascii=False)}]"
    packer = _packer().copy()
    return FORMAT + packer.compress(text.encode()) + packer.flush()


def unpack_entry(entry: bytes | str) -> tuple[list[Any], tuple[str, ...]]:
    """The card's values and the further words; ValueError when it is damaged.

    The first entries were the card's text alone.
    """
    if isinstance(entry, str):
        return json.loads(entry), ()
    if entry[:1] not in WORDS_BY_FORMAT:
        raise ValueError("an entry of a format that is not known")
    try:
        text = zlib.decompressobj(LONGEST_WINDOW, zdict=_words(entry[:1])).decompress(entry[1:], MOST_BYTES)
    except zlib.error as error:
        raise ValueError("an entry that cannot be unpacked") from error
    *card, further = json.loads(text)
    return card, tuple(further.split())


@cache
def _packer() -> zlib._Compress:
    """One that knows the words, to be copied: to learn them takes five times as long."""
    return zlib.compressobj(9, zlib.DEFLATED, WINDOW, zdict=_words(FORMAT))


@cache
def _words(form: bytes) -> bytes:
    """Words and phrases that cards are full of, the most usual ones last."""
    return Path(__file__).with_name(WORDS_BY_FORMAT[form]).read_bytes()
