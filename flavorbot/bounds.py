"""How large the parts of a recipe may be, and what no text of one may hold, wherever it comes from."""

from __future__ import annotations

import re

TITLE = 200
DESCRIPTION = 2_000
NOTES = 5_000
CUISINE = 60
INGREDIENTS = 100
LINE = 300
UNIT = 20
NOTE = 500
SECTION = 100
STEPS = 100
STEP = 2_000
TAGS = 50
TAG = 80
SERVINGS = 100
MINUTES = 10_080
"""A week; the whole of a recipe may take two."""
TOTAL_MINUTES = 2 * MINUTES
COLDEST_C, HOTTEST_C = -30, 500
COLLECTION_NAME = 80
COLLECTION_DESCRIPTION = 500
ADDRESS = 2_000
# What no page may hold: control characters, and code points that are not characters.
CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
UNPRINTABLE = re.compile(rf"[{CONTROL}\ud800-\udfff]")
WEB_ADDRESS = rf"^https?://[^\s{CONTROL}\t\n\r<>\"'\\]+$"
