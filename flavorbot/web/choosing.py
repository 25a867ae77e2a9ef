"""Which recipes a form about many of them means: those that are ticked, or all of the list that it stands below."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import request
from werkzeug.datastructures import MultiDict

from flavorbot.collecting import open_collection, own
from flavorbot.errors import FieldError, InvalidInput
from flavorbot.model import RecipeQuery
from flavorbot.recipes import all_cards
from flavorbot.web.bulk_schemas import MOST_AT_ONCE, Chosen
from flavorbot.web.incoming import read_query
from flavorbot.web.people import Person
from flavorbot.web.redirects import safe_next
from flavorbot.web.schemas import ListQuery
from flavorbot.web.services import services
from flavorbot.web.validation import parse

LIST = "/recipes"
# As much of an address as leaves room for a hundred ids beside it, and for forty beside the filters of a list.
LONGEST_BACK, LONGEST_LIST = 600, 1_200
# Which page of a list it is, and what was said on it, makes no difference to what is in it.
PASSING = frozenset({"cursor", "page", "limit", "select", "done", "undo"})
_COLLECTION = re.compile(r"/collections/([0-9A-Z]{26})")


def means_all() -> bool:
    """Whether the whole list is meant, on whichever page its recipes are."""
    return request.values.get("all") == "1"


def ticked_ids() -> list[str]:
    """The ticked ones; `InvalidInput` says for people that there are none or too many."""
    sent = request.values.getlist("id")
    try:
        return parse(Chosen, {"ids": sent}, strict=False).ids
    except InvalidInput as error:
        if not sent:
            raise _refused("Tick at least one recipe first.") from error
        raise _refused(f"At most {MOST_AT_ONCE} recipes can be ticked; {len(sent)} were.") from error


def listed_ids(asking: Person) -> list[str]:
    """All recipes of the list that the form came from."""
    address, storage = urlsplit(list_address()), services().storage
    collection = _COLLECTION.fullmatch(address.path)
    if collection:
        return list(own(storage, asking.id, open_collection(storage, asking.id, collection[1]).recipe_ids))
    return [card.id for card in all_cards(storage, asking.id, _query(address.query))]


def list_address() -> str:
    """The list that all of is meant, without the page; never another one, since that could be the whole box.

    `InvalidInput` where none is named, or one with too long an address.
    """
    address = urlsplit(safe_next(request.values.get("back"), "/"))
    if address.path != LIST and not _COLLECTION.fullmatch(address.path):
        raise _refused("Go back to your recipes, and choose them there.")
    kept = [(name, value) for name, value in parse_qsl(address.query) if name not in PASSING]
    told = address.path + (f"?{urlencode(kept)}" if kept else "")
    if len(told) > LONGEST_LIST:
        raise _refused("This search is too long to act on all that it finds. Tick the recipes instead.")
    return told


def back_address() -> str:
    """The page that the recipes were ticked on."""
    back = safe_next(request.values.get("back"), LIST)
    return back if len(back) <= (LONGEST_LIST if means_all() else LONGEST_BACK) else LIST


def _query(text: str) -> RecipeQuery:
    return read_query(ListQuery, MultiDict(parse_qsl(text))).query()


def _refused(message: str) -> InvalidInput:
    return InvalidInput([FieldError("", message)])
