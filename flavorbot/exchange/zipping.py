"""Many recipes in one zip, written while it is sent, so that it takes the memory of one recipe alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flavorbot.exchange.files import WRITERS, slug
from flavorbot.model import Collection, Recipe, Unreadable

FOLDER, COLLECTIONS, README = "recipes", "collections.json", "README.txt"
CHUNK_BYTES = 64 * 1024
# The zip format knows no earlier year.
FIRST_YEAR = 1980

_FILES = {
    "jsonld": "  .jsonld  schema.org JSON-LD: nothing is lost in it, and FlavorBot and other programs can read it.",
    "md": "  .md      Markdown: to read, to print, and to keep among your notes.",
    "cook": "  .cook    Cooklang: with the amounts in the steps.",
}
_LISTED = "collections.json names your collections, and the files of their recipes in order."


@dataclass(frozen=True, slots=True)
class Further:
    """Files that come with the recipes, as names and texts; what gives them is told the recipes' own by their ids."""

    files: Callable[[Mapping[str, str]], Iterable[tuple[str, str]]]
    about: str


class RecipeZip:
    """A zip of recipes, each as files of these kinds (`jsonld`, `md`, `cook`), in chunks of bytes as it is iterated.

    With the recipes comes `collections.json`, where collections are asked for, and then what is `further`.
    `README.txt` says what there is, and names what could not be read, and what of `wanted` was not there.
    """

    def __init__(
        self,
        recipes: Iterable[Recipe | Unreadable],
        kinds: Sequence[str],
        collections: Callable[[], Iterable[Collection]] | None = None,
        wanted: Iterable[str] = (),
        further: Further | None = None,
    ) -> None:
        self._recipes = recipes
        self._kinds = kinds
        self._collections = collections
        self._wanted = tuple(wanted)
        self._further = further
        self._names: dict[str, str] = {}
        self._used: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._missing: list[str] = []

    def __iter__(self) -> Iterator[bytes]:
        sink = _Sink()
        with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
            for entry, text in self._entries():
                archive.writestr(entry, text)
                if sink.size >= CHUNK_BYTES:
                    yield sink.take()
        yield sink.take()

    def _entries(self) -> Iterator[tuple[ZipInfo, str]]:
        read: set[str] = set()
        for recipe in self._recipes:
            read.add(recipe.id or "")
            if isinstance(recipe, Unreadable):
                self._missing.append(
                    f"{_one_line(recipe.title) or 'A recipe'} could not be read; it is still in your box."
                )
                continue
            name = self._name(recipe)
            for kind in self._kinds:
                yield _entry(f"{name}.{kind}", recipe.updated_at), WRITERS[kind](recipe)
        self._missing += ["A recipe that you chose is not in your box." for each in self._wanted if each not in read]
        if self._collections is not None:
            yield _entry(COLLECTIONS), self._listed(self._collections())
        if self._further is not None:
            yield from ((_entry(name), text) for name, text in self._further.files(self._names))
        yield _entry(README), "\n".join(self._readme()) + "\n"

    def _name(self, recipe: Recipe) -> str:
        """A name that no other recipe of this zip has, without the ending."""
        base = slug(recipe.title)
        name = base
        while name in self._used:
            self._numbers[base] = self._numbers.get(base, 1) + 1
            name = f"{base}-{self._numbers[base]}"
        self._used.add(name)
        self._names[recipe.id or ""] = f"{FOLDER}/{name}"
        return f"{FOLDER}/{name}"

    def _listed(self, collections: Iterable[Collection]) -> str:
        listed = [
            {
                "name": each.name,
                "description": each.description,
                "recipes": [f"{self._names[id_]}.{self._kinds[0]}" for id_ in each.recipe_ids if id_ in self._names],
            }
            for each in collections
        ]
        return json.dumps({"collections": listed}, ensure_ascii=False, indent=2) + "\n"

    def _readme(self) -> Iterator[str]:
        count = len(self._used)
        yield f"{count} recipe{'s' if count != 1 else ''} from FlavorBot, {datetime.now(UTC):%Y-%m-%d}"
        yield f"\nIn the folder “{FOLDER}”, each as:"
        yield from (_FILES[kind] for kind in self._kinds)
        if self._collections is not None:
            yield f"\n{_LISTED}"
        if self._further is not None:
            yield self._further.about
        if self._missing:
            yield "\nNot in here:"
            yield from (f"- {each}" for each in self._missing)


class _Sink:
    """What a zip is written to: it cannot be read or sought in, only taken from."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here for anything."""

    def close(self) -> None:
        """Nothing is open here."""

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = b"".join(self._parts)
        self._parts, self.size = [], 0
        return taken


def _entry(name: str, changed: datetime | None = None) -> ZipInfo:
    moment = (changed or datetime.now(UTC)).astimezone(UTC)
    year, month, day, hour, minute, second = moment.timetuple()[:6]
    entry = ZipInfo(name, (max(year, FIRST_YEAR), month, day, hour, minute, second))
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _one_line(text: str) -> str:
    return " ".join(text.split())
