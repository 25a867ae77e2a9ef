"""Questions to the chef: counted exactly, each once, and their answers kept for whoever asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from flavorbot.errors import AllowanceSpent, RequestReused
from flavorbot.model import Exchange, Owner, Reply, Usage, UsageEvent, Wish
from tests.storage.conftest import Store
from tests.storage.hooks import lost_answers
from tests.storage.metering import a_metered_draft, an_event, logged, new_month, of_person, total
from tests.storage.test_drafts import reserve
from tests.storage.values import DAY, NOTICES, Values, a_draft, a_recipe, an_owner, new_id, outcomes


def an_exchange(store: Store, **changes: Values) -> Exchange:
    reply = Reply(text="Oat cream does.", proposal=a_recipe(id=None), wish=Wish(wish="soup"), notices=NOTICES)
    values: Values = {
        "request_id": new_id(),
        "fingerprint": "5d41402a",
        "period": "2026-03",
        "about": new_id(),
        "version": 3,
        "question": "What instead of crème?",
        "reply": reply,
        "created_at": store.clock(),
        "expires_at": store.clock() + DAY,
    }
    return Exchange(**values | changes)


def count(store: Store, owner: Owner, asked: Exchange, limit: int | None = 10) -> Exchange:
    return store.storage.count_question(owner, asked, limit, store.clock() + 30 * DAY)


def metered(store: Store, owner: Owner, asked: Exchange, event: UsageEvent, *, charged: bool, limit: int = 1) -> None:
    store.storage.count_question(owner, asked, limit, store.clock() + 30 * DAY, event, charged)


def used(store: Store, owner: Owner) -> int:
    return sum(usage.recipe_queries for usage in store.storage.list_usage(owner, "2000-01", "2999-12"))


@pytest.mark.parametrize("kind", ["user", "guest"])
def test_a_question_is_kept_and_counted(store: Store, kind: Literal["user", "guest"]) -> None:
    owner, asked = an_owner(kind), an_exchange(store)
    store.calls.clear()
    assert count(store, owner, asked) == asked
    assert len(store.calls) == 1
    assert store.storage.get_question(owner, asked.request_id) == asked
    assert store.storage.list_usage(owner, "2026-03", "2026-03") == [Usage(period="2026-03", recipe_queries=1)]


def test_an_answer_may_have_no_proposal(store: Store) -> None:
    owner, asked = an_owner(), an_exchange(store, reply=Reply(text="Yes.", by="model"))
    count(store, owner, asked)
    assert store.storage.get_question(owner, asked.request_id) == asked


def test_the_same_question_counts_once(store: Store) -> None:
    owner, asked = an_owner(), an_exchange(store)
    count(store, owner, asked, 1)
    assert count(store, owner, replace(asked, reply=Reply(text="Another answer.")), 1) == asked
    assert used(store, owner) == 1


def test_another_question_under_the_same_id_is_refused(store: Store) -> None:
    owner, asked = an_owner(), an_exchange(store)
    count(store, owner, asked)
    with pytest.raises(RequestReused):
        count(store, owner, replace(asked, fingerprint="other"))
    assert used(store, owner) == 1


def test_forty_questions_take_exactly_ten(store: Store) -> None:
    owner = an_owner()
    got = outcomes(40, lambda _: type(count(store, owner, an_exchange(store), 10)).__name__)
    assert sorted(each if isinstance(each, str) else type(each).__name__ for each in got) == [
        *["AllowanceSpent"] * 30,
        *["Exchange"] * 10,
    ]
    assert used(store, owner) == 10


def test_twenty_of_one_question_count_once(store: Store) -> None:
    owner, asked = an_owner(), an_exchange(store)
    assert outcomes(20, lambda _: count(store, owner, asked, 1)) == [asked] * 20
    assert used(store, owner) == 1


@pytest.mark.parametrize("limit", [0, -1])
def test_no_question_at_limit_zero(store: Store, limit: int) -> None:
    owner = an_owner()
    for _ in range(2):
        with pytest.raises(AllowanceSpent) as refused:
            count(store, owner, an_exchange(store), limit)
    assert refused.value.resets_at == store.clock() + 30 * DAY
    assert store.storage.list_usage(owner, "2000-01", "2999-12") == []


def test_months_and_recipes_are_counted_apart(store: Store) -> None:
    owner = an_owner()
    reserve(store, owner, a_draft(store.clock(), period="2026-03"), 1)
    count(store, owner, an_exchange(store), 1)
    count(store, owner, an_exchange(store, period="2026-04"), None)
    assert store.storage.list_usage(owner, "2026-03", "2026-04") == [
        Usage(period="2026-03", recipes_generated=1, recipe_queries=1),
        Usage(period="2026-04", recipe_queries=1),
    ]


def test_nobody_reads_anothers_question(store: Store) -> None:
    owner, asked = an_owner(), an_exchange(store)
    count(store, owner, asked)
    for other in (an_owner(), Owner("guest", owner.id)):
        assert store.storage.get_question(other, asked.request_id) is None
    assert store.storage.get_question(owner, "\0") is None


def test_a_question_is_gone_after_its_day(store: Store) -> None:
    owner, asked = an_owner(), an_exchange(store)
    count(store, owner, asked)
    store.clock.advance(DAY)
    assert store.storage.get_question(owner, asked.request_id) is None
    again = replace(asked, fingerprint="other", created_at=store.clock(), expires_at=store.clock() + DAY)
    assert count(store, owner, again) == again
    assert used(store, owner) == 2


@pytest.mark.parametrize("lose", [1, 2])
def test_a_lost_answer_counts_once(dynamodb: Store, lose: int) -> None:
    owner, asked = an_owner(), an_exchange(dynamodb)
    with lost_answers(dynamodb, lose) as lost:
        assert count(dynamodb, owner, asked, 1) == asked
    assert lost
    assert used(dynamodb, owner) == 1


def test_an_added_draft_takes_nothing(store: Store) -> None:
    owner = an_owner()
    draft = a_draft(store.clock(), state="done", recipe=a_recipe(id=None), notices=NOTICES)
    for _ in range(2):
        store.storage.add_draft(owner, draft)
    store.storage.add_draft(owner, replace(draft, recipe=a_recipe(id=None, title="Another")))
    assert store.storage.get_draft(owner, draft.request_id) == draft
    assert store.storage.list_usage(owner, "2000-01", "2999-12") == []


@pytest.mark.parametrize("lose", [1, 2])
def test_an_added_draft_survives_lost_answers(dynamodb: Store, lose: int) -> None:
    owner, draft = an_owner(), a_draft(dynamodb.clock(), state="done", recipe=a_recipe(id=None))
    with lost_answers(dynamodb, lose):
        dynamodb.storage.add_draft(owner, draft)
    assert dynamodb.storage.get_draft(owner, draft.request_id) == draft


@pytest.mark.parametrize("kind", ["user", "guest"])
@pytest.mark.parametrize("charged", [True, False])
def test_what_a_model_took_is_counted_once(store: Store, kind: Literal["user", "guest"], charged: bool) -> None:
    owner, month = an_owner(kind), new_month()
    asked, event = an_exchange(store, period=month), an_event(a_metered_draft(store, month), action="ask")
    store.calls.clear()
    for _ in range(2):
        metered(store, owner, asked, event, charged=charged)
    assert len(store.calls) <= 3, "one for the first, and one more that reads what the second finds"
    usage = of_person(store, owner, month)
    assert (usage.recipe_queries, usage.tokens) == (int(charged), event.tokens)
    assert total(store, month).requests == len(logged(store, owner)) == 1


def test_an_uncharged_question_needs_no_allowance(store: Store) -> None:
    owner, month = an_owner(), new_month()
    event = an_event(a_metered_draft(store, month), action="ask")
    metered(store, owner, an_exchange(store, period=month), event, charged=True)
    with pytest.raises(AllowanceSpent):
        metered(store, owner, an_exchange(store, period=month), replace(event, id=new_id()), charged=True)
    metered(store, owner, an_exchange(store, period=month), replace(event, id=new_id()), charged=False)
    assert of_person(store, owner, month).recipe_queries == 1
    assert total(store, month).requests == 2
