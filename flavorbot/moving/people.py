"""Accounts of elsewhere as people of ours: the password stays usable, and what nobody here asks for is told or kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from flavorbot.accounts import clean_email
from flavorbot.errors import InvalidInput
from flavorbot.model import ALLERGENS, DIETS, PLANS, UNIT_SYSTEMS, User
from flavorbot.moving.cells import Cell, Row, list_of, moment_of, text_of, truth_of
from flavorbot.moving.ids import ulid_of
from flavorbot.moving.mapping import Map, TableMap
from flavorbot.moving.problems import BadRow
from flavorbot.passwords import carried_over
from flavorbot.storage.clock import EPOCH

LONGEST_NAME = 80
# A plan counts while it is paid for.
_PAID = frozenset({"", "active", "trialing", "past_due"})
_DIETS = {"glutenfree": "gluten_free", "dairyfree": "dairy_free", "lactose_free": "dairy_free", "nutfree": "nut_free"}
_ALLERGENS = {
    "nut": "nuts", "tree_nuts": "nuts", "peanut": "peanuts", "egg": "eggs", "soy": "soybeans", "wheat": "gluten",
    "dairy": "milk", "shellfish": "crustaceans", "sesame_seeds": "sesame", "mollusc": "molluscs",
}  # fmt: skip


def user_id_of(mapped: Map, table: TableMap, row: Row) -> str:
    """The id that the person of a row of users has here."""
    return ulid_of(_created(table, row), mapped.name, "user", text_of(row.get(table.fields["id"])))


def email_of(table: TableMap, row: Row) -> str:
    """`BadRow` for what is no address."""
    try:
        return clean_email(text_of(row.get(table.fields["email"])))
    except InvalidInput as error:
        raise BadRow(f"“{text_of(row.get(table.fields['email']))[:80]}” is no e-mail address") from error


def is_confirmed(table: TableMap, row: Row) -> bool:
    """Whether the source says that the address is theirs; where it has no word on that, nobody showed it."""
    return truth_of(_cell(table, row, "email_confirmed")) is True


def user_of(mapped: Map, table: TableMap, row: Row) -> tuple[User, list[str]]:
    """The person, and what of the row found no place. `BadRow`."""
    created = _created(table, row)
    email, told = email_of(table, row), list[str]()
    diets, exclude = _diets(table, row, told)
    user = User(
        id=user_id_of(mapped, table, row),
        email=email,
        name=_name(table, row) or email.split("@")[0],
        password_hash=_password(table, row, told),
        plan=_plan(table, row, told),
        diets=diets,
        allergies=_allergies(table, row, told),
        exclude=exclude,
        units=_units(table, row),
        theme={None: "auto", True: "dark", False: "light"}[truth_of(_cell(table, row, "dark_mode"))],
        email_confirmed_at=created if is_confirmed(table, row) else None,
        created_at=created,
        updated_at=max(created, moment_of(_cell(table, row, "updated_at")) or created),
    )
    return user, told


def _cell(table: TableMap, row: Row, field: str) -> Cell:
    column = table.fields.get(field)
    return None if column is None else row.get(column)


def _created(table: TableMap, row: Row) -> datetime:
    return moment_of(_cell(table, row, "created_at")) or moment_of(_cell(table, row, "updated_at")) or EPOCH


def _name(table: TableMap, row: Row) -> str:
    whole = text_of(_cell(table, row, "name")) or " ".join(
        text_of(_cell(table, row, part)) for part in ("first_name", "last_name")
    )
    return " ".join(whole.split())[:LONGEST_NAME].strip()


def _password(table: TableMap, row: Row, told: list[str]) -> str:
    """As it can be checked here; empty where there is none, which a reset by mail can mend."""
    found = text_of(_cell(table, row, "password"))
    kept = carried_over(found)
    if found and kept is None:
        told.append("The password is kept in a way that is not known here: a reset by mail gives a new one.")
    return kept or ""


def _plan(table: TableMap, row: Row, told: list[str]) -> str:
    plan, status = (text_of(_cell(table, row, name)).strip().lower() for name in ("plan", "plan_status"))
    if plan and plan not in PLANS:
        told.append(f"There is no plan “{plan[:40]}”: it is free here.")
    return plan if plan in PLANS and status in _PAID else "free"


def _diets(table: TableMap, row: Row, told: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Diets that we know, and foods that are named as not wanted ("no mushrooms")."""
    diets, exclude = list[str](), [text_of(each) for each in list_of(_cell(table, row, "exclude"))]
    for written in _words(_cell(table, row, "diets")):
        key = _key(written)
        if (diet := _DIETS.get(key, key)) in DIETS:
            diets.append(diet)
        elif written.lower().startswith("no "):
            exclude.append(written[3:].strip())
        elif key not in ("none", ""):
            told.append(f"The preference “{written[:60]}” is none that is known here.")
    return tuple(dict.fromkeys(diets)), tuple(dict.fromkeys(each for each in exclude if each))


def _allergies(table: TableMap, row: Row, told: list[str]) -> tuple[str, ...] | None:
    """None where nobody asked. One that is not known must not be passed over: the row says so."""
    cell = _cell(table, row, "allergies")
    if cell is None:
        return None
    by_key = {_ALLERGENS.get(_key(written), _key(written)): written for written in _words(cell)}
    told += [f"The allergy “{by_key[key][:60]}” is none that is known here." for key in by_key if key not in ALLERGENS]
    return tuple(each for each in ALLERGENS if each in by_key)


def _units(table: TableMap, row: Row) -> str:
    found = text_of(_cell(table, row, "units")).strip().lower()
    return found if found in UNIT_SYSTEMS else UNIT_SYSTEMS[0]


def _words(cell: Cell) -> Iterator[str]:
    """The entries of a list, of a text with commas, or the names that an object says yes to."""
    for each in list_of(cell):
        if isinstance(each, Mapping):
            yield from (str(name) for name, value in each.items() if value is True)
        else:
            yield from (part.strip() for part in text_of(each).split(",") if part.strip())


def _key(written: str) -> str:
    return written.strip().lower().replace("-", "_").replace(" ", "_")
