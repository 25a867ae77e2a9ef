"""A model's answer, read with patience: JSON out of whatever stands around it, and text as nothing but text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, ValidationError

from flavorbot.generators.model.failures import Unfit
from flavorbot.kitchen.text import clean

MOST_INGREDIENTS, MOST_STEPS = 24, 16
_ENDINGS = ("", "}", "]}", "}]}")
"""What may be missing behind the last step. An answer that breaks off within a sentence is none."""
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
_TAGS = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^<>]*>|[<>]", re.DOTALL | re.IGNORECASE)
_LINKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ADDRESSES = re.compile(r"\b(?:https?|ftp|javascript|data|vbscript):\S*|\bwww\.\S+|\S+@\S+\.\w+", re.IGNORECASE)
_DOMAINS = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|info|biz|ru|cn|xyz|co)\b(?:/\S*)?", re.IGNORECASE)
_MARKUP = re.compile(r"[*_#`~|{}\\]+|\$\{")


def text_of(value: object, most: int) -> str:
    """Plain words of at most so many characters: no tags, links, markup or invisible characters, on one line."""
    text = _TAGS.sub(" ", str(value).replace("º", "°"))
    text = _DOMAINS.sub("", _ADDRESSES.sub("", _LINKS.sub(r"\1", text)))
    text = re.sub(r"\s+([,.;:!?])", r"\1", clean(_MARKUP.sub(" ", text))).strip()
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(" ,;:-")


def _number(value: object) -> float | None:
    try:
        number = float(str(value).replace(",", ".").strip())
    except ValueError:
        return None
    return number if math.isfinite(number) and 0 < number < 100_000 else None


def _cut(most: int) -> BeforeValidator:
    return BeforeValidator(lambda value: value if value is None else text_of(value, most))


def _first(most: int) -> BeforeValidator:
    return BeforeValidator(lambda value: value[:most] if isinstance(value, list) else value)


Number = Annotated[float | None, BeforeValidator(_number)]
Word = Annotated[str, _cut(60)]


class WrittenIngredient(BaseModel):
    """One line as the model wrote it."""

    id: Word = Field(validation_alias=AliasChoices("id", "name", "ingredient", "food"))
    quantity: Number = Field(None, validation_alias=AliasChoices("quantity", "amount"))
    unit: Annotated[str, _cut(20)] = ""
    prep: Annotated[str | None, _cut(80)] = None


class WrittenStep(BaseModel):
    """One step as the model wrote it."""

    text: Annotated[str, _cut(700)] = Field(validation_alias=AliasChoices("text", "instruction", "description", "step"))
    uses: Annotated[list[Word], _first(MOST_INGREDIENTS)] = []
    minutes: Number = None


class Written(BaseModel):
    """A recipe as the model wrote it, nothing of it checked."""

    title: Annotated[str, _cut(80)]
    summary: Annotated[str, _cut(240)] = ""
    ingredients: Annotated[list[WrittenIngredient], _first(MOST_INGREDIENTS)] = Field(min_length=1)
    steps: Annotated[list[WrittenStep], _first(MOST_STEPS)] = Field(
        min_length=1, validation_alias=AliasChoices("steps", "instructions")
    )


def read_answer(answer: str) -> Written:
    """The recipe in the answer; `Unfit` when there is none, or only a part of one."""
    for found in _objects(answer):
        recipe = found.get("recipe")
        try:
            return Written.model_validate(_steps_as_objects(recipe if isinstance(recipe, dict) else found))
        except ValidationError as error:
            wrong = ", ".join(".".join(map(str, each["loc"])) for each in error.errors()[:3])
            raise Unfit(f"these fields are missing or wrong: {wrong}") from error
    raise Unfit("it was not one complete JSON object, or too long to be finished")


def _objects(answer: str) -> Iterator[Mapping[str, Any]]:
    """The first JSON object in the answer, its last brackets put in where only they are missing."""
    text = _THOUGHTS.sub(" ", answer)
    start = text.find("{")
    if start < 0:
        return
    for ending in _ENDINGS:
        try:
            found, _ = json.JSONDecoder(strict=False).raw_decode(text[start:].rstrip().removesuffix("```") + ending)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            yield found
        return


def _steps_as_objects(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Steps given as mere sentences are taken, too."""
    name = "steps" if "steps" in recipe else "instructions"
    steps = recipe.get(name)
    if not isinstance(steps, list):
        return dict(recipe)
    return {**recipe, name: [{"text": step} if isinstance(step, str) else step for step in steps]}
