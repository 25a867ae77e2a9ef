"""Misspelt, unknown and foreign words of the instructions: never taken for harmless, and seldom for more."""

from __future__ import annotations

import pytest

from flavorbot.kitchen.checker import Checked, check
from flavorbot.kitchen.dictionary import is_english, is_foreign
from flavorbot.kitchen.needs import Needs
from flavorbot.kitchen.slips import MOST_SLIPS
from flavorbot.kitchen.spelling import mend
from flavorbot.kitchen.text import words
from flavorbot.model import ALLERGENS

RICE = ["200 g rice"]
EVERYTHING = Needs(allergies=ALLERGENS, diets=("vegan",))


def _checked(step: str, *lines: str) -> Checked:
    return check(lines or RICE, [step], EVERYTHING)


@pytest.mark.parametrize(
    ("step", "allergens", "claims"),
    [
        ("Stir in the penut butter.", ["peanuts"], ["nut_free"]),
        ("Scatter with waluts and serve.", ["nuts"], ["nut_free"]),
        ("Add the almods and the parmesn.", ["nuts", "milk"], ["nut_free", "dairy_free"]),
        ("Whisk in the creem.", ["milk"], ["dairy_free"]),
        ("Melt the buter in a pan.", ["milk"], ["dairy_free"]),
        ("Toss with the spagheti.", ["gluten"], ["gluten_free"]),
        ("Fry the prawms until pink.", ["crustaceans"], ["vegan"]),
        ("Coat in breadcrums.", ["gluten"], ["gluten_free"]),
        ("Serve with custerd.", ["eggs"], ["egg_free"]),
        ("Drizzle over the tahinni.", ["sesame"], []),
        ("Sear the salmn, skin side down.", ["fish"], ["vegetarian"]),
        ("Whisk in the eggss.", ["eggs"], ["egg_free"]),
        ("Fry the rawns.", ["crustaceans"], ["vegan"]),
        ("Toss with the noddles.", ["gluten"], ["gluten_free"]),
    ],
)
def test_a_misspelt_allergen_may_be_there(step: str, allergens: list[str], claims: list[str]) -> None:
    checked = _checked(step)
    told = " ".join(each.message for each in checked.findings if each.kind == "may_contain")
    assert all(allergen.removesuffix("s") in told for allergen in allergens), told
    assert not {*claims, "vegan"} & set(checked.diets)
    assert not checked.contains, "a guess is no knowledge"


def test_the_word_is_told_as_it_was_typed() -> None:
    told = check(RICE, ["Scatter with waluts."], Needs(allergies=("nuts",))).findings
    assert [(each.severity, each.message) for each in told] == [
        ("warning", "The text names “waluts”, perhaps walnut, which is not in the list and may contain nuts.")
    ]


def test_a_misspelt_word_for_a_listed_food_is_that_food() -> None:
    checked = check(["2 tbsp peanut butter"], ["Stir in the penut butter."], Needs(allergies=("milk",)))
    assert not checked.findings


def test_misspelt_meat_ends_a_vegan_claim_and_is_cooked_through() -> None:
    checked = _checked("Fry the chikcen for a minute.")
    assert not {"vegan", "vegetarian", "pescatarian"} & set(checked.diets)
    assert any(each.kind == "hazard" and "74 °C" in each.message for each in checked.findings)


@pytest.mark.parametrize(
    "step",
    ["Stir in the frobble.", "Serve with the grated zatarain.", "Fold in rice and jumbelo.", "Whisk in the egs."],
)
def test_an_unknown_food_of_a_step_is_told(step: str) -> None:
    checked = _checked(step)
    assert [each.kind for each in checked.findings] == ["unknown"]
    assert checked.diets == ()


def test_an_unknown_food_of_the_list_is_told_once() -> None:
    checked = check(["50 g frobble"], ["Stir in the frobble."])
    assert [(each.line, each.kind) for each in checked.findings] == [(0, "unknown")]


@pytest.mark.parametrize(
    "step",
    [
        "Tip everything into the Instapot and cook for 9 minutes.",
        "Spatchcock it, then spiralise, julienne or chiffonade the rest.",
        "When you're ready, don't rush: that's done when there's no bite.",
        "Preheat the Thermomix and microplane the zest.",
        "Whisked, tossed, trussed, creamily coated and crisply crusted.",
        "Deglaze, macerate, parboil, blitz and whizz until glossy and gooey.",
        "Line a traybake tin with tinfoil; a ramekin or Pyrex dish will do.",
        "Sautee the onoin untill trasnlucent.",
    ],
)
def test_ordinary_words_raise_no_alarm(step: str) -> None:
    checked = check(["200 g rice", "1 onion", "1 lemon, zest"], [step], EVERYTHING)
    assert not checked.findings
    assert "vegan" in checked.diets


@pytest.mark.parametrize(
    "step",
    [
        "Rens og hakk paprika, chili, løk og hvitløk, og fres alt i en panne.",
        "Öl in einem Topf erhitzen, Kartoffeln darin anbraten und würzen.",
        "Pegue o limão, coloque-o na horizontal e retire as duas pontas.",
    ],
)
def test_steps_in_another_language_are_told_as_unread(step: str) -> None:
    checked = check(RICE, [step, step], EVERYTHING)
    assert [each.kind for each in checked.findings if each.kind == "unknown"] == ["unknown"]
    assert checked.diets == ()


def test_foreign_names_are_seen_within_a_foreign_text() -> None:
    step = "Espolvorear con almendras y queso rallado y servir muy caliente."
    assert {"nuts", "milk"} <= set(_checked(step).contains)


@pytest.mark.parametrize(
    "text", ["Make the pho bowls", "Stir in the penut butter.", "Simmer the saag with garam masala."]
)
def test_english_with_a_foreign_dish_is_english(text: str) -> None:
    assert not is_foreign([words(text)])


def test_no_misspelling_passes_for_english() -> None:
    typos = (
        "penut waluts almods parmesn cheddr buter yogert mozarella shirmp salmn anchovi mussles sesme musterd celary"
    )
    assert not [word for word in typos.split() if is_english(word)]


def test_a_poison_is_not_guessed_at() -> None:
    checked = check(["1 onion"], ["Keep in the refrigerarot."])
    assert not [each for each in checked.findings if each.kind == "poison"]


def test_more_slips_than_can_be_read_end_every_claim() -> None:
    step = " ".join(f"qz{chr(97 + place % 26)}{chr(97 + place // 26)}vwx the" for place in range(60))
    assert _checked(f"Wait until {step} end.").diets == ()


def test_a_text_of_slips_costs_no_more_than_so_many() -> None:
    words_of_nobody = (
        f"q{chr(97 + place // 676)}{chr(97 + place // 26 % 26)}{chr(97 + place % 26)}x" for place in range(300)
    )
    step = ". ".join(f"Wait for the {word} to end" for word in words_of_nobody)
    before = mend.cache_info().misses
    assert _checked(step).diets == ()
    assert mend.cache_info().misses - before <= MOST_SLIPS


def test_whatever_is_near_a_slip_is_a_doubt() -> None:
    """More than a dozen words are a letter away from it: of none of them may the allergen be passed over."""
    found = mend("male", 4)
    assert found is not None
    assert {"mole", "mafe", "malze"} <= set(found.doubts)
