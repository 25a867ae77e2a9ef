"""The JSON under `/api/v1`."""

from __future__ import annotations

from flavorbot.web.api import accounts, asking, cooking, imports, openapi, recipes, shares, usage
from flavorbot.web.api.endpoint import blueprint

__all__ = ["accounts", "asking", "blueprint", "cooking", "imports", "openapi", "recipes", "shares", "usage"]
