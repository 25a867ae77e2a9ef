"""What a server's processes take: time of processors, and memory."""

from __future__ import annotations

import os
from pathlib import Path

from tests.server import children_of

TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def cpu_s(master: int) -> float:
    """Seconds of a processor that the master and its workers took, of those that ended too."""
    return sum(_cpu_s(each) for each in (master, *children_of(master)))


def _cpu_s(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(int(fields[place]) for place in (11, 12)) * TICK_S


def memory_mb(process: int) -> float:
    """What is resident of it, its part of what it shares with the other workers included."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("a process without memory")
