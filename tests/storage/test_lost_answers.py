"""Writes that were carried out, but whose answer was lost, once or altogether: the effect is there, once, and known."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

import pytest

from flavorbot.errors import BoxFull, EmailTaken, StorageUnavailable
from flavorbot.model import RecipeQuery
from tests.storage.conftest import Store
from tests.storage.hooks import lost_answers
from tests.storage.metering import a_metered_draft, an_event, of_person, total
from tests.storage.test_drafts import finished, reserve, used
from tests.storage.values import DAY, a_draft, a_recipe, a_session, a_user, an_owner, new_id


@dataclass
class Losing(Store):
    """A store that loses the answers to its next writes while told to."""

    count: int = 1

    def lose(self) -> AbstractContextManager[list[str]]:
        return lost_answers(self, self.count)


@pytest.fixture(params=[1, 2], ids=["first", "every"])
def losing(dynamodb: Store, request: pytest.FixtureRequest) -> Losing:
    """Loses the first answer only, or also that to the second attempt."""
    return Losing(dynamodb.storage, dynamodb.clock, dynamodb.calls, dynamodb.settings, request.param)


def test_registration_succeeds(losing: Losing) -> None:
    user = a_user(losing.clock())
    session = a_session(losing.clock(), user_id=user.id)
    with losing.lose() as lost:
        losing.storage.create_user(user, session)
    assert lost
    assert losing.storage.user_by_email(user.email) == user
    assert losing.storage.load_session(session.sid) == session


def test_taken_address_stays_taken(losing: Losing) -> None:
    user = a_user(losing.clock())
    losing.storage.create_user(user)
    with losing.lose(), pytest.raises(EmailTaken):
        losing.storage.create_user(a_user(losing.clock(), email=user.email))


def test_edit_of_person_succeeds(losing: Losing) -> None:
    user = a_user(losing.clock())
    losing.storage.create_user(user, a_session(losing.clock(), user_id=user.id))
    with losing.lose() as lost:
        newer = losing.storage.update_user(replace(user, name="Anna"), {"user": "1"})
    assert lost
    assert losing.storage.get_user(user.id) == newer
    assert newer.version == 2


def test_session_starts_and_replaces(losing: Losing) -> None:
    user, guest = a_user(losing.clock()), a_session(losing.clock())
    losing.storage.create_user(user)
    losing.storage.start_session(guest)
    session = a_session(losing.clock(), user_id=user.id)
    with losing.lose() as lost:
        losing.storage.start_session(session, replaces=guest.sid)
    assert lost
    assert losing.storage.load_session(guest.sid) is None
    assert losing.storage.load_session(session.sid) == session


def test_session_is_saved(losing: Losing) -> None:
    session = a_session(losing.clock())
    losing.storage.start_session(session)
    with losing.lose() as lost:
        assert losing.storage.save_session(session.sid, {"user": None, "theme": '"light"'}, losing.clock() + DAY)
    assert lost
    found = losing.storage.load_session(session.sid)
    assert found is not None
    assert found.data == {"theme": '"light"'}


@pytest.mark.parametrize("by_device", [True, False])
def test_session_is_ended(losing: Losing, by_device: bool) -> None:
    user = a_user(losing.clock())
    session = a_session(losing.clock(), user_id=user.id)
    losing.storage.create_user(user, session)
    with losing.lose() as lost:
        losing.storage.end_session(session.sid, user.id if by_device else None)
    assert lost
    assert losing.storage.load_session(session.sid) is None
    assert losing.storage.list_sessions(user.id) == []


@pytest.mark.parametrize("key", [None, "key"])
def test_recipe_is_stored_once(losing: Losing, key: str | None) -> None:
    user_id, recipe = new_id(), a_recipe()
    with losing.lose() as lost:
        created = losing.storage.create_recipe(user_id, recipe, 1, key)
    assert lost
    assert losing.storage.get_recipe(user_id, recipe.id or "") == created
    with pytest.raises(BoxFull):
        losing.storage.create_recipe(user_id, a_recipe(), 1)


def test_recipe_is_edited_once(losing: Losing) -> None:
    user_id = new_id()
    created = losing.storage.create_recipe(user_id, a_recipe(), None)
    with losing.lose() as lost:
        edited = losing.storage.update_recipe(user_id, created, replace(created, title="Flan"))
    assert lost
    assert edited.version == 2
    assert losing.storage.get_recipe(user_id, created.id or "") == edited


def test_recipe_is_deleted_and_restored_once(losing: Losing) -> None:
    user_id, recipe = new_id(), a_recipe()
    losing.storage.create_recipe(user_id, recipe, 1)
    with losing.lose() as lost:
        assert losing.storage.delete_recipe(user_id, recipe.id or "")
    with losing.lose() as lost_again:
        assert losing.storage.restore_recipe(user_id, recipe.id or "", 1)
    assert lost
    assert lost_again
    assert len(losing.storage.list_recipes(user_id, RecipeQuery(), 9).items) == 1
    with pytest.raises(BoxFull):
        losing.storage.create_recipe(user_id, a_recipe(), 1)


def test_draft_is_reserved_once(losing: Losing) -> None:
    owner, draft = an_owner(), a_draft(losing.clock())
    with losing.lose() as lost:
        assert reserve(losing, owner, draft, 1) == draft
    assert lost
    assert used(losing, owner) == 1


def test_draft_is_finished(losing: Losing) -> None:
    owner, draft = an_owner(), a_draft(losing.clock())
    reserve(losing, owner, draft)
    with losing.lose() as lost:
        assert losing.storage.finish_draft(owner, finished(draft))
    assert lost
    assert losing.storage.get_draft(owner, draft.request_id) == finished(draft)


def test_draft_is_given_back_once(losing: Losing) -> None:
    owner, draft = an_owner(), a_draft(losing.clock())
    reserve(losing, owner, a_draft(losing.clock()))
    reserve(losing, owner, draft)
    with losing.lose() as lost:
        losing.storage.release_draft(owner, draft)
    assert lost
    assert used(losing, owner) == 1


@pytest.mark.parametrize("charged", [True, False])
def test_draft_is_finished_and_metered_once(losing: Losing, charged: bool) -> None:
    owner, draft = an_owner(), a_metered_draft(losing)
    reserve(losing, owner, draft)
    event = an_event(draft)
    with losing.lose() as lost:
        assert losing.storage.finish_draft(owner, finished(draft), event, charged)
    assert lost
    losing.storage.release_draft(owner, draft, event)
    assert (total(losing, draft.period).requests, used(losing, owner)) == (1, int(charged))
    assert of_person(losing, owner, draft.period).tokens == event.tokens


def test_failure_is_metered_once(losing: Losing) -> None:
    owner, draft = an_owner(), a_metered_draft(losing)
    reserve(losing, owner, draft)
    event = an_event(draft)
    with losing.lose() as lost:
        losing.storage.release_draft(owner, draft, event)
    assert lost
    losing.storage.release_draft(owner, draft, event)
    assert (total(losing, draft.period).requests, used(losing, owner)) == (1, 0)


def test_late_metering_is_done_once(dynamodb: Store) -> None:
    owner, draft = an_owner(), a_metered_draft(dynamodb)
    reserve(dynamodb, owner, draft)
    dynamodb.storage.release_draft(owner, draft)
    event = an_event(draft)
    with lost_answers(dynamodb, 1) as lost:
        dynamodb.storage.release_draft(owner, draft, event)
    assert lost
    assert total(dynamodb, draft.period).requests == 1
    assert of_person(dynamodb, owner, draft.period).tokens == event.tokens


def test_rate_is_never_counted_too_low(dynamodb: Store) -> None:
    subject = new_id()
    with lost_answers(dynamodb, 1):
        assert dynamodb.storage.check_rate("sign-in", subject, 9, 86400).count >= 1
    with lost_answers(dynamodb, 2), pytest.raises(StorageUnavailable):
        dynamodb.storage.check_rate("sign-in", subject, 9, 86400)
