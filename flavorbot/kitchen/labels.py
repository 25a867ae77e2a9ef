"""What things are called on a page: the model's names in words that people use."""

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
CATEGORY_LABELS = {
    "breakfast": "Breakfast",
    "lunch": "Lunch",
    "dinner": "Dinner",
    "snack": "Snack",
    "dessert": "Dessert",
    "side": "Side dish",
    "drink": "Drink",
}
EATER_LABELS = {
    "pregnant": "Someone pregnant",
    "infant": "A baby under one",
    "young_child": "A child under five",
}
EQUIPMENT_LABELS = {
    "stove": "Stove",
    "oven": "Oven",
    "blender": "Blender",
    "microwave": "Microwave",
    "grill": "Grill",
    "air_fryer": "Air fryer",
    "slow_cooker": "Slow cooker",
    "pressure_cooker": "Pressure cooker",
}
UNIT_SYSTEM_LABELS = {"metric": "Metric (g, ml)", "us": "US (cups, ounces)"}
THEME_LABELS = {"auto": "As my device", "light": "Light", "dark": "Dark"}
SORT_LABELS = {"newest": "Newest first", "oldest": "Oldest first", "title": "By title", "quickest": "Quickest first"}
PLAN_LABELS = {"free": "Free", "basic": "Basic", "pro": "Pro"}
