"""What the kitchen costs: milliseconds a recipe, seconds to load, megabytes of data."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import quantiles

import flavorbot
from tests.evaluation.cooking import Cooked
from tests.evaluation.figures import Figure, between

_LOAD = """
import time
started = time.perf_counter()
from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.model import Wish
print(time.perf_counter() - started)
"""


def figures(found: Sequence[Cooked]) -> Iterator[Figure]:
    milliseconds = [each.seconds * 1000 for each in found if each.generated]
    yield between("one generation with check, p95", quantiles(milliseconds, n=20)[-1], 0, 50, " ms")
    yield between("import of kitchen and generator", _loading_s(), 0, 0.5, " s")
    folder = Path(flavorbot.__file__).parent
    files = [file for part in ("kitchen", "generators") for file in (folder / part).rglob("*") if file.suffix in _DATA]
    yield between("their data", sum(file.stat().st_size for file in files) / 1e6, 0, 5, " MB")


def _loading_s() -> float:
    """In a process of its own, the second time: the first one may have to compile."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(2):
        loaded = subprocess.run(
            [sys.executable, "-c", _LOAD], env=environment, capture_output=True, text=True, check=True
        )
    return float(loaded.stdout)


_DATA = (".csv", ".toml", ".txt")
