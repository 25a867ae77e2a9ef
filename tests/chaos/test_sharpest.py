"""The sharpest of what can break, on FlavorBot as shipped and DynamoDB Local; `make chaos` does all of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.chaos import processes, stores
from tests.chaos.proxy import Proxy, proxied
from tests.chaos.site import Site, on_dynamodb, running


@pytest.fixture(scope="module")
def proxy(dynamodb_local: str) -> Iterator[Proxy]:
    with proxied(dynamodb_local) as found:
        yield found


@pytest.fixture(scope="module")
def site(proxy: Proxy, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("chaos"), on_dynamodb(proxy)) as found:
        yield found


def test_a_lost_answer_does_nothing_twice(site: Site, proxy: Proxy) -> None:
    assert stores.answers_lost(site, proxy).wrong == []


def test_sent_twenty_times_is_done_once(site: Site) -> None:
    assert stores.sent_twenty_times(site).wrong == []


def test_a_killed_worker_loses_nothing(site: Site) -> None:
    assert processes.workers_killed(site, people=3, kills=3, pause_s=2, patience_s=5).wrong == []


def test_throttling_is_waited_out_or_told(site: Site, proxy: Proxy) -> None:
    assert stores.throttled(site, proxy, people=3, seconds=5).wrong == []


def test_a_silent_store_holds_nobody_up(site: Site, proxy: Proxy) -> None:
    assert stores.silent(site, proxy, "hang", people=2).wrong == []
