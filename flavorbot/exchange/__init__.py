"""Recipes taken along and brought along: as schema.org JSON-LD, Markdown and Cooklang, and from other programs."""

from flavorbot.exchange.cooklang import to_cooklang
from flavorbot.exchange.files import WRITERS, slug
from flavorbot.exchange.jsonld import from_jsonld, to_jsonld
from flavorbot.exchange.markdown import to_markdown
from flavorbot.exchange.zipping import Further, RecipeZip

__all__ = ["WRITERS", "Further", "RecipeZip", "from_jsonld", "slug", "to_cooklang", "to_jsonld", "to_markdown"]
