"""Recipes as files: what is in them and how they are called."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable

from flavorbot.exchange.cooklang import to_cooklang
from flavorbot.exchange.jsonld import to_jsonld
from flavorbot.exchange.markdown import to_markdown
from flavorbot.model import Recipe

_LONGEST_NAME = 60


def jsonld_text(recipe: Recipe) -> str:
    """Its JSON-LD, for people to read, too."""
    return json.dumps(to_jsonld(recipe), ensure_ascii=False, indent=2) + "\n"


WRITERS: dict[str, Callable[[Recipe], str]] = {"jsonld": jsonld_text, "md": to_markdown, "cook": to_cooklang}
"""What writes a recipe, by the ending of its file."""


_TAKEN = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
"""What Windows calls no file."""


def slug(title: str, otherwise: str = "recipe") -> str:
    """The title as a file's name that every system takes: "Crème brûlée" is creme-brulee."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].strip("-") or otherwise
    return f"{name}-{otherwise}" if _TAKEN.fullmatch(name) else name
