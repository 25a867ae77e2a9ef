"""What somebody brings in, from wherever it is, as recipes that were found."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from werkzeug.datastructures import FileStorage

from flavorbot import bounds, importing
from flavorbot.errors import FieldError, GeneratorBusy, InvalidInput
from flavorbot.exchange.reading import Found, read_file, read_html, read_jsonld, read_text
from flavorbot.fetching import BY_HAND, Fetched
from flavorbot.model import ImportJob
from flavorbot.web.fields import printable
from flavorbot.web.people import Person
from flavorbot.web.rates import check_rate
from flavorbot.web.services import services

MOST_BYTES = 32 * 1024 * 1024
MOST_TEXT_BYTES = 4 * 1024 * 1024
IMPORTS_AN_HOUR = 120
BATCH_S = 2.0
MOST_ADDRESSES = 10
# Whoever waits for several pages waits no longer than this and the time of the last one.
ADDRESSES_S = 20.0

_ADDRESS = re.compile(r"https?://\S+")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)
# Python knows more, some of which take a text of this length for hours.
_CHARSETS = re.compile(
    r"utf-?(?:8|16(?:le|be)?)|us-ascii|iso-?8859-\d\d?|windows-125\d|cp125\d|koi8-[ru]|gb(?:k|2312|18030)|big5|"
    r"shift_jis|euc-(?:jp|kr)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """`name` is what people call it, `sent` what makes it another request, `field` where an error belongs.

    `is_plain` text is no markup and no JSON.
    """

    name: str
    sent: bytes
    field: str
    found: Sequence[Found]
    is_plain: bool = False

    @property
    def is_unsure(self) -> bool:
        """Whether it is a text of which a person had better say what is what."""
        if not self.is_plain or len(self.found) != 1:
            return False
        recipe = self.found[0].recipe
        return recipe is None or not recipe.instructions

    def problem(self) -> InvalidInput | None:
        """Why nothing at all can come in, when it is one thing."""
        if len(self.found) != 1 or self.found[0].recipe is not None:
            return None
        reason = self.found[0].reason
        advice = f" {BY_HAND}" if self.field == "url" else ""
        where = f"“{self.name}”: " if self.field == "files" else ""
        return InvalidInput([FieldError(self.field, f"{where}{reason}{advice}")])


def bring(address: str, text: str, files: Iterable[FileStorage] = ()) -> Brought:
    """All that was given: an address, a text of any shape, files. `InvalidInput` when nothing was."""
    chosen = [file for file in files if file.filename]
    addresses = [address] if address.strip() else []
    if all(_ADDRESS.fullmatch(word) for word in text.split()):
        addresses, text = [*addresses, *text.split()], ""
    parts: list[Brought] = [
        *([from_addresses(addresses)] if addresses else []),
        *([from_text(text)] if text.strip() else []),
        *([from_files(chosen)] if chosen else []),
    ]
    if not parts:
        raise InvalidInput([FieldError("url", "Give the address of a recipe, its text, or a file.")])
    if len(parts) == 1:
        return parts[0]
    return Brought(
        name=" and ".join(part.name for part in parts),
        sent=b"".join(part.sent for part in parts),
        field=parts[0].field,
        found=[found for part in parts for found in part.found],
    )


def from_addresses(addresses: Sequence[str]) -> Brought:
    """The pages at some addresses; of several, one that does not come stops no other."""
    if len(addresses) == 1:
        return from_address(addresses[0])
    if len(addresses) > MOST_ADDRESSES:
        raise InvalidInput([FieldError("text", f"Give at most {MOST_ADDRESSES} addresses at a time.")])
    until = time.monotonic() + ADDRESSES_S
    return Brought(
        name=f"{len(addresses)} pages",
        sent=_digest_of("\n".join(addresses)),
        field="text",
        found=[found for address in addresses for found in _at(address, until)],
    )


def _at(address: str, until: float) -> Sequence[Found]:
    """What is on a page, or why that is nothing."""
    title = printable(address)[: bounds.TITLE]
    if time.monotonic() > until:
        return (Found(title=title, reason="There was no time left for this page. Bring it in again by itself."),)
    try:
        return from_address(address).found
    except (InvalidInput, GeneratorBusy) as error:
        return (Found(title=title, reason=error.detail),)


def from_address(address: str) -> Brought:
    """The page at an address."""
    page = services().fetch(address)
    return Brought(
        name=urlsplit(page.url).hostname or "a page",
        sent=_digest_of(address.strip()),
        field="url",
        found=_in_page(page),
    )


def _in_page(page: Fetched) -> Sequence[Found]:
    text = _decoded(page)
    if "json" not in page.kind:
        return read_html(text, page.url)
    try:
        return read_jsonld(json.loads(text), page.url)
    except (ValueError, RecursionError):
        return (Found(title=page.url, reason="This site sent something that cannot be read."),)


def _decoded(page: Fetched) -> str:
    """The text, in the charset that the header names, else the page itself, else the web's usual ones."""
    meta = _META.search(page.content[:2048])
    for charset in (page.charset, meta and meta[1].decode("ascii"), "utf-8-sig"):
        if charset and (charset == "utf-8-sig" or _CHARSETS.fullmatch(charset)):
            try:
                return page.content.decode(charset)
            except (UnicodeDecodeError, LookupError):
                continue
    return page.content.decode("cp1252", "replace")


def from_text(text: str, field: str = "text") -> Brought:
    """Text of any shape."""
    begins = text.lstrip()[:1]
    if begins == "<":
        return from_html(text, field)
    found, is_plain = read_text(text), begins not in ("{", "[")
    return Brought(name="pasted text", sent=_digest_of(text), field=field, found=found, is_plain=is_plain)


def from_html(html: str, field: str = "html") -> Brought:
    return Brought(name="a pasted page", sent=_digest_of(html), field=field, found=read_html(html))


def from_files(files: Sequence[FileStorage], field: str = "files") -> Brought:
    """Files that have names, at least one."""
    found: list[Found] = []
    sent = hashlib.sha256()
    for file in files:
        content = file.stream.read()
        sent.update(hashlib.sha256(content).digest())
        found += _of_file(file.filename or "", content) if len(files) > 1 else read_file(file.filename or "", content)
        if len(found) > importing.MOST_RECIPES:
            break
    name = printable(files[0].filename or "")[:100] if len(files) == 1 else f"{len(files)} files"
    return Brought(name=name, sent=sent.digest(), field=field, found=found)


def _of_file(name: str, content: bytes) -> Iterator[Found]:
    """What one file of several holds; where a recipe of it cannot be had, the file is named."""
    for each in read_file(name, content):
        named = each.recipe is not None or each.title == name
        yield each if named else replace(each, reason=f"{each.reason} It is in {printable(name)[:100]}.")


def begin(asking: Person, request_id: str, brought: Brought) -> ImportJob:
    """Store what was found as a job of this person; see `importing.begin`."""
    found = services()
    return importing.begin(
        found.storage,
        asking.id,
        request_id,
        name=brought.name,
        sent=brought.sent,
        found=brought.found,
        now=found.now(),
    )


def go_on(asking: Person, job: ImportJob, within_s: float) -> ImportJob:
    """Bring in what waits for about this long."""
    until, found = time.monotonic() + within_s, services()

    def has_time() -> bool:
        return time.monotonic() < until

    return importing.work(found.storage, asking.id, job, asking.limits.saved, has_time, found.now())


def _digest_of(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def check_import_rate(asking: Person) -> None:
    check_rate("import", asking.id, IMPORTS_AN_HOUR, 3600)
