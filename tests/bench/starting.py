"""How long FlavorBot takes until it answers, and its core until it is imported."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.bench.table import Goal, at_most
from tests.server import ROOT, running

TIMES = 5
CORE = "flavorbot.model, flavorbot.errors, flavorbot.interfaces, flavorbot.settings"
# All that tests/test_imports.py holds to load no framework and no driver, the food table's readers among it.
WHOLE = f"{CORE}, flavorbot.asking, flavorbot.chef, flavorbot.kitchen.checker"


def goals(folder: Path) -> list[Goal]:
    """Medians of five times each, the bare interpreter's start taken off the imports'."""
    bare = _run_s("pass")
    starts = [_start_s(folder / f"start-{number}") for number in range(TIMES)]
    return [
        at_most("start until the first answer", median(starts), 1.5, " s"),
        at_most("import of the core", _run_s(f"import {CORE}") - bare, 0.15, " s"),
        at_most("import of the core with kitchen, generator and chef", _run_s(f"import {WHOLE}") - bare, 0.5, " s"),
    ]


def _start_s(data: Path) -> float:
    began = time.perf_counter()
    with running(data):
        return time.perf_counter() - began


def _run_s(code: str) -> float:
    times = []
    for _ in range(TIMES):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
        times.append(time.perf_counter() - began)
    return median(times)
