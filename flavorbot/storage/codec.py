"""Model values as compact JSON and back; what both stores keep inside a field."""

from __future__ import annotations

import hashlib
import json
import logging
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from flavorbot.errors import FieldError, InvalidInput
from flavorbot.kitchen.doubts import doubts
from flavorbot.model import (
    ALLERGENS,
    Card,
    Cooking,
    Gathered,
    ImportCollection,
    ImportEntry,
    ImportJob,
    Ingredient,
    Instruction,
    Notice,
    Nutrition,
    Recipe,
    Reply,
    Source,
    Unreadable,
    Wish,
)
from flavorbot.origins import origin_of
from flavorbot.searching.words import further_words, texts_of
from flavorbot.storage.clock import from_moment, to_moment
from flavorbot.storage.entries import pack_entry, unpack_entry
from flavorbot.storage.limits import ITEM_BYTES, check_key, check_size, check_texts

T = TypeVar("T")
# Whatever JSON can hold.
Json = Any

log = logging.getLogger(__name__)
# A NUL as JSON writes it; "\\u0000" in a text may look the same.
NOTHING = b"\\u0000"
ALL, A = "*", ord("a")
DAMAGED = "This recipe’s card is damaged: open it and save it again"
# Kept beside a recipe's body, since they change while its content does not.
OUTSIDE_BODY = frozenset({"id", "created_at", "updated_at", "version"})
# Of recipes that are read together; compressed they take a third of it.
PART_BYTES = 350 * 1024

# What unpacking raises for bytes that are no recipe, and for a recipe that lacks something.
UNREADABLE = (zlib.error, ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A recipe as both stores keep it: `made` identifies its content, `card` is what a list reads.

    `further` are the words of its steps and notes that the search knows besides the card.
    """

    body: bytes
    card: str
    made: bytes
    further: tuple[str, ...]

    @property
    def entry(self) -> bytes:
        """The card and the further words, compressed."""
        return pack_entry(self.card, self.further)


def pack_recipe(recipe: Recipe) -> Packed:
    """Check and pack a recipe with its id, version and time of change; `InvalidInput` when it cannot be stored."""
    if recipe.id is None or recipe.updated_at is None:
        raise ValueError("a recipe is stored with its id and time of change")
    check_key(recipe.id, "id")
    body = _checked_json(recipe, _recipe_content(recipe))
    card = _checked_json(recipe, _card_values(recipe, to_moment(recipe.updated_at)))
    check_size(len(body) + len(card))
    further = further_words((recipe.title, *recipe.tags, *_names(recipe)), texts_of(recipe))
    return Packed(body=zlib.compress(body, 9), card=card.decode(), made=digest(body), further=further)


def unpack_recipe(body: bytes, recipe_id: str, created: int, updated: int, version: int) -> Recipe:
    return _recipe(
        _unzip(body), id=recipe_id, created_at=from_moment(created), updated_at=from_moment(updated), version=version
    )


def recipe_or_name(record: Mapping[str, Any], recipe_id: str) -> Recipe | Unreadable:
    """The recipe of a stored record; only its name where its body is damaged."""
    try:
        return unpack_recipe(record["body"], recipe_id, record["created"], record["updated"], record["version"])
    except UNREADABLE:
        return Unreadable(recipe_id, unpack_card(record["card"], recipe_id, record["created"]).title)


def unpack_card(entry: bytes | str, recipe_id: str, created: int) -> Card:
    return unpack_listed(entry, recipe_id, created)[0]


def unpack_listed(entry: bytes | str, recipe_id: str, created: int) -> tuple[Card, tuple[str, ...]]:
    """A card with its further words. One that is damaged says so itself: nothing may be missing from a list."""
    try:
        values, further = unpack_entry(entry)
        return _card([tuple(each) if type(each) is list else each for each in values], recipe_id, created), further
    except (ValueError, TypeError, AttributeError, IndexError):
        log.error("The entry of recipe %s in the list is damaged; saving the recipe again mends it.", recipe_id)
        return _card(
            (DAMAGED, "dinner", None, 1, None, (), (), (), None, (), created, 0, None, None, ALL), recipe_id, created
        ), ()


def _card(values: Sequence[Any], recipe_id: str, created: int) -> Card:
    title, category, cuisine, servings, minutes, diets, allergens, tags, rating, words, updated, version, *later = (
        values
    )
    cooked_on, origin, doubted, *_ = (*later, None, None, None)
    return Card(
        id=recipe_id,
        title=title,
        category=category,
        cuisine=cuisine,
        servings=servings,
        total_minutes=minutes,
        diets=diets,
        allergens=allergens,
        tags=tags,
        rating=rating,
        words=words,
        cooked_on=cooked_on,
        created_at=from_moment(created),
        updated_at=from_moment(updated),
        version=version,
        origin=origin,
        doubts=_of_letters(doubted),
    )


def pack_wish(wish: Wish) -> bytes:
    check_texts(wish)
    return _zip(wish)


def unpack_wish(packed: bytes) -> Wish:
    return Wish(**_known(Wish, _unzip(packed)))


def pack_result(recipe: Recipe, notices: tuple[Notice, ...]) -> bytes:
    """What a generation gave: a recipe that is not stored yet, and what to tell about it."""
    check_texts((recipe, notices))
    return _zip([_recipe_content(recipe), notices])


def unpack_result(packed: bytes) -> tuple[Recipe, tuple[Notice, ...]]:
    recipe, notices = _unzip(packed)
    return _recipe(recipe), tuple(Notice(**_known(Notice, notice)) for notice in notices)


def pack_reply(reply: Reply) -> bytes:
    """The chef's answer with the recipe it proposes, which is not stored yet."""
    check_texts(reply)
    proposal = None if reply.proposal is None else _recipe_content(reply.proposal)
    return _zip(
        {"text": reply.text, "by": reply.by, "cooked": reply.cooked}
        | {"proposal": proposal, "wish": reply.wish, "notices": reply.notices}
    )


def unpack_reply(packed: bytes) -> Reply:
    content = _unzip(packed)
    return Reply(
        text=content["text"],
        by=content["by"],
        cooked=content["cooked"],
        proposal=content["proposal"] and _recipe(content["proposal"]),
        wish=content["wish"] and Wish(**_known(Wish, content["wish"])),
        notices=tuple(Notice(**_known(Notice, notice)) for notice in content["notices"]),
    )


def pack_state(job: ImportJob) -> bytes:
    """What became of the recipes and collections of an import, and how its parts divide them."""
    check_texts((job.entries, job.collections))
    packed = zlib.compress(_json([job.entries, job.parts, job.collections]), 9)
    check_size(len(packed))
    return packed


def unpack_state(packed: bytes) -> dict[str, Any]:
    """The same as the fields of an `ImportJob`; an older one knows of no collections."""
    entries, parts, *others = json.loads(zlib.decompress(packed))
    return {
        "entries": tuple(ImportEntry(**_known(ImportEntry, each)) for each in entries),
        "parts": tuple(parts),
        "collections": tuple(ImportCollection(**_known(ImportCollection, each)) for other in others for each in other),
    }


def pack_parts(recipes: Sequence[Recipe | None], gathered: Sequence[Gathered]) -> Iterator[tuple[int, bytes]]:
    """Recipes in pieces that fit into an item each, with how many of them are in it; then, with 0, collections."""
    yield from _pieces(b"null" if recipe is None else _json(_recipe_content(recipe)) for recipe in _checked(recipes))
    yield from ((0, piece) for _, piece in _pieces(_json(each) for each in _checked(gathered)))


def _checked(values: Iterable[T]) -> Iterator[T]:
    for value in values:
        check_texts(value)
        yield value


def _pieces(parts: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    texts: list[bytes] = []
    for text in parts:
        check_size(len(text))
        if texts and sum(map(len, texts)) + len(text) > PART_BYTES:
            yield len(texts), _pack_part(texts)
            texts = []
        texts.append(text)
    if texts:
        yield len(texts), _pack_part(texts)


def unpack_part(packed: bytes) -> tuple[Recipe | None, ...]:
    return tuple(content and _recipe(content) for content in json.loads(zlib.decompress(packed)))


def unpack_gathered(packed: bytes) -> tuple[Gathered, ...]:
    return tuple(Gathered(**_known(Gathered, each)) for each in json.loads(zlib.decompress(packed)))


def _pack_part(texts: Sequence[bytes]) -> bytes:
    return zlib.compress(b"[" + b",".join(texts) + b"]", 9)


def fold(text: str) -> str:
    """Without case and accents, for searching and sorting: "Crème Brûlée" reads "creme brulee"."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


def fold_email(email: str) -> str:
    """The form under which an address is unique."""
    return unicodedata.normalize("NFC", email.strip()).casefold()


def texts_to_json(texts: tuple[str, ...] | None) -> str | None:
    return None if texts is None else _json(texts).decode()


def texts_from_json(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(json.loads(text))


def _recipe_content(recipe: Recipe) -> Json:
    return _named(recipe, OUTSIDE_BODY)


def _card_values(recipe: Recipe, updated: int) -> Json:
    return [
        recipe.title,
        recipe.category,
        recipe.cuisine,
        recipe.servings,
        recipe.total_minutes,
        recipe.diets,
        recipe.allergens,
        recipe.tags,
        recipe.rating,
        _names(recipe),
        updated,
        recipe.version,
        max((time.on for time in recipe.cooked), default=None),
        origin_of(recipe.source.url),
        _letters(doubts(recipe)),
    ]


def _letters(allergens: Sequence[str]) -> str:
    """A list of five thousand cards has few bytes for each: a letter for an allergen, by its place in the EU's list."""
    return ALL if len(allergens) == len(ALLERGENS) else "".join(chr(A + ALLERGENS.index(each)) for each in allergens)


def _of_letters(letters: str | None) -> tuple[str, ...] | None:
    if letters is None:
        return None
    return ALLERGENS if letters == ALL else tuple(ALLERGENS[ord(letter) - A] for letter in letters)


def _names(recipe: Recipe) -> list[str]:
    return list(dict.fromkeys(ingredient.name for ingredient in recipe.ingredients))


def _recipe(content: Mapping[str, Any], **outside: str | datetime | int) -> Recipe:
    known = _known(Recipe, content)
    known["ingredients"] = tuple(Ingredient(**_known(Ingredient, line)) for line in content["ingredients"])
    known["instructions"] = tuple(Instruction(**_known(Instruction, step)) for step in content["instructions"])
    known["source"] = Source(**_known(Source, content["source"]))
    known["cooked"] = tuple(Cooking(**_known(Cooking, time)) for time in content.get("cooked", ()))
    if "nutrition" in content:
        known["nutrition"] = Nutrition(**_known(Nutrition, content["nutrition"]))
    return Recipe(**known | outside)


def _named(value: object, without: frozenset[str] = frozenset()) -> dict[str, Json]:
    """The fields of a frozen value, which may be such values in turn; what is empty by default, and is, is left out."""
    found = {}
    for name, default, may_lack in _defaults(type(value), without):  # type: ignore[arg-type]
        part = getattr(value, name)
        if not may_lack or part != default:
            found[name] = part
    return found


@cache
def _defaults(kind: type, without: frozenset[str]) -> tuple[tuple[str, Json, bool], ...]:
    """The fields of a kind of value, `without` some of them, each with its default and whether that is empty."""
    return tuple((each.name, each.default, _empty(each.default)) for each in fields(kind) if each.name not in without)


def _empty(value: object) -> bool:
    return value is None or value is False or value == "" or value == ()


def _known(kind: type[T], content: Mapping[str, Any]) -> dict[str, Any]:
    """The fields this version knows: a newer one, running beside it, may have stored more."""
    names = _field_names(kind)  # type: ignore[arg-type]
    return {name: _tuples(value) for name, value in content.items() if name in names}


@cache
def _field_names(kind: type) -> frozenset[str]:
    return frozenset(each.name for each in fields(kind))


def _tuples(value: Json) -> Json:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value


# Frozen values end, so nobody has to look for circles.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":"), default=_named
)


def _json(value: Json) -> bytes:
    try:
        return _ENCODER.encode(value).encode()
    except UnicodeEncodeError:
        raise
    except ValueError as error:
        raise InvalidInput([FieldError("", "This contains a number that is not finite.")]) from error


def _checked_json(value: object, content: Json) -> bytes:
    """The content of a value; `InvalidInput` for text that not every store keeps."""
    try:
        text = _json(content)
    except UnicodeEncodeError:
        check_texts(value)
        raise
    if NOTHING in text:
        check_texts(value)
    return text


def digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:16]


def _zip(value: Json) -> bytes:
    text = _json(value)
    check_size(len(text))
    return zlib.compress(text, 9)


def _unzip(packed: bytes) -> Json:
    return json.loads(zlib.decompressobj().decompress(packed, ITEM_BYTES))
