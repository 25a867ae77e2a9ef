"""The names that forms offer, as people read them; each list holds (value, label)."""

from __future__ import annotations

from flavorbot import model

LABELS = {
    "low_carb": "Low carb",
    "low_fodmap": "Low FODMAP",
    "pregnant": "Someone pregnant",
    "infant": "A baby under one",
    "young_child": "A child under five",
    "metric": "Metric (g, ml, °C)",
    "us": "US (cups, oz, °F)",
    "auto": "As my device",
    "nuts": "Tree nuts",
    "soybeans": "Soya",
    "gluten": "Cereals with gluten",
    "sulphites": "Sulphites",
    "stove": "Hob or stove",
    "quickest": "Quickest first",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "title": "By title",
    "best": "Best match",
    "updated": "Changed last",
    "rating": "Best rated",
}


def label(value: str) -> str:
    """A name as people read it: `gluten_free` is "Gluten-free"."""
    if value.endswith("_free"):
        return value.removesuffix("_free").capitalize() + "-free"
    return LABELS.get(value) or value.replace("_", " ").capitalize()


def _labelled(values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((value, label(value)) for value in values)


categories = _labelled(model.CATEGORIES)
diets = _labelled(model.DIETS)
allergens = _labelled(model.ALLERGENS)
eaters = _labelled(model.EATERS)
equipment = _labelled(model.EQUIPMENT)
units = _labelled(model.UNIT_SYSTEMS)
themes = _labelled(model.THEMES)
sorts = _labelled(model.SORTS)
ratings = (
    (5, "5 – a favourite"),
    (4, "4 – very good"),
    (3, "3 – good"),
    (2, "2 – so-so"),
    (1, "1 – not again"),
)
cuisines = tuple(
    (name, name)
    for name in (
        "American", "British", "Chinese", "French", "Greek", "Indian", "Italian", "Japanese", "Korean",
        "Mexican", "Middle Eastern", "Moroccan", "Spanish", "Thai", "Turkish", "Vietnamese",
    )
)  # fmt: skip
