"""What can go wrong, in words a person can act on; `status` is the HTTP status each becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flavorbot.model import Refusal, Tokens


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that cannot be accepted, and why; `field` is the name in the form and in the JSON body.

    `entry` is the place, from 0, of the one meant in a list.
    """

    field: str
    message: str
    entry: int | None = None


class FlavorBotError(Exception):
    """Base of every error that may reach a person; `detail` is safe to show.

    `tokens` is what a language model took in vain; None where none was asked.
    """

    status = 500
    title = "Something went wrong"
    tokens: Tokens | None = None

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title


class SettingsError(FlavorBotError):
    """The environment cannot be run with; `problems` names every one of them."""

    title = "These settings cannot be used"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


class InvalidInput(FlavorBotError):
    """Readable, but not acceptable; `errors` says what to change, field by field."""

    status = 422
    title = "Please check what you entered"

    def __init__(self, errors: Sequence[FieldError], detail: str = "") -> None:
        super().__init__(detail or " ".join(error.message for error in errors))
        self.errors = tuple(errors)


class BadRequest(FlavorBotError):
    """Not readable at all: broken JSON, a forged cursor, a header that means nothing."""

    status = 400
    title = "That request could not be read"


class NotSignedIn(FlavorBotError):
    """Only for people who are signed in."""

    status = 401
    title = "Please sign in"


class CodeNeeded(NotSignedIn):
    """The password is right, and a code of the second factor is missing or wrong."""

    title = "Enter a code, too"

    @property
    def errors(self) -> tuple[FieldError, ...]:
        return (FieldError("code", self.detail),)


class Forbidden(FlavorBotError):
    """Understood and refused: another site's form, or something the plan does not include."""

    status = 403
    title = "That is not allowed"


class NotConfirmed(Forbidden):
    """Only for whoever showed in the last minutes that it is them; a page sends them to do so."""

    title = "Confirm that it is you"


class BoxFull(Forbidden):
    """The plan's number of saved recipes is reached."""

    title = "Your recipe box is full"


class NotFound(FlavorBotError):
    """It does not exist, or belongs to someone else: the same answer for both."""

    status = 404
    title = "We could not find that"


class Conflict(FlavorBotError):
    """It cannot be done as things stand now."""

    status = 409
    title = "That no longer fits"


class Abandoned(Conflict):
    """Whoever waited for a recipe has left, so it was not cooked to the end."""

    title = "Nobody waits for this recipe any more"

    def __init__(self, tokens: Tokens | None = None) -> None:
        super().__init__()
        self.tokens = tokens


class EmailTaken(Conflict):
    """Another account owns this e-mail address."""

    title = "No account was made"


class IdentityTaken(Conflict):
    """This outside identity signs in to an account already."""

    title = "Nothing was linked"


class ProviderError(FlavorBotError):
    """An outside sign-in provider did not answer as agreed; the log says how."""

    status = 502
    title = "The sign-in provider does not answer as it should"


class ProviderRefused(FlavorBotError):
    """What came back from a sign-in provider does not show who somebody is."""

    status = 400
    title = "You are not signed in"


class RequestReused(Conflict):
    """The same request id came again with other content."""

    title = "This request was already used for something else"


class VersionConflict(Conflict):
    """The thing was changed after the version that this edit was made from."""

    title = "Someone changed this in the meantime"


class TooManyRequests(FlavorBotError):
    """Over a rate; `resets_at` says when it works again."""

    status = 429
    title = "Too many requests"

    def __init__(self, detail: str, resets_at: datetime) -> None:
        super().__init__(detail)
        self.resets_at = resets_at


class AllowanceSpent(TooManyRequests):
    """The allowance of this month (a guest: of this day) is used up; `what` is counted by it."""

    title = "You have used up your allowance"

    def __init__(self, detail: str, resets_at: datetime, what: Refusal = "recipes") -> None:
        super().__init__(detail, resets_at)
        self.what = what


# Why a store cannot do its part, and what whoever runs this does about it; neither names anything of theirs.
REMEDIES = {
    "table-missing": "there is no such table: run `flask db-setup`, or set AWS_REGION and DYNAMODB_TABLE_NAME right",
    "table-different": "the table is not laid out as expected: run `flask db-setup`, which says what differs",
    "region": "no DynamoDB is reached there: set AWS_REGION to the table's, such as eu-central-1, or check the network",
    "unreachable": "nothing answers there: look whether it runs, at DYNAMODB_ENDPOINT and at the network",
    "no-answer": "no usable answer comes: look whether it is a DynamoDB, whether it is overloaded, and at the network",
    "no-credentials": "no AWS credentials were found: give the task a role, or set AWS_ACCESS_KEY_ID and"
    " AWS_SECRET_ACCESS_KEY",
    "unknown-credentials": "the AWS credentials are not known there: check AWS_ACCESS_KEY_ID, or the task's role",
    "wrong-signature": "AWS_SECRET_ACCESS_KEY is not the one of this key, or this machine's clock is wrong",
    "expired-credentials": "the AWS credentials have expired: get new ones, or let the task's role give them",
    "not-permitted": "these AWS credentials may not do this: grant the actions that the README lists for the table",
    "key-not-usable": "the KMS key that encrypts the table cannot be used: enable it, and permit its use",
    "throttled": "the table is over its capacity: raise its limits, or wait until it has grown",
    "colliding": "others keep changing the same things: try again",
    "locked": "another process holds the file: end it, or wait",
    "disk-full": "no space is left for the file: free some, nothing else needs doing",
    "disk-failing": "the file cannot be read or written: look whether its disk is full, and at the system's log",
    "not-writable": "the file cannot be made or opened for writing: check FLAVORBOT_DATA and the folder's permissions",
    "damaged": "the file is damaged: move it away, and put back a backup by `flask db-restore`",
    "refused": "it cannot be used as it is set up: the log says why",
}


class StorageError(FlavorBotError):
    """The store could not do its part; `detail` is for the operator, people see a general page.

    `reason` is one of `REMEDIES`.
    """

    status = 503
    title = "Our storage is not answering just now"
    reason = "no-answer"

    def __init__(self, detail: str = "", reason: str | None = None) -> None:
        super().__init__(detail)
        self.reason = reason or self.reason

    @property
    def remedy(self) -> str:
        """What to do, in words that may be public."""
        return REMEDIES[self.reason]


class StorageUnavailable(StorageError):
    """Not reachable, or no answer in time."""


class StorageThrottled(StorageError):
    """Reachable, but over its capacity."""

    reason = "throttled"


class StorageMisconfigured(StorageError):
    """Table missing or different, wrong region, no permission, expired credentials: a person must mend it."""

    reason = "refused"


class UnusableBackup(FlavorBotError):
    """A backup that is damaged, of a newer version, or cannot be written."""

    title = "This backup cannot be used"


class MailError(FlavorBotError):
    """Mail could not be handed over; the log says why."""

    status = 503
    title = "The mail server does not answer; nothing was sent"


class TooBusy(FlavorBotError):
    """As many do this at once as may; trying again helps."""

    status = 503
    title = "We are busy just now"


class GeneratorBusy(FlavorBotError):
    """Too much is being cooked at once; trying again helps."""

    status = 503
    title = "The kitchen is busy"
