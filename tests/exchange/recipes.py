"""Recipes of any kind that may be stored, for properties that hold for all of them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from flavorbot.bounds import UNPRINTABLE
from flavorbot.model import ALLERGENS, CATEGORIES, DIETS, Cooking, Ingredient, Instruction, Nutrition, Recipe, Source

_printable = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")).filter(
    lambda mark: not UNPRINTABLE.search(mark)
)
texts = st.text(_printable, min_size=1, max_size=40).filter(str.strip)
amounts = st.none() | st.floats(0.001, 10_000, allow_nan=False)
ingredients = st.builds(
    Ingredient,
    name=texts,
    quantity=amounts,
    unit=st.none() | st.sampled_from(["g", "ml", "tsp", "tbsp", "cup", "clove"]),
    note=st.none() | texts,
    section=st.none() | texts,
    optional=st.booleans(),
)
steps = st.builds(
    Instruction, text=texts, minutes=st.none() | st.integers(1, 600), temperature_c=st.none() | st.integers(0, 300)
)
grams = st.floats(0, 500, allow_nan=False)
nutrition = st.builds(
    Nutrition, kcal=grams, protein_g=grams, fat_g=grams, carbohydrate_g=grams, fibre_g=grams, salt_g=grams
)
minutes = st.none() | st.integers(1, 1440)
recipes = st.builds(
    Recipe,
    title=texts,
    ingredients=st.lists(ingredients, min_size=1, max_size=6).map(tuple),
    instructions=st.lists(steps, min_size=1, max_size=6).map(tuple),
    description=st.just("") | texts,
    category=st.sampled_from(CATEGORIES),
    cuisine=st.none() | texts,
    servings=st.integers(1, 24),
    prep_minutes=minutes,
    cook_minutes=minutes,
    total_minutes=minutes,
    diets=st.lists(st.sampled_from(DIETS), unique=True, max_size=3).map(tuple),
    allergens=st.lists(st.sampled_from(ALLERGENS), unique=True, max_size=3).map(tuple),
    nutrition=st.none() | nutrition,
    tags=st.lists(texts, max_size=3).map(tuple),
    notes=st.just("") | texts,
    rating=st.none() | st.integers(1, 5),
    image_url=st.none() | st.just("https://example.org/a.jpg"),
    cooked=st.lists(
        st.builds(Cooking, on=st.dates().map(str), rating=st.none() | st.integers(1, 5), note=st.just("") | texts),
        max_size=2,
    ).map(tuple),
    source=st.builds(
        Source,
        kind=st.sampled_from(["built-in", "model", "manual", "import"]),
        url=st.none() | st.just("https://example.org/soup"),
    ),
)

SOUP = Recipe(
    title="Crème of *pea* soup",
    description="1. Not a list.\n# Not a heading",
    ingredients=(
        Ingredient(name="peas", quantity=400, unit="g"),
        Ingredient(name="olive oil", quantity=1.5, unit="tbsp"),
        Ingredient(name="crème fraîche", quantity=50, unit="g", note="at room temperature", section="To serve"),
        Ingredient(name="chilli", optional=True, section="To serve"),
    ),
    instructions=(
        Instruction(text="Fry the peas in the olive oil for 5 minutes.", minutes=5),
        Instruction(text="Purée, and top with the crème fraîche at 20% strength @home."),
    ),
    category="lunch",
    cuisine="French",
    servings=4,
    prep_minutes=5,
    cook_minutes=85,
    total_minutes=90,
    diets=("vegetarian", "gluten_free", "keto"),
    nutrition=Nutrition(kcal=251.6, protein_g=9.94, fat_g=12, carbohydrate_g=20, fibre_g=7.1, salt_g=0.5),
    tags=("soup", "quick"),
    notes="Freezes well.",
    source=Source(kind="import", url="https://example.org/soup"),
    id="01JAAAAAAAAAAAAAAAAAAAAAAA",
    created_at=datetime(2026, 11, 1, 12, tzinfo=UTC),
    updated_at=datetime(2026, 11, 2, 12, tzinfo=UTC),
    version=3,
)
