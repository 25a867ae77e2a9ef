"""Maps say what becomes of what; one that cannot be read is told of before anything is."""

from __future__ import annotations

from pathlib import Path

import pytest

from flavorbot.moving.mapping import read_map
from flavorbot.moving.problems import CannotMove
from tests.moving.conftest import Target

GOOD = """
name = "notes"
[[table]]
from = "notes"
becomes = "record"
type = "note"
key = ["id"]
owner = "user_id"
[table.fields]
id = "id"
"""


def a_map(folder: Path, text: str) -> str:
    path = folder / "notes.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_map_of_ones_own_is_read(tmp_path: Path) -> None:
    mapped = read_map(a_map(tmp_path, GOOD))
    (table,) = mapped.tables
    assert (mapped.name, table.becomes, table.key, table.owner, table.columns) == (
        "notes", "record", ("id",), ("user_id",), None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("[[table]]", "[[tables]]"), "tables is not known; known are join, name, table, title"),
        (('becomes = "record"', 'becomes = "note"'), "`becomes` is one of user, recipe"),
        (('id = "id"\n', ""), "`fields` lacks id"),
        (('type = "note"', 'type = "Note"'), "`type` names its records"),
        (('key = ["id"]', "key = []"), "`key` is the name of a table or column"),
        (('id = "id"\n', 'id = "id"\ntitle = "t"\n'), "fields of a record: title is not known"),
        (('becomes = "record"', 'becomes = "event"'), "`fields` lacks action, at"),
        (('owner = "user_id"', "kept_days = -1"), "`kept_days` is a number of days"),
        (("= ", ": "), "is not TOML"),
    ],
)
def test_a_map_that_cannot_be_used_says_why(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    with pytest.raises(CannotMove) as refused:
        read_map(a_map(tmp_path, GOOD.replace(*change)))
    assert told in refused.value.detail


def test_a_missing_map_names_the_ready_ones(target: Target) -> None:
    result = target.migrate("README.md", "--map", "nowhere.toml")
    assert (result.exit_code, "ready ones are embeddings, flavorbot" in result.stderr) == (2, True)
