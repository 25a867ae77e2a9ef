"""What allergens and diets are called in sentences."""

from __future__ import annotations

ALLERGEN_LABELS = {
    "gluten": "Gluten",
    "crustaceans": "Crustaceans",
    "eggs": "Eggs",
    "fish": "Fish",
    "peanuts": "Peanuts",
    "soybeans": "Soya",
    "milk": "Milk",
    "nuts": "Nuts",
    "celery": "Celery",
    "mustard": "Mustard",
    "sesame": "Sesame",
    "sulphites": "Sulphites",
    "lupin": "Lupin",
    "molluscs": "Molluscs",
}
DIET_LABELS = {
    "vegan": "Vegan",
    "vegetarian": "Vegetarian",
    "pescatarian": "Pescatarian",
    "gluten_free": "Gluten-free",
    "dairy_free": "Dairy-free",
    "egg_free": "Egg-free",
    "nut_free": "Nut-free",
    "low_carb": "Low-carb",
    "keto": "Keto",
    "paleo": "Paleo",
    "soy_free": "Soya-free",
    "halal": "Halal",
    "kosher": "Kosher",
    "low_fodmap": "Low-FODMAP",
}
