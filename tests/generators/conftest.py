"""Every wish of `wishes.py`, cooked with three seeds, once for all tests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flavorbot.generators.builtin import BuiltInGenerator
from flavorbot.model import Generated
from tests.generators.wishes import ALL


@pytest.fixture(scope="session")
def generator() -> BuiltInGenerator:
    return BuiltInGenerator()


@pytest.fixture(scope="session")
def cooked(generator: BuiltInGenerator) -> list[Generated]:
    return [generator.generate(replace(wish, seed=seed)) for wish in ALL for seed in range(3)]
