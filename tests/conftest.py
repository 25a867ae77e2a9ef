"""Parts that more than one folder of tests uses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flavorbot.errors import StorageMisconfigured
from flavorbot.storage.local import Local, find_local, start_local
from tests.generators.model.server import Server, scripted
from tests.parts import free_port, need
from tests.quick import compile_routes_late, read_aws_once

compile_routes_late()
read_aws_once()


@pytest.fixture(scope="session")
def dynamodb_local() -> Iterator[str]:
    """The address of AWS's DynamoDB Local, started once, its data in memory."""
    port = free_port()
    process = start_local(_found(), port)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


@pytest.fixture
def server() -> Iterator[Server]:
    """A language model's server that answers as a test tells it."""
    with scripted() as running:
        yield running


def _found() -> Local:
    try:
        return find_local()
    except StorageMisconfigured as missing:
        return need(None, missing.detail)
