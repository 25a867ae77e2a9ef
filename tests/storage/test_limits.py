"""Sizes and texts: what comes back byte for byte, and what is refused before a store sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flavorbot.errors import InvalidInput
from flavorbot.model import Ingredient, RecipeQuery, Wish
from tests.storage.conftest import Store
from tests.storage.values import DAY, a_draft, a_recipe, a_session, a_user, an_owner, new_id

ODD_TEXTS = {
    "family": "👩‍👩‍👧‍👦 🥘",
    "right to left": "حساء العدس \u202e reversed",
    "combining": "e\u0301 vs \u00e9",
    "controls": "tab\t line\n \u0001\u001f\u007f\x85\u2028\ufeff",
    "last": "\U0010ffff\ufffe",
    "spaces": "  \u00a0 ",
    "markup": "</script><img src=x onerror=alert(1)>'\"; DROP TABLE recipes --",
}
UNSTORABLE = ["a\0b", "\ud800", "ok\udfffok"]


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_odd_text_comes_back_unchanged(store: Store, text: str) -> None:
    user_id = new_id()
    recipe = a_recipe(title=text, notes=text, tags=(text,), ingredients=(Ingredient(name=text, note=text),))
    created = store.storage.create_recipe(user_id, recipe, None)
    assert store.storage.get_recipe(user_id, recipe.id or "") == created
    (card,) = store.storage.list_recipes(user_id, RecipeQuery(sort="title"), 1).items
    assert (card.title, card.tags, card.words) == (text, (text,), (text,))


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_odd_names_come_back_unchanged(store: Store, text: str) -> None:
    user = a_user(store.clock(), name=text, exclude=(text,))
    session = a_session(store.clock(), user_id=user.id, data={text: text}, browser=text)
    store.storage.create_user(user, session)
    assert store.storage.user_by_email(user.email) == user
    assert store.storage.load_session(session.sid) == session


@pytest.mark.parametrize("text", UNSTORABLE, ids=ascii)
def test_text_that_is_none_is_refused(store: Store, text: str) -> None:
    storage, now = store.storage, store.clock()
    user_id, session = new_id(), a_session(now)
    storage.start_session(session)
    draft = a_draft(now, wish=Wish(wish=text))
    for refused in (
        lambda: storage.create_user(a_user(now, name=text)),
        lambda: storage.create_user(a_user(now, email=text)),
        lambda: storage.start_session(a_session(now, browser=text)),
        lambda: storage.start_session(a_session(now, data={text: "1"})),
        lambda: storage.save_session(session.sid, {"a": text}, now + DAY),
        lambda: storage.create_recipe(user_id, a_recipe(ingredients=(Ingredient(name="x", note=text),)), None),
        lambda: storage.create_recipe(user_id, a_recipe(id=text), None),
        lambda: storage.create_recipe(user_id, a_recipe(), None, text),
        lambda: storage.reserve_draft(an_owner(), draft, None, now),
    ):
        with pytest.raises(InvalidInput):
            refused()


@pytest.mark.parametrize("letter", ["x", "é", "🥘"])
def test_400_kb_are_counted_in_bytes(store: Store, letter: str) -> None:
    user_id = new_id()
    fits, over = (a_recipe(notes=letter * (kilobytes * 1024 // len(letter.encode()))) for kilobytes in (396, 400))
    created = store.storage.create_recipe(user_id, fits, None)
    assert store.storage.get_recipe(user_id, fits.id or "") == created
    with pytest.raises(InvalidInput, match="399 KB"):
        store.storage.create_recipe(user_id, over, None)
    with pytest.raises(InvalidInput):
        store.storage.update_recipe(user_id, created, replace(created, notes=over.notes))


def test_largest_recipe_of_noise_fits_an_item(store: Store) -> None:
    """Nothing that compression could shrink, and the ingredients twice: in the body and on the card."""
    noise = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(40_000))
    words = tuple(Ingredient(name=noise[n : n + 40]) for n in range(0, 22_000, 40))
    recipe = a_recipe(ingredients=words, notes=noise + noise[::-1])
    assert store.storage.create_recipe(new_id(), recipe, None).id == recipe.id


def test_person_over_400_kb_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput):
        store.storage.create_user(a_user(store.clock(), name="x" * 410_000))


def test_draft_over_400_kb_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput):
        store.storage.reserve_draft(an_owner(), a_draft(store.clock(), wish=Wish(wish="x" * 410_000)), 9, store.clock())


def test_ids_longer_than_a_key_are_refused(store: Store) -> None:
    long = "x" * 1024
    for refused in (
        lambda: store.storage.create_user(a_user(store.clock(), id=long)),
        lambda: store.storage.create_recipe(new_id(), a_recipe(id=long), None),
        lambda: store.storage.reserve_draft(an_owner(), a_draft(store.clock(), request_id=long), 9, store.clock()),
    ):
        with pytest.raises(InvalidInput):
            refused()
