"""Every seam of FlavorBot on one page: what a storage and a generator promise, and the errors they may raise.

Any storage method may raise `StorageError`. Anything whose time has passed (session, draft, rate window, deleted
recipe) counts as absent, even while the store still holds it. Text that UTF-8 cannot hold, and items over the store's
limit, are `InvalidInput`.
"""

from __future__ import annotations

from collections.abc import Container, Generator, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from flavorbot.model import (
    AccessToken,
    Answered,
    Arrival,
    Binned,
    BoxVersion,
    Brought,
    Collection,
    CookOutcome,
    Draft,
    Entry,
    Erasure,
    Event,
    Exchange,
    Gathered,
    Generated,
    Identity,
    ImportJob,
    Ingredient,
    Instruction,
    Mail,
    MailToken,
    ModelUsage,
    Movable,
    Owner,
    Page,
    Passkey,
    Rate,
    Recipe,
    RecipeQuery,
    Refusal,
    Refused,
    Reply,
    SecondFactor,
    Session,
    SessionEvent,
    Share,
    Shelf,
    Spending,
    StoreCall,
    Turn,
    TypedRecord,
    Unreadable,
    Usage,
    UsageEvent,
    User,
    Wish,
)


class IUsers(Protocol):
    """People with an account."""

    def create_user(
        self,
        user: User,
        session: Session | None = None,
        replaces: str | None = None,
        identity: Identity | None = None,
    ) -> None:
        """Store a new person and, in the same step, their first session (see `start_session`) and outside identity.

        `EmailTaken`, `IdentityTaken`.
        """

    def get_user(self, user_id: str) -> User | None: ...

    def user_by_email(self, email: str) -> User | None:
        """The owner of an address, letter case folded; one read."""

    def update_user(self, user: User, session_data: Mapping[str, str]) -> User:
        """Store what changed, on the condition that `user.version` is the stored one; `VersionConflict`, `NotFound`.

        `session_data` is set in every session of this person in the same step. The answer has the next version.
        """

    def change_email(self, user: User, email: str, session_data: Mapping[str, str]) -> User:
        """Move a person to an address nobody has, otherwise like `update_user`; `EmailTaken`."""


class ISessions(Protocol):
    """Web sessions, and the devices of a signed-in person."""

    def load_session(self, sid: str) -> Session | None: ...

    def start_session(self, session: Session, replaces: str | None = None, version: int | None = None) -> None:
        """Store a new session and drop the one it replaces, in one step.

        `NotFound` for whoever is gone or disabled, or, with `version`, was changed since that one.
        """

    def save_session(
        self,
        sid: str,
        changes: Mapping[str, str | None],
        expires_at: datetime,
        expected: Mapping[str, str] | None = None,
    ) -> bool:
        """Set the changed keys (None drops one) and the new idle limit.

        False when the session has ended meanwhile, or when a key is not as `expected` any more.
        """

    def end_session(self, sid: str, user_id: str | None = None) -> None: ...

    def list_sessions(self, user_id: str) -> Sequence[Session]:
        """A person's devices, latest first; `data` is empty."""


class IRecipes(Protocol):
    """A person's recipe box. Every method sees the recipes of `user_id` alone."""

    def create_recipe(self, user_id: str, recipe: Recipe, limit: int | None, key: str | None = None) -> Recipe:
        """Store a new recipe under `recipe.id` as version 1.

        An id, or a `key` of the last 24 hours, that was stored already with the same content gives that recipe; with
        other content `RequestReused`; one deleted since `Conflict`. Over `limit` recipes `BoxFull`.
        """

    def get_recipe(self, user_id: str, recipe_id: str) -> Recipe | None: ...

    def update_recipe(self, user_id: str, before: Recipe, after: Recipe) -> Recipe:
        """Store an edit of `before`, on the condition that this is the stored version; the answer has the next one.

        `before` is kept as a past version, unless `after` only logs that it was cooked. `VersionConflict`, `NotFound`.
        """

    def list_versions(self, user_id: str, recipe_id: str) -> Sequence[Recipe]:
        """The past versions of a recipe, latest first: at most 20, each for a year."""

    def get_version(self, user_id: str, recipe_id: str, version: int) -> Recipe | None:
        """One past version."""

    def delete_recipe(self, user_id: str, recipe_id: str) -> bool:
        """Move it to the bin for 30 days; False when there is none."""

    def restore_recipe(self, user_id: str, recipe_id: str, limit: int | None) -> bool:
        """Take it out of the bin; False when it is not there, `BoxFull` over `limit`."""

    def list_bin(self, user_id: str) -> Sequence[Binned]:
        """What is in the bin, deleted last first."""

    def purge_recipe(self, user_id: str, recipe_id: str) -> bool:
        """Delete a recipe that is in the bin, and its past versions, for good; False when it is not there."""

    def box_version(self, user_id: str) -> BoxVersion:
        """Moves with every recipe that is stored, edited, deleted or restored, in the same step; one read."""

    def list_recipes(self, user_id: str, query: RecipeQuery, limit: int, cursor: str | None = None) -> Page:
        """Up to `limit` cards. A cursor that is forged, foreign or of another query is a `BadRequest`."""


class IShares(Protocol):
    """Links to recipes, at most one for each: found by their owner and by the hash of their token."""

    def create_share(self, share: Share) -> Share:
        """Keep a new link; where the recipe has one already, that stays and is the answer."""

    def change_share(self, share: Share) -> bool:
        """Store another expiry and whether it is published; False when the link was ended meanwhile."""

    def get_share(self, user_id: str, recipe_id: str) -> Share | None: ...

    def share_by_token(self, token_hash: str) -> Share | None:
        """Whose link this is, and to what; one read."""

    def end_share(self, share: Share) -> bool:
        """The link leads nowhere from now on; False when it was ended before."""


class IReading(Protocol):
    """Many of a person's recipes at once; those in the bin are left out."""

    def read_recipes(self, user_id: str, ids: Sequence[str] | None = None) -> Iterator[Recipe | Unreadable]:
        """Whole recipes, read as they are asked for: the box from its oldest on, or those of `ids` in that order."""

    def existing_recipes(self, user_id: str, ids: Sequence[str]) -> frozenset[str]:
        """Which of these are in the box now."""


class ICollections(Protocol):
    """A person's collections. Every method sees the collections of `user_id` alone.

    Names are unique without case, accents and extra spaces: a second of one is a `Conflict`. Ids of recipes are ULIDs,
    each once, whether or not such a recipe exists.
    """

    def create_collection(self, user_id: str, collection: Collection) -> Collection:
        """Store a new one as version 1; the same id with the same content again gives it. `Conflict`, also over 200."""

    def get_collection(self, user_id: str, collection_id: str) -> Collection | None: ...

    def list_collections(self, user_id: str, holding: str | None = None) -> Sequence[Shelf]:
        """All of them by name, each with whether it `holds` the recipe of that id."""

    def update_collection(self, user_id: str, collection: Collection) -> Collection:
        """Store a change made from `collection.version`; `VersionConflict`, `NotFound`, `Conflict` for its name."""

    def delete_collection(self, user_id: str, collection_id: str) -> bool:
        """Its recipes stay; False when there is none."""


class IAccessTokens(Protocol):
    """What lets scripts in: found by its owner, and by the hash of its text, until it expires or is ended."""

    def create_access_token(self, token: AccessToken) -> None:
        """Keep a new one."""

    def access_token(self, token_hash: str) -> AccessToken | None:
        """Whose it is; one read."""

    def list_access_tokens(self, user_id: str) -> Sequence[AccessToken]:
        """All that work, newest first."""

    def touch_access_token(self, token: AccessToken, now: datetime) -> None:
        """Remember that it was used; nothing happens to one that was ended."""

    def end_access_token(self, user_id: str, token_id: str) -> bool:
        """It opens nothing from now on; False when there is none."""


class IMailTokens(Protocol):
    """What links in mails do: of each kind a person has one at most, and each is good once."""

    def put_mail_token(self, token: MailToken) -> None:
        """Keep it; the person's earlier one of this kind is void from now on."""

    def mail_token(self, token_hash: str) -> MailToken | None: ...

    def take_mail_token(self, token: MailToken) -> bool:
        """Use it up; False when it was used or replaced meanwhile."""


class IEvents(Protocol):
    """What happened to a person's account, each for 90 days."""

    def add_event(self, user_id: str, event: Event) -> None: ...

    def list_events(self, user_id: str, limit: int) -> Sequence[Event]:
        """The latest ones first."""


class IPasskeys(Protocol):
    """The keys of a person's devices. Every method but the first sees those of `user_id` alone."""

    def add_passkey(self, passkey: Passkey) -> bool:
        """Keep a new one; False when this person has it already."""

    def get_passkey(self, user_id: str, passkey_id: str) -> Passkey | None: ...

    def list_passkeys(self, user_id: str) -> Sequence[Passkey]:
        """All of them, oldest first."""

    def update_passkey(self, before: Passkey, after: Passkey) -> bool:
        """Store that it was used, and its new count; False when it was used meanwhile, or deleted."""

    def delete_passkey(self, user_id: str, passkey_id: str) -> bool: ...


class IIdentities(Protocol):
    """Outside identities, each of which signs in one person."""

    def add_identity(self, identity: Identity) -> None:
        """Link it; nothing happens when it is linked to this person already, `IdentityTaken` when to another."""

    def find_identity(self, issuer: str, subject: str) -> Identity | None:
        """Whom it signs in; one read."""

    def list_identities(self, user_id: str) -> Sequence[Identity]:
        """All of a person's, oldest first."""

    def delete_identity(self, identity: Identity) -> bool:
        """It signs nobody in from now on; False when it was not this person's."""


class ISecondFactors(Protocol):
    """What makes the codes of a person's authenticator app; whether they are asked for stands with the person."""

    def put_second_factor(self, factor: SecondFactor) -> None:
        """Keep it in place of any other of this person's."""

    def get_second_factor(self, user_id: str) -> SecondFactor | None: ...

    def update_second_factor(self, factor: SecondFactor) -> bool:
        """Store a change made from `factor.version`; False when it changed or was deleted since."""

    def delete_second_factor(self, user_id: str) -> None: ...


class IDrafts(Protocol):
    """Generations and the allowance they are taken from, which is counted exactly."""

    def reserve_draft(self, owner: Owner, draft: Draft, limit: int | None, resets_at: datetime) -> Draft:
        """Claim `draft.request_id` and take one recipe from the allowance of `draft.period`, in one step.

        The answer is what is stored now: this claim (the same `claim`), or the draft that the same request made before,
        for which nothing is taken. `AllowanceSpent` over `limit`, `RequestReused` for another fingerprint.
        """

    def finish_draft(self, owner: Owner, draft: Draft, event: UsageEvent | None = None, charged: bool = True) -> bool:
        """Store the result of a claim and meter `event`, in one step; False when it is no longer held.

        Not `charged`, the same step gives the allowance back to the period it was taken from.
        """

    def release_draft(self, owner: Owner, draft: Draft, event: UsageEvent | None = None) -> None:
        """Drop a claim and give the allowance back to the period it was taken from; once only, however often called.

        `event` is metered once, too, also where the claim was dropped or finished before.
        """

    def add_draft(self, owner: Owner, draft: Draft) -> None:
        """Store a draft that is done and takes nothing from the allowance; one of its id that is there stays."""

    def get_draft(self, owner: Owner, request_id: str) -> Draft | None: ...

    def list_usage(self, owner: Owner, first: str, last: str) -> Sequence[Usage]:
        """What was used in the periods `first` to `last`, oldest first; periods without use are left out."""


class IMetering(Protocol):
    """What language models took, for whoever runs this; counted in the steps that meter events."""

    def list_model_usage(self, months: Sequence[str]) -> Sequence[ModelUsage]:
        """Of everybody in each of these months, in the order given."""


class ISpending(Protocol):
    """What answering took, for whoever runs this; kept now and then by each process, never by a request."""

    def keep_spending(self, process: str, spending: Spending) -> None:
        """All that this process counted of the month so far, in place of what it kept before; for 400 days."""

    def list_spending(self, month: str) -> Iterator[Spending]:
        """What each process counted of the month."""


class IQuestions(Protocol):
    """Questions to the chef and the allowance they are taken from, which is counted exactly."""

    def count_question(
        self,
        owner: Owner,
        asked: Exchange,
        limit: int | None,
        resets_at: datetime,
        event: UsageEvent | None = None,
        charged: bool = True,
    ) -> Exchange:
        """Store an answered question and take one from the allowance of `asked.period`, in one step.

        What a model took is counted in the same step; with `charged` False the question itself is not. The answer is
        what is stored now: this, or what the same request was answered before, for which nothing is taken.
        `AllowanceSpent` over `limit`, `RequestReused` for another fingerprint.
        """

    def get_question(self, owner: Owner, request_id: str) -> Exchange | None: ...


class IImports(Protocol):
    """Recipes on their way into a box: kept until they are in, or for as long as the job says."""

    def begin_import(
        self, user_id: str, job: ImportJob, recipes: Sequence[Recipe | None], gathered: Sequence[Gathered] = ()
    ) -> ImportJob:
        """Store a job, the recipes of its entries, None where there is none, and what its collections are to hold.

        The answer is what is stored under its id now: this, or the job that the same request made before.
        `RequestReused` for another fingerprint.
        """

    def get_import(self, user_id: str, import_id: str) -> ImportJob | None: ...

    def list_imports(self, user_id: str) -> Sequence[ImportJob]:
        """A person's jobs, latest first."""

    def import_recipes(self, user_id: str, job: ImportJob, place: int) -> tuple[int, Sequence[Recipe | None]]:
        """The recipe of the entry at `place` and those stored with it, in order, and the place of the first.

        `NotFound` when they are gone.
        """

    def import_collections(self, user_id: str, job: ImportJob) -> Sequence[Gathered]:
        """What the job's collections are to hold, in their order; `NotFound` when it is gone."""

    def update_import(self, user_id: str, job: ImportJob) -> ImportJob:
        """Store what became of the entries, on the condition that `job.version` is the stored one.

        The answer has the next version. `VersionConflict`, `NotFound`.
        """

    def delete_import(self, user_id: str, import_id: str) -> bool: ...


class IRecords(Protocol):
    """Whatever else a person keeps, by types of its own. Every method sees the records of `user_id` alone."""

    def save_record(self, user_id: str, record: TypedRecord) -> TypedRecord:
        """Store a new one as version 1; the same id with the same content again gives it, with other `RequestReused`.

        A type is of small letters, digits and `_`, 40 at most. What JSON cannot hold is `InvalidInput`.
        """

    def get_record(self, user_id: str, type_: str, record_id: str) -> TypedRecord | None: ...

    def list_records(self, user_id: str, type_: str | None = None) -> Iterator[TypedRecord]:
        """Those of a type by their ids, or of every type, one after the other; read as they are asked for."""

    def update_record(self, user_id: str, record: TypedRecord) -> TypedRecord:
        """Store a change made from `record.version`; the answer has the next. `VersionConflict`, `NotFound`."""

    def delete_record(self, user_id: str, type_: str, record_id: str) -> bool:
        """False when there is none."""


class IKept(Protocol):
    """All that a person has of a kind, also what no list shows, read as it is asked for."""

    def read_bin(self, user_id: str) -> Iterator[Recipe | Unreadable]:
        """The whole recipes that are in the bin."""

    def read_versions(self, user_id: str) -> Iterator[Recipe | Unreadable]:
        """The past versions of all recipes that there are, those of one after those of another, oldest first."""

    def read_drafts(self, user_id: str) -> Iterator[Draft]: ...

    def read_questions(self, user_id: str) -> Iterator[Exchange]: ...

    def read_shares(self, user_id: str) -> Iterator[Share]: ...

    def read_usage_events(self, user_id: str) -> Iterator[UsageEvent]:
        """Oldest first."""


class IErasing(Protocol):
    """Accounts that are deleted for good: begun in one step, then gone on with by whoever comes by."""

    def begin_erasure(self, user: User, erasure: Erasure) -> None:
        """From now on nobody is this person: their profile, address and sessions are gone. `NotFound` if they were."""

    def erase_some(self, erasure: Erasure) -> Erasure:
        """Delete some hundred things more; the answer is how it stands, which others may bring on at the same time.

        What leads to a thing from elsewhere goes before it, so that nothing is lost sight of when this breaks off.
        """

    def get_erasure(self, erasure_id: str) -> Erasure | None:
        """How it stands, or the report, which is kept for 30 days."""

    def list_erasures(self) -> Sequence[Erasure]:
        """Those that are not closed."""


class IOperating(Protocol):
    """What no request asks for, since it reads the whole store."""

    def every_user(self) -> Iterator[User]:
        """Everybody with an account, in no order, read in pages."""


class IWhole(Protocol):
    """All that a store keeps, for whoever runs this; no request asks for it."""

    @property
    def where(self) -> str:
        """Which store this is, for whoever runs it."""

    @property
    def exact(self) -> bool:
        """Whether all `entries` are of one moment; else each is of when it was read."""

    def entries(self, kinds: Container[str]) -> Generator[Entry, None, None]:
        """Everything of these kinds, read as it is asked for, deletions of accounts last; what is over is left out.

        To be closed by whoever does not read to the end.
        """

    def put_entries(self, entries: Iterable[Entry]) -> Sequence[Refused]:
        """Store each in place of the one of its key, and what follows from it; to do it again does no harm."""

    def drop_entries(self, entries: Iterable[Entry]) -> None:
        """Delete them, and what follows from them, given as they are stored."""

    def about_how_many(self) -> int: ...


class IMoving(Protocol):
    """Things by the many, for whoever moves data in; never for a request."""

    def bring_in(self, things: Sequence[Brought]) -> Sequence[Arrival]:
        """Store those that are not there, as the other methods would have; what is there stays as it is.

        A person whose address has an account already is "taken". `InvalidInput` for what no store keeps.
        """

    def look_up(self, things: Sequence[Brought]) -> Sequence[Movable | None]:
        """What is stored in the place of each, whatever became of it since."""

    def known_users(self, ids: Sequence[str]) -> frozenset[str]:
        """Which of these are people with an account."""

    def settle_boxes(self, boxes: Mapping[str, int | None]) -> None:
        """Make right what is counted of people's boxes, once the recipes that were brought in are all there.

        With each stands how many these were, where none of them was there before: a box of which nothing has been
        counted yet need not be read for that. None where some were there.
        """


class IRates(Protocol):
    """Counters that all workers share."""

    def check_rate(self, action: str, subject: str, limit: int, window_s: int) -> Rate:
        """Count one event of `subject` and say whether it is within `limit` in this window; one conditional write."""


class IHealth(Protocol):
    """Whether the store can be worked with."""

    def check(self) -> None:
        """Return when the store answers and is laid out as expected, else raise a `StorageError` that says why not."""


class IStorage(
    IUsers,
    ISessions,
    IAccessTokens,
    IMailTokens,
    IEvents,
    IPasskeys,
    IIdentities,
    ISecondFactors,
    IRecipes,
    IReading,
    ICollections,
    IShares,
    IDrafts,
    IQuestions,
    IImports,
    IMetering,
    ISpending,
    IRecords,
    IKept,
    IErasing,
    IOperating,
    IWhole,
    IMoving,
    IRates,
    IHealth,
    Protocol,
):
    """Everything FlavorBot keeps."""


class IWatch(Protocol):
    """Whoever counts or records what happens, as it happens, from any thread; it must take next to no time."""

    def begin(self) -> None:
        """A request begins in this thread."""

    def request(self, answered: Answered) -> None: ...

    def storage_call(self, call: StoreCall) -> None: ...

    def cooked(self, outcome: CookOutcome) -> None:
        """A recipe was asked for, new or changed."""

    def refused(self, what: Refusal) -> None:
        """An allowance, or the box, was used up."""

    def session(self, what: SessionEvent) -> None:
        """A session began, was ended, or was asked for under a name that is not known any more."""


@runtime_checkable
class IMetrics(IWatch, Protocol):
    """A watch that tells what it counted."""

    def text(self) -> bytes:
        """All of it, of all workers of this machine, as Prometheus reads it."""


class IWatcher(Protocol):
    """Whoever looks on while a recipe is made, from any thread.

    A title, a line or a step has passed the checker by itself when it is shown; the recipe as a whole has not yet.
    """

    def stage(self, message: str) -> None:
        """What is being done now, as a sentence for people."""

    def title(self, text: str) -> None: ...

    def line(self, ingredient: Ingredient) -> None: ...

    def step(self, instruction: Instruction) -> None: ...

    def restart(self) -> None:
        """Take back whatever was shown."""

    def has_left(self) -> bool:
        """Whether nobody waits any more; then whoever cooks stops and raises `Abandoned`."""


class IGenerator(Protocol):
    """Whoever invents recipes. Each recipe has passed the kitchen's checker before it is returned."""

    name: str

    def generate(self, wish: Wish, watcher: IWatcher | None = None) -> Generated:
        """A recipe for a wish; same wish and seed, same recipe. `InvalidInput` if it cannot be met, `Abandoned`.

        A generator that takes a while shows a watcher what it has so far. A `FlavorBotError` that it raises says in
        `tokens` what a model took all the same.
        """

    def refine(self, wish: Wish, recipe: Recipe, instruction: str) -> Generated:
        """The recipe changed as told ("quicker", "for 6"). `InvalidInput` if nothing of it is understood."""


class IChef(Protocol):
    """Whoever answers questions about a recipe."""

    def ask(self, recipe: Recipe, wish: Wish, question: str, turns: Sequence[Turn] = ()) -> Reply:
        """The answer for someone with the needs of `wish`, who said `turns` before. `GeneratorBusy`.

        A proposal has passed the kitchen's checker as far as the recipe itself does.
        """


class IMailer(Protocol):
    """Whoever takes mail to people."""

    delivers: bool
    """Whether mail leaves this machine; else it is only kept."""

    def send(self, mail: Mail) -> None:
        """Hand it over within ten seconds; `MailError`, `InvalidInput` for an address that is refused."""
