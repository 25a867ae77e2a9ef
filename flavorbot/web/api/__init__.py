"""The JSON under `/api/v1`."""

from __future__ import annotations

from flavorbot.web.api import (
    accounts,
    asking,
    collections,
    cooking,
    exports,
    imports,
    openapi,
    recipes,
    shares,
    tags,
    tokens,
    usage,
)
from flavorbot.web.api.endpoint import blueprint

__all__ = [
    "accounts",
    "asking",
    "blueprint",
    "collections",
    "cooking",
    "exports",
    "imports",
    "openapi",
    "recipes",
    "shares",
    "tags",
    "tokens",
    "usage",
]
