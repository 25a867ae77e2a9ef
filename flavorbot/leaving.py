"""Whether this server was told to end: one byte that a master and the workers it forks have in common."""

from __future__ import annotations

import mmap

_byte = mmap.mmap(-1, 1)


def leave() -> None:
    _byte[0] = 1


def is_leaving() -> bool:
    return _byte[0] == 1
