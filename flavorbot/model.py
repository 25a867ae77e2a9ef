"""The values FlavorBot works with: frozen, without I/O and without a clock. Every time is an aware UTC datetime."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

# EU 1169/2011, annex II, in its order.
ALLERGENS = (
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk",
    "nuts", "celery", "mustard", "sesame", "sulphites", "lupin", "molluscs",
)  # fmt: skip
DIETS = (
    "vegan", "vegetarian", "pescatarian", "gluten_free", "dairy_free", "egg_free", "nut_free",
    "low_carb", "keto", "paleo", "soy_free", "halal", "kosher", "low_fodmap",
)  # fmt: skip
CATEGORIES = ("breakfast", "lunch", "dinner", "snack", "dessert", "side", "drink")
EATERS = ("pregnant", "infant", "young_child")
UNIT_SYSTEMS = ("metric", "us")
THEMES = ("auto", "light", "dark")
PLANS = ("free", "basic", "pro")
EQUIPMENT = ("stove", "oven", "blender", "microwave", "grill", "air_fryer", "slow_cooker", "pressure_cooker")
# The tag of what only stands or chills after the knife work.
NO_COOKING = "no cooking"
SORTS = ("best", "newest", "oldest", "updated", "title", "quickest", "rating")
# The most foods that a search by what is at hand may let a recipe lack.
MOST_MISSING = 5

CookOutcome = Literal["made", "fallback", "repeated", "cannot", "spent", "busy", "left", "failed"]
Refusal = Literal["recipes", "questions", "box"]
SessionEvent = Literal["begun", "ended", "unknown"]
StoreOutcome = Literal["done", "refused", "throttled", "failed"]
NoticeKind = Literal["unused", "substituted", "unknown", "conflict", "hazard", "fallback"]
SourceKind = Literal["built-in", "model", "manual", "import"]
Outcome = Literal["made", "fallback", "failed"]
ImportState = Literal["waiting", "in", "known", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredient:
    """One line of a recipe's list; `quantity` None means "to taste", `unit` None means pieces."""

    name: str
    quantity: float | None = None
    unit: str | None = None
    note: str | None = None
    section: str | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """One step, in cooking order."""

    text: str
    minutes: int | None = None
    temperature_c: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nutrition:
    """Per serving; energy in kcal, the rest in grams."""

    kcal: float
    protein_g: float
    fat_g: float
    carbohydrate_g: float
    fibre_g: float
    salt_g: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a recipe came from."""

    kind: SourceKind
    model: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooking:
    """One time that a saved recipe was cooked: the day as `YYYY-MM-DD`, and what its owner made of it."""

    on: str
    rating: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A recipe; not stored yet while `id` is None and `version` 0.

    `diets` (those it satisfies), `allergens` (those it contains) and `nutrition` come from the kitchen's checker, never
    from whoever wrote the recipe. `cooked` is in order of the days.
    """

    title: str
    ingredients: tuple[Ingredient, ...]
    instructions: tuple[Instruction, ...]
    description: str = ""
    category: str = "dinner"
    cuisine: str | None = None
    servings: int = 2
    prep_minutes: int | None = None
    cook_minutes: int | None = None
    total_minutes: int | None = None
    diets: tuple[str, ...] = ()
    allergens: tuple[str, ...] = ()
    nutrition: Nutrition | None = None
    tags: tuple[str, ...] = ()
    notes: str = ""
    rating: int | None = None
    image_url: str | None = None
    source: Source = field(default_factory=lambda: Source(kind="manual"))
    cooked: tuple[Cooking, ...] = ()
    id: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    version: int = 0

    def only_logs(self, before: Recipe) -> bool:
        """Whether nothing is new but what was cooked, and the rating that came of it."""
        return self.cooked != before.cooked and replace(self, cooked=before.cooked, rating=before.rating) == before

    def reads_like(self, other: Recipe) -> bool:
        """Whether a cook would see the same dish: title, servings, ingredients and steps."""
        return (self.title, self.servings, self.ingredients, self.instructions) == (
            other.title,
            other.servings,
            other.ingredients,
            other.instructions,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a list shows of a recipe: `words` are its ingredient names, `cooked_on` the last time, as `YYYY-MM-DD`.

    `origin` tells whether another recipe came from the same address; see `origin_of`. `doubts` are allergens that
    nobody can rule out; None where that was not asked when it was stored.
    """

    id: str
    title: str
    category: str
    cuisine: str | None
    servings: int
    total_minutes: int | None
    diets: tuple[str, ...]
    allergens: tuple[str, ...]
    tags: tuple[str, ...]
    rating: int | None
    words: tuple[str, ...]
    cooked_on: str | None = None
    created_at: datetime
    updated_at: datetime
    version: int
    origin: str | None = None
    doubts: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Binned:
    """A deleted recipe as the bin shows it, and when it leaves for good."""

    card: Card
    leaves_at: datetime


@dataclass(frozen=True, slots=True)
class BoxVersion:
    """How often a box changed, which only grows, and when it did last; 0 and None before the first time."""

    number: int = 0
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeQuery:
    """Which of a person's recipes, in what order; None and () ask for all.

    `free_of` are allergens that a recipe does not contain, nor may by any doubt; `on_hand` foods of which it may lack
    `missing`. `among` are the ids to choose from, those of `collection`. `counted` asks for the choices that are left,
    also where nothing is left out.
    """

    q: str = ""
    category: str | None = None
    cuisine: str | None = None
    diet: str | None = None
    free_of: tuple[str, ...] = ()
    tag: str | None = None
    max_minutes: int | None = None
    min_rating: int | None = None
    on_hand: tuple[str, ...] = ()
    missing: int = 0
    collection: str | None = None
    among: frozenset[str] | None = None
    sort: str = "newest"
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, as it is written most often, and how many recipes there would be with it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search tells besides its cards.

    `choices`, where they are asked for, are by the name of the filter, under all others; `without` is how many there
    would be if one were dropped, told where nothing was found. `words` are what to mark, folded and without plural,
    each with whether words that begin so are meant, too. `mended` are words as typed and as they were understood,
    `unknown` those that stand nowhere. By recipe: the words that stand in its steps or notes alone, and the foods that
    are not at hand.
    """

    choices: Mapping[str, tuple[Choice, ...]]
    without: Mapping[str, int]
    words: tuple[tuple[str, bool], ...]
    mended: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    in_steps: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of cards; `next_cursor` None ends the list.

    A plain list is read a page at a time: it has no `total` and nothing `found`.
    """

    items: tuple[Card, ...]
    next_cursor: str | None
    total: int | None = None
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A stored recipe that cannot be read; `title` is what its card says, if that can be."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Recipes kept together under a name, in their owner's order; not stored yet while `version` is 0.

    Some of `recipe_ids` may be of recipes that were deleted since.
    """

    id: str
    name: str
    description: str = ""
    recipe_ids: tuple[str, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What a list shows of a collection; `holds` tells of the recipe that the list was asked about."""

    id: str
    name: str
    description: str
    count: int
    created_at: datetime
    updated_at: datetime
    version: int
    holds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person with an account; `allergies` None means nobody asked yet, () that the answer was "none".

    Until `email_confirmed_at` nobody has shown that the address is theirs; from `disabled_at` on nobody gets in.
    `second_factor_at` is since when a code is asked for after the password, None where none is. `password_hash` is
    empty for whoever signs in by other ways alone.
    """

    id: str
    email: str
    name: str
    password_hash: str
    plan: str = "free"
    diets: tuple[str, ...] = ()
    allergies: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    units: str = "metric"
    theme: str = "auto"
    email_confirmed_at: datetime | None = None
    disabled_at: datetime | None = None
    second_factor_at: datetime | None = None
    created_at: datetime
    updated_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A web session as stored; `sid` is the SHA-256 of the cookie's value, `data` maps keys to JSON texts.

    `expires_at` is the idle limit, `ends_at` the absolute one; whichever is earlier ends it.
    """

    sid: str
    data: Mapping[str, str]
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    ends_at: datetime
    user_id: str | None = None
    browser: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A link to a recipe for whoever has it; its token is made from `nonce` and a secret, and known by `token_hash`.

    Search engines may show it when it is `published`.
    """

    user_id: str
    recipe_id: str
    token_hash: str
    nonce: str
    created_at: datetime
    expires_at: datetime
    published: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """An account that is deleted for good, known by the hash of the ticket that its owner was given.

    `counts` says how many things of each kind are gone. Once all were, at `done_at`, one last look is taken for what a
    slow request may still have written; then it is `closed`, and `user_id` is forgotten.
    """

    id: str
    user_id: str
    began_at: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    done_at: datetime | None = None
    closed: bool = False

    @property
    def count(self) -> int:
        """How many things are gone."""
        return sum(self.counts.values())


MailTokenKind = Literal["confirm", "reset", "email"]
TokenScope = Literal["read", "write"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """What lets a script in on a person's behalf, known by its hash; `read` lets it change nothing.

    `last_used_at` is exact to an hour.
    """

    id: str
    user_id: str
    name: str
    scope: TokenScope
    token_hash: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailToken:
    """What a link in a mail to `email` does, known by the hash of what stands in the link.

    `bound` is a hash of the person's address and password of then: once either is another, the link is void.
    """

    kind: MailTokenKind
    user_id: str
    token_hash: str
    email: str
    bound: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened to an account: a sign-in, or a change of a way in; ids sort as they happened."""

    id: str
    at: datetime
    what: str
    detail: str = ""
    browser: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A key on a person's device that signs them in (WebAuthn); `id` is a hash of `credential_id`, the device's own.

    `credential_id` is base64url, `public_key` a COSE key (RFC 9052). `sign_count` stays 0 where the device does not
    count. One that is `synced` is on the person's other devices, too.
    """

    id: str
    user_id: str
    credential_id: str
    public_key: bytes
    sign_count: int
    name: str
    synced: bool
    created_at: datetime
    last_used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is to an outside sign-in provider, whose `subject` never changes; it signs one person in here.

    `label` is what the person knows it by, such as the address they have there.
    """

    issuer: str
    subject: str
    user_id: str
    label: str
    created_at: datetime

    @property
    def id(self) -> str:
        """A short name for it in addresses of pages."""
        return hashlib.sha256(f"{self.issuer}#{self.subject}".encode("utf-8", "replace")).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor:
    """What an authenticator app's codes are made from, and what helps where the app is lost.

    With this server's secret `nonce` makes the key that the app has; `recovery` are the hashes of codes not used yet.
    `last_step` is the count of half minutes whose code was used last: no code at or before it is taken again.
    """

    user_id: str
    nonce: str
    recovery: tuple[str, ...]
    last_step: int
    created_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message to one address; `text` is all of it, `html` the same for programs that show that."""

    to: str
    subject: str
    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose draft or allowance: a person with an account, or a guest of this browser."""

    kind: Literal["user", "guest"]
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What someone asks the kitchen for: the generator form, cleaned but not yet understood.

    `month` (1 to 12) prefers what is in season then; a wish with a seed of its own has none, so that it is repeatable.
    `qualities` say what the dish should be like, in a generator's own words; refinements leave them.
    """

    ingredients: tuple[str, ...] = ()
    wish: str = ""
    category: str | None = None
    cuisine: str | None = None
    diets: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    eaters: tuple[str, ...] = ()
    servings: int = 2
    max_minutes: int | None = None
    equipment: tuple[str, ...] = ()
    qualities: tuple[str, ...] = ()
    units: str = "metric"
    seed: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person must know about a draft: left out, substituted, not recognised, refused."""

    kind: NoticeKind
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a language model read and wrote, as its server counts; a server that does not tell counts as none."""

    sent: int = 0
    received: int = 0

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(self.sent + other.sent, self.received + other.received)


@dataclass(frozen=True, slots=True)
class Generated:
    """A generator's answer; `wish` is the request as it was finally cooked (a refinement changes it).

    `tokens` is what a language model took for it, whoever made it in the end; None where no model was asked.
    """

    recipe: Recipe
    notices: tuple[Notice, ...]
    wish: Wish
    tokens: Tokens | None = None

    @property
    def fell_back(self) -> bool:
        """Whether the model failed and the built-in kitchen stood in for it."""
        return any(notice.kind == "fallback" for notice in self.notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A generation: first its claim on `request_id`, then its result.

    `claim` is a random text of the attempt that holds it, `fingerprint` a hash of the wish, `period` the month (guest:
    day) that the allowance was taken from. A running draft whose `lease_ends_at` has passed counts as never begun.
    """

    request_id: str
    claim: str
    fingerprint: str
    period: str
    state: Literal["running", "done"]
    wish: Wish
    created_at: datetime
    lease_ends_at: datetime
    expires_at: datetime
    recipe: Recipe | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said before in a conversation with the chef."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The chef's answer: text, and where the question changes the recipe a new version of it.

    `cooked` tells that the proposal is another dish from the generator, not the same one in other words or amounts;
    `wish` is the request that it answers. `by` is who wrote the text. `tokens` is what a language model took for it,
    whoever answered in the end; None where no model was asked. They are metered, and not kept with the answer.
    """

    text: str
    proposal: Recipe | None = None
    cooked: bool = False
    wish: Wish | None = None
    notices: tuple[Notice, ...] = ()
    by: Literal["built-in", "model"] = "built-in"
    tokens: Tokens | None = None

    @property
    def fell_back(self) -> bool:
        """Whether the house answered because a language model failed."""
        return any(notice.kind == "fallback" for notice in self.notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question that was answered and counted, under its request id.

    `about` is the draft's or recipe's id, `version` the recipe's when it was asked about (a draft: 0), `period` the
    month that the question counts in, `fingerprint` a hash of what was asked.
    """

    request_id: str
    fingerprint: str
    period: str
    about: str
    version: int
    question: str
    reply: Reply
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportEntry:
    """A recipe that somebody brings in, by name, and what became of it.

    `reason` says why it did not come in, or what was left out. One that is "known" is in the box as `recipe_id`
    already, or is the entry at the place `twin`. Only where the recipe was `kept` it can be tried again; `tries` counts
    how often that was asked for. It is `collected` once its collections are written.
    """

    title: str
    state: ImportState = "waiting"
    reason: str = ""
    recipe_id: str | None = None
    kept: bool = True
    tries: int = 0
    twin: int | None = None
    collected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCollection:
    """A collection that somebody brings in, by name, and what became of it: its id, or the reason why there is none."""

    name: str
    waits: bool = True
    collection_id: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a collection that somebody brings in is to hold: the places of entries of the import, in order."""

    name: str
    description: str = ""
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportJob:
    """Recipes on their way into a box, under the id of the request that brought them.

    `fingerprint` is a hash of what was sent, `name` what people call it (a file's name). `stopped` says why it does not
    go on by itself. `parts` is the store's own: how many entries have their recipes in each part, 0 where it is one of
    collections.
    """

    id: str
    fingerprint: str
    name: str
    entries: tuple[ImportEntry, ...]
    created_at: datetime
    expires_at: datetime
    collections: tuple[ImportCollection, ...] = ()
    stopped: str = ""
    parts: tuple[int, ...] = ()
    version: int = 1

    @property
    def left(self) -> int:
        """How many recipes and collections wait."""
        return self.count("waiting") + sum(each.waits for each in self.collections)

    def count(self, state: ImportState) -> int:
        return sum(entry.state == state for entry in self.entries)


# What JSON can hold, with numbers that are exact: int, float and Decimal come back as what they were.
Data = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRecord:
    """Something that a person keeps, of a `type` such as "report"; not stored yet while `version` is 0.

    `data` is by names, lists and further names within it included. `vector` are the numbers of an embedding. From
    `expires_at` on it is gone.
    """

    type: str
    id: str
    data: Mapping[str, Data] = field(default_factory=dict)
    vector: tuple[float, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    expires_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What was used in one period, `YYYY-MM` (guest: `YYYY-MM-DD`), in UTC; `cost_usd` is of what had a price."""

    period: str
    recipes_generated: int = 0
    recipe_queries: int = 0
    tokens: Tokens = Tokens()
    cost_usd: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageEvent:
    """One request of somebody's for which a language model was asked; its ULID makes sure it is counted once.

    `period` is that of the allowance it belongs to; `cost_usd` has at most 12 decimals, and is None where no price was
    set.
    """

    id: str
    action: str
    at: datetime
    period: str
    outcome: Outcome
    model: str
    tokens: Tokens
    cost_usd: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUsage:
    """What language models took for everybody in one month, `YYYY-MM`; of `unpriced` requests the cost is not known."""

    month: str
    requests: int = 0
    unpriced: int = 0
    tokens: Tokens = Tokens()
    cost_usd: Decimal = Decimal(0)


Movable = User | Recipe | Usage | UsageEvent | Session | TypedRecord
Arrival = Literal["written", "there", "taken"]


@dataclass(frozen=True, slots=True)
class Brought:
    """Something that was kept elsewhere, as it is to be kept here with its own id and times, and whose it is."""

    user_id: str
    what: Movable


@dataclass(frozen=True, slots=True)
class StoreCall:
    """One request to the store, or one transaction on the file, with the capacity units that it says it took."""

    kind: str
    seconds: float
    outcome: StoreOutcome = "done"
    read_units: float = 0
    write_units: float = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """One request that was answered; `route` is the rule that its path met, None where it met none.

    `trace_parent` is what a balancer or another service says that it belongs to (W3C Trace Context).
    """

    method: str
    route: str | None
    status: int
    seconds: float
    request_id: str
    trace_parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What answering took in one month, `YYYY-MM`, as far as one process, or all of them, counted it.

    `people` is a sketch of who was served, see `sketch.py`; capacity units come in halves.
    """

    month: str
    requests: int = 0
    calls: int = 0
    read_units: float = 0
    write_units: float = 0
    people: bytes = b""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan includes: recipes and questions a month, recipes saved; None is unlimited."""

    name: str
    recipes: int | None
    questions: int | None
    saved: int | None


@dataclass(frozen=True, slots=True)
class Rate:
    """The state of a rate after one more event was counted."""

    allowed: bool
    count: int
    resets_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a store, in a form that is the same in all of them; `values` are texts, whole numbers and bytes.

    What follows from it (counters, addresses, tokens by their hash, words to search by) each store makes for itself.
    """

    kind: str
    values: Mapping[str, str | int | bytes | None]


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that a store did not take, and why."""

    entry: Entry
    why: str
