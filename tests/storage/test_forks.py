"""Workers are forked from a process that may have used the store already."""

from __future__ import annotations

import pytest

from tests.storage.conftest import Store
from tests.storage.values import a_user, forked


@pytest.mark.parametrize("name", ["sqlite", "local"])
def test_forked_worker_uses_connections_of_its_own(name: str, request: pytest.FixtureRequest) -> None:
    store: Store = request.getfixturevalue(name)
    user = a_user(store.clock())
    store.storage.create_user(user)
    assert forked(store.storage.update_user, user, {}) == 0
    found = store.storage.get_user(user.id)
    assert found is not None
    assert found.version == 2
