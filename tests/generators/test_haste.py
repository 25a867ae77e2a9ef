"""Dinners for those who have a quarter of an hour: of all that was named, cooked through, and begun in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from flavorbot.generators.builtin import generator as builtin
from flavorbot.generators.builtin.book import formulas
from flavorbot.generators.builtin.cooking import cook
from flavorbot.generators.builtin.planning import Match, Plan, fill, matches
from flavorbot.generators.builtin.request import read_request
from flavorbot.generators.builtin.steps import Written
from flavorbot.generators.builtin.timing import placed, times
from flavorbot.kitchen.foods import Food
from flavorbot.model import Generated, Recipe, Wish
from tests.generators.wishes import cooked

PAIRS = (
    "chicken breast, broccoli",
    "chicken, peppers",
    "salmon, asparagus",
    "beef, broccoli",
    "steak, mushrooms",
    "tofu, broccoli",
    "cod, green beans",
    "pork, cabbage",
    "mince, carrots",
    "sausages, peppers",
    "chicken, mushrooms, cream",
    "chicken, couscous, courgette",
    "prawns, noodles",
    "tofu, noodles, carrots",
    "halloumi, courgette",
    "lentils, tomatoes",
    "pasta, broccoli",
    "gnocchi, tomatoes",
)
HASTY = tuple(name for name, formula in formulas().items() if formula.hasty)
MEATS = ("chicken breast", "pork tenderloin", "sausages", "beef mince", "bacon", "steak", "steak, chicken breast")
OTHERS = ("halloumi", "tofu", "prawns", "cod", "chickpeas", "halloumi, prawns", "tofu, salmon")
VEGETABLES = ("peppers", "mushrooms, peppers", "mushrooms, spinach", "onion, peas, spinach", "carrots", "kale")
PROTEINS = ("steak", "steak, chicken breast", "pork tenderloin", "sausages", "cod", "chickpeas", "halloumi")
_RAW = frozenset({"meat", "poultry", "fish", "shellfish", "egg"})
_AT_THE_HOB = re.compile(r"\b(?:pan|wok|minutes?|very hot)\b")
_KNIFE_WORK = re.compile(r"\b(?:crush|rinse|slice|peel|shred|cut|chop)\b", re.IGNORECASE)


@pytest.mark.parametrize("names", PAIRS)
def test_an_everyday_pair_is_a_dinner_in_fifteen_minutes(names: str) -> None:
    for each in _hurried(names):
        minutes = [step.minutes or 0 for step in each.recipe.instructions]
        total = each.recipe.total_minutes or 0
        assert not [notice for notice in each.notices if notice.kind == "unused"], each.notices
        assert max(minutes) <= total <= min(sum(minutes), 15)
        assert all(len(step.text.split()) <= 32 for step in each.recipe.instructions)


@pytest.mark.parametrize("names", ["chicken, peppers", "pork, cabbage", "sausages, peppers", "mince, carrots"])
def test_what_was_only_browned_cooks_through_under_the_lid(names: str) -> None:
    for each in _hurried(names):
        text = _told(each)
        assert re.search(r"brown[^.]* 3 minutes|3 minutes[^.]*browned", text), text
        lid = next(step.text for step in each.recipe.instructions if re.search(r"\b(?:Cover|lid on)\b", step.text))
        assert re.search(r"[4-9] minutes[^.]*cooked through \((?:63|71|74) °C inside\)", lid)


def test_steak_leaves_the_pan_before_vegetables_steam_in_it() -> None:
    for each in _hurried("steak, peppers"):
        assert re.search(r"beef steak[^.]*63 °C inside\)[;.] lift out", _told(each), re.IGNORECASE), _told(each)
        assert re.search(r"(?:Put back|Return) the beef steak|and the beef steak", _told(each)), _told(each)


@pytest.mark.parametrize("formula", HASTY)
@pytest.mark.parametrize("meat", MEATS)
def test_whatever_is_raw_is_cooked_through(formula: str, meat: str) -> None:
    for other, vegetables in product((*OTHERS, meat), VEGETABLES):
        for plan, recipe in _made(formula, f"{meat}, {other}, {vegetables}"):
            raw = [food for food in plan.all_foods() if food.category in _RAW and food.safe_c and food.cook]
            unsafe = [food.name for food in raw if not _is_cooked_through(food, recipe)]
            assert raw
            assert not unsafe, (unsafe, _cooking(recipe))


@pytest.mark.parametrize("formula", HASTY)
@pytest.mark.parametrize("protein", PROTEINS)
def test_nothing_in_the_pan_is_put_in_twice(formula: str, protein: str) -> None:
    for vegetables, other in product(VEGETABLES, ("oregano", "halloumi", "tofu", "prawns")):
        for plan, recipe in _made(formula, f"{protein}, {other}, {vegetables}"):
            sentences = re.split(r"(?<=[.;]) ", _cooking(recipe))
            for food in (*plan.foods.get("aromatics", ()), *plan.foods.get("spice", ())):
                name = "chilli flakes" if food.name == "chilli powder" else food.name
                said = [text for text in sentences if re.search(rf"\b{name}s?\b(?! (?:flakes|powder|sauce))", text)]
                assert len(said) == 1, (name, sentences)


@pytest.mark.parametrize("formula", HASTY)
@pytest.mark.parametrize("protein", PROTEINS)
def test_fat_is_used_whole_or_in_two_halves(formula: str, protein: str) -> None:
    for vegetables, other in product(VEGETABLES, ("oregano", "halloumi", "tofu", "prawns")):
        for plan, recipe in _made(formula, f"{protein}, {other}, {vegetables}"):
            text = _cooking(recipe)
            shares = re.findall(rf"\b(half of|rest of|remaining)? ?(?:the )?{plan.foods['fat'][0].name}\b", text)
            assert shares in (["half of", "rest of"], ["half of", "remaining"], [""]), (shares, text)


@pytest.mark.parametrize("formula", HASTY)
def test_steps_for_several_proteins_are_short(formula: str) -> None:
    for proteins in ("sausages, bacon, halloumi", "chicken breast, bacon, cod", "steak, chicken breast, tofu"):
        for vegetables in VEGETABLES:
            for _, recipe in _made(formula, f"{proteins}, {vegetables}, paprika, oregano"):
                assert all(len(step.text.split()) <= 32 for step in recipe.instructions), _cooking(recipe)


def test_only_what_is_sour_sharpens() -> None:
    told = [
        _cooking(cook(_without_acid(plan), read_request(Wish(ingredients=("chicken breast",), seed=seed))))
        for seed in range(6)
        for plan, _ in _made("quick_pan", "chicken breast, carrots, honey", seed)
    ]
    assert any("Sweeten with the honey" in text for text in told)
    assert not any("Sharpen" in text for text in told), told


def test_peas_that_join_leeks_are_cooked() -> None:
    for each in _hurried("venison, leek, peas", minutes=25):
        assert {"leek", "peas"} <= {re.sub(r"^leeks$", "leek", item.name) for item in each.recipe.ingredients}
        assert "as you serve" not in _told(each)


def test_water_comes_from_the_kettle_only_where_time_is_short() -> None:
    slow = cooked([Wish(ingredients=("pasta", "broccoli"), max_minutes=60)], range(3))
    assert all("kettle" in _told(each) for each in _hurried("pasta, broccoli"))
    assert not any("kettle" in _told(each) for each in slow)


def test_in_haste_pasta_goes_on_before_the_knife_work() -> None:
    prep, pasta = Written("Chop.", 6, 6, prep=True), Written("Boil.", 10, 1, beside=True)
    steps = [prep, Written("Fry.", 8, 8), pasta, Written("Toss.", 2, 2, meets=True)]
    assert (placed(steps)[0], times(placed(steps)).total) == (prep, 18)
    assert (placed(steps, hurried=True)[0], times(placed(steps, hurried=True)).total) == (pasta, 17)


def test_dishes_for_haste_are_not_for_those_with_time() -> None:
    def offered(minutes: int | None) -> set[str]:
        request = read_request(Wish(ingredients=("chicken breast", "broccoli"), max_minutes=minutes))
        return {match.formula.name for match in matches(formulas().values(), request, False)}

    assert {"quick_pan", "quick_noodles"} <= offered(20)
    assert not {"quick_pan", "quick_noodles"} & (offered(40) | offered(None))


def test_what_is_left_out_for_want_of_time_says_so() -> None:
    for each in _hurried("chicken, rice"):
        notice = next(notice for notice in each.notices if notice.kind == "unused")
        minutes = re.search(r"for want of time: the quickest .* takes (\d+) minutes", notice.message)
        assert notice.subject == "rice"
        assert minutes
        assert int(minutes[1]) > 15


def test_time_is_blamed_only_with_what_was_found_out() -> None:
    for each in _hurried("steak, rice, peppers", minutes=12):
        said = {notice.subject: notice.message for notice in each.notices if notice.kind == "unused"}
        minutes = [
            re.search(r"for want of time: .* with all of it takes (\d+) minutes", text) for text in said.values()
        ]
        assert said.keys() == {"rice", "bell pepper"}
        assert all(found and int(found[1]) > 20 for found in minutes), said
    for each in _hurried("chicken, rice, chocolate"):
        said = {notice.subject: notice.message for notice in each.notices if notice.kind == "unused"}
        assert "for want of time: the quickest dish we found with rice takes" in said["rice"]
        assert "time" not in said["dark chocolate"]


def test_lentils_in_haste_come_out_of_a_tin() -> None:
    for each in _hurried("lentils, tomatoes"):
        assert "cooked lentils" in [item.name for item in each.recipe.ingredients]
        assert any(notice.kind == "substituted" and notice.subject == "lentils" for notice in each.notices)
    dried = read_request(Wish(ingredients=("dried lentils", "tomatoes"), max_minutes=15))
    patient = read_request(Wish(ingredients=("lentils", "tomatoes"), max_minutes=60))
    assert "lentil" in [food.name for food in dried.foods]
    assert "lentil" in [food.name for food in patient.foods]


def test_too_little_time_costs_few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    attempt = builtin._attempt

    def counted(match: Match, *rest: object) -> object:
        tried.append(match.formula.name)
        return attempt(match, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtin, "_attempt", counted)
    _hurried("chicken, rice", seeds=range(1))
    assert len(tried) < 80


def test_noodles_without_salt_are_still_dished_up() -> None:
    foods = ("plant-based mince", "noodles", "cauliflower")
    wish = Wish(ingredients=foods, max_minutes=25, eaters=("young_child",))
    found = cooked([wish], range(6))
    assert len(found) == 6
    for each in found:
        assert not re.search(r"Add the [^.]+ as you serve", _told(each)), _told(each)


def _hurried(names: str, seeds: range = range(3), minutes: int = 15) -> list[Generated]:
    found = cooked([Wish(ingredients=tuple(names.split(", ")), max_minutes=minutes)], seeds)
    assert len(found) == len(seeds)
    return found


def _made(formula: str, names: str, seed: int = 0) -> Iterator[tuple[Plan, Recipe]]:
    """The dish of that formula with all of this, once richly and once simply filled; none where it has no place."""
    foods = tuple(dict.fromkeys(names.split(", ")))
    request = read_request(Wish(ingredients=foods, max_minutes=25, seed=seed))
    for match in matches([formulas()[formula]], request, True):
        for quick in (False, True) if not match.left_out else ():
            if plan := fill(match, request, request.chance(formula, seed), quick):
                yield plan, cook(plan, replace(request, max_minutes=None))


def _without_acid(plan: Plan) -> Plan:
    for food in plan.foods.get("acid", ()):
        plan = plan.without(food)
    return plan


def _cooking(recipe: Recipe) -> str:
    """What happens at the hob, without the knife work."""
    return " ".join(
        step.text for step in recipe.instructions if _AT_THE_HOB.search(step.text) or not _KNIFE_WORK.search(step.text)
    )


def _is_cooked_through(food: Food, recipe: Recipe) -> bool:
    """Whether a step that names it, or the meat, says how hot it is inside when it is done."""
    name = food.name.split()[-1]
    steps = [step.text for step in recipe.instructions if re.search(rf"\b{name}|\bthe meat\b", step.text)]
    return any(int(celsius) >= (food.safe_c or 0) for text in steps for celsius in re.findall(r"(\d+) °C", text))


def _told(each: Generated) -> str:
    return " ".join(step.text for step in each.recipe.instructions)
