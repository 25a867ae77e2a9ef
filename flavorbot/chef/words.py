"""The words of a question, folded, their typos mended towards what the chef and the kitchen know."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flavorbot.kitchen.lexicon import index, read_rows
from flavorbot.kitchen.spelling import SHORTEST, mend
from flavorbot.kitchen.text import stem, words
from flavorbot.kitchen.wish_words import is_filler, mended

KEY_WORDS = frozenset(
    "freeze freezer frozen freezing defrost thaw thawing fridge refrigerate refrigerator leftover leftovers reheat "
    "reheated reheating warming microwave store stored storing storage keeps lasts tomorrow overnight advance prepare "
    "prepared instead replace replacement substitute substitution substitutes alternative swap without temperature "
    "degrees thermometer cooked undercooked overcooked cooking ready raw pink calories calorie protein carbohydrate "
    "carbohydrates carbs fibre fiber nutrition nutritional portion portions person people servings serving healthy "
    "allergy allergic allergen allergens intolerant intolerance vegan vegetarian pescatarian halal kosher coeliac "
    "celiac internal toddler toddlers pregnant pregnancy breastfeeding infant baby babies child children blender "
    "processor saucepan frying slow cooker pressure minutes hours simmer simmering caramelise julienne blanch deglaze "
    "knead marinate thicken thickener thicker thinner watery runny salty spicy spicier milder bitter burnt burned "
    "curdled diabetes diabetic cholesterol quicker faster lighter healthier double doubled halve accompany "
    "accompaniment recommend dessert contain contains ingredients ingredient recipe gluten dairy lactose".split()
)


@lru_cache(maxsize=512)
def plain_words(question: str) -> tuple[str, ...]:
    """The question word by word, with a comma for any punctuation; what is misspelt stands as it was probably meant."""
    return tuple(_meant(word) for word in words(question))


def _meant(word: str) -> str:
    """The word itself where it is known, else the nearest key word, else the nearest food."""
    if len(word) < SHORTEST or not word.isalpha() or word in KEY_WORDS or word in _everyday() or is_filler(word):
        return word
    if stem(word) in index().words or word in _group_words():
        return word
    near = process.extractOne(word, KEY_WORDS, scorer=OSA.distance, score_cutoff=1 if len(word) < 8 else 2)
    if near and near[0][0] == word[0]:
        return near[0]
    if decided := mended(word):
        return decided
    food = mend(word)
    return food.word if food else word


@cache
def _everyday() -> frozenset[str]:
    text = resources.files(__package__).joinpath("data", "everyday.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def _group_words() -> frozenset[str]:
    return frozenset(word for row in read_rows("groups.csv") for word in f"{row['name']}|{row['aliases']}".split("|"))
