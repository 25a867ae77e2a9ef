"""What a person's actions cost in capacity units, as DynamoDB Local counts them, against the design's table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from flavorbot.model import Ingredient, Instruction, Recipe, RecipeQuery
from flavorbot.storage.codec import pack_recipe
from tests.storage.conftest import Store
from tests.storage.metering import a_metered_draft, an_event, new_month
from tests.storage.test_drafts import finished, reserve
from tests.storage.units import consumed
from tests.storage.values import a_draft, a_recipe, a_session, a_user, an_owner, new_id

FOODS = (
    "green lentils, bay leaf, aubergine, olive oil, shallot, unsalted butter, smoked paprika, coriander seed, "
    "rose harissa, tomato paste, pomegranate molasses, tahini, lemon juice, garlic, mint, walnut, barberry, "
    "flatbread"
)
STEPS = (
    "Rinse the lentils under cold water until it runs clear, then tip them into a heavy pan with the bay leaf "
    "and enough water to cover by three centimetres.\n"
    "Bring slowly to a boil, skim off any foam that rises, and simmer gently for twenty-five minutes until "
    "tender but still holding their shape.\n"
    "Meanwhile, halve the aubergines lengthways, score the flesh in a deep criss-cross, brush generously with "
    "olive oil and season well.\n"
    "Roast cut side up on the top shelf for about forty minutes, turning the tray once, until collapsed and "
    "deeply browned at the edges.\n"
    "Slowly soften the shallots in the butter with a good pinch of salt; they should turn sweet and "
    "translucent rather than take on colour.\n"
    "Stir through the smoked paprika, crushed coriander seeds and harissa, letting everything sizzle briefly "
    "before adding tomato paste.\n"
    "Pour in the pomegranate molasses along with a ladleful of lentil cooking liquor, scraping up whatever has "
    "caught on the bottom.\n"
    "Whisk tahini with lemon juice, grated garlic and iced water, drop by drop, until pale and pourable like "
    "double cream.\n"
    "Fold lentils through the sauce, check for sharpness, and loosen if it seems stodgy; rest five minutes off "
    "the heat.\n"
    "Spoon over the aubergines, drizzle the dressing, scatter with torn mint, toasted walnuts and barberries, "
    "serve warm or at room temperature with flatbread."
)


def usual_recipe() -> Recipe:
    """A recipe of 3 KB of JSON, in prose that does not repeat itself."""
    foods = FOODS.split(", ")
    return a_recipe(
        title="Roast aubergine with harissa lentils and tahini",
        description="Silky aubergine halves under a sharp, smoky heap of lentils; better the day after.",
        ingredients=tuple(Ingredient(name=food, quantity=7.0 * n, unit="g") for n, food in enumerate(foods, 1)),
        instructions=tuple(Instruction(text=step, minutes=5) for step in STEPS.splitlines()),
        tags=("weekend", "make ahead"),
    )


def test_usual_card_is_at_most_400_bytes() -> None:
    recipe = usual_recipe()
    usual = replace(recipe, ingredients=recipe.ingredients[:12], updated_at=datetime.now(UTC), version=1)
    packed = pack_recipe(usual)
    assert len(packed.card.encode()) <= 400


def test_register_costs_at_most_8(local: Store) -> None:
    user = a_user(local.clock())
    with consumed(local) as units:
        local.storage.create_user(user, a_session(local.clock(), user_id=user.id))
    assert 0 < sum(units) <= 8


def test_sign_in_costs_at_most_2_and_8(local: Store) -> None:
    user, guest = a_user(local.clock()), a_session(local.clock())
    local.storage.create_user(user)
    local.storage.start_session(guest)
    with consumed(local) as read:
        local.storage.user_by_email(user.email)
    with consumed(local) as written:
        local.storage.start_session(a_session(local.clock(), user_id=user.id), replaces=guest.sid)
    assert (sum(read) <= 2, sum(written) <= 8) == (True, True)


def test_session_costs_1_each_way(local: Store) -> None:
    session = a_session(local.clock())
    local.storage.start_session(session)
    with consumed(local) as units:
        local.storage.load_session(session.sid)
        local.storage.save_session(session.sid, {"theme": "1"}, session.expires_at)
    assert units == [1, 1]


def test_list_of_24_costs_at_most_2(local: Store) -> None:
    user_id = new_id()
    for _ in range(26):
        local.storage.create_recipe(user_id, usual_recipe(), None)
    with consumed(local) as units:
        assert len(local.storage.list_recipes(user_id, RecipeQuery(), 24).items) == 24
    assert 0 < sum(units) <= 2


def test_recipe_costs_8_to_save_and_1_to_open(local: Store) -> None:
    user_id, recipe = new_id(), usual_recipe()
    with consumed(local) as written:
        local.storage.create_recipe(user_id, recipe, 25)
    with consumed(local) as read:
        assert local.storage.get_recipe(user_id, recipe.id or "")
    assert 0 < sum(written) <= 8
    assert 0 < sum(read) <= 1


def test_edit_that_keeps_the_version_before_costs_at_most_11(local: Store) -> None:
    # The recipe, the version before and the box's count of changes move in one transaction, which doubles each.
    user_id = new_id()
    created = local.storage.create_recipe(user_id, usual_recipe(), None)
    with consumed(local) as units:
        local.storage.update_recipe(user_id, created, created)
    assert 0 < sum(units) <= 11


def test_reserving_and_giving_back_cost_at_most_4(local: Store) -> None:
    owner, draft = an_owner(), a_draft(local.clock())
    with consumed(local) as taken:
        reserve(local, owner, draft)
    with consumed(local) as returned:
        local.storage.release_draft(owner, draft)
    assert 0 < sum(taken) <= 4
    assert 0 < sum(returned) <= 4


def test_metering_costs_4_more(local: Store) -> None:
    owner, month, costs = an_owner(), new_month(), []
    for metered in (False, True):
        draft = a_metered_draft(local, month)
        reserve(local, owner, draft)
        with consumed(local) as units:
            local.storage.finish_draft(owner, finished(draft), an_event(draft) if metered else None)
        costs.append(sum(units))
    assert costs == [4, 8]
