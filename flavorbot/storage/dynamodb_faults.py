"""What botocore raises, as errors that say what to do, and whether trying again can help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from botocore import exceptions as botocore

from flavorbot.errors import (
    REMEDIES,
    FieldError,
    FlavorBotError,
    InvalidInput,
    StorageMisconfigured,
    StorageThrottled,
    StorageUnavailable,
)

# Nothing was done, and a moment later it may be: as often as time allows.
OFTEN = 50
TWICE = 2
ONCE = 1
# Characters of what was said that a line of the log has.
MOST_SAID = 300

THROTTLED = frozenset(
    {
        "ProvisionedThroughputExceededException", "ProvisionedThroughputExceeded", "ThrottlingException",
        "ThrottlingError", "Throttling", "RequestLimitExceeded", "LimitExceededException", "SlowDown",
    }
)  # fmt: skip
COLLIDING = frozenset(
    {"TransactionConflictException", "TransactionConflict", "TransactionInProgressException", "ReplicatedWriteConflict"}
)
# What AWS answers where a person must mend something.
REASONS = {
    "AccessDeniedException": "not-permitted",
    "AccessDenied": "not-permitted",
    "OptInRequired": "not-permitted",
    "UnrecognizedClientException": "unknown-credentials",
    "InvalidClientTokenId": "unknown-credentials",
    "InvalidAccessKeyId": "unknown-credentials",
    "InvalidSignatureException": "wrong-signature",
    "SignatureDoesNotMatch": "wrong-signature",
    "RequestTimeTooSkewed": "wrong-signature",
    "IncompleteSignatureException": "no-credentials",
    "IncompleteSignature": "no-credentials",
    "MissingAuthenticationTokenException": "no-credentials",
    "MissingAuthenticationToken": "no-credentials",
    "ExpiredTokenException": "expired-credentials",
    "ExpiredToken": "expired-credentials",
    "RequestExpired": "expired-credentials",
    "KMSAccessDeniedException": "key-not-usable",
    "KMSDisabledException": "key-not-usable",
    "KMSInvalidStateException": "key-not-usable",
    "KMSNotFoundException": "key-not-usable",
    "InaccessibleEncryptionCredentialsException": "key-not-usable",
    "ResourceNotFoundException": "table-missing",
    "TableNotFoundException": "table-missing",
}
# Raised before anything was sent, so nothing can have been carried out.
NOT_SENT = (botocore.EndpointConnectionError, botocore.ConnectTimeoutError, botocore.ProxyConnectionError)
# Raised by botocore itself, from the settings alone.
RAISED: tuple[tuple[type[Exception], str], ...] = (
    (botocore.UnauthorizedSSOTokenError, "expired-credentials"),
    (botocore.SSOError, "expired-credentials"),
    (botocore.TokenRetrievalError, "expired-credentials"),
    (botocore.NoCredentialsError, "no-credentials"),
    (botocore.PartialCredentialsError, "no-credentials"),
    (botocore.CredentialRetrievalError, "no-credentials"),
    (botocore.ProfileNotFound, "no-credentials"),
    (botocore.NoRegionError, "region"),
    (botocore.InvalidRegionError, "region"),
)


class ConditionFailed(Exception):
    """A write was refused by a condition; `failed` are the places of the actions whose condition did not hold.

    `reads` is how often it is worth trying to read what is stored instead.
    """

    reads = OFTEN

    def __init__(self, failed: frozenset[int]) -> None:
        super().__init__(f"conditions {sorted(failed)} do not hold")
        self.failed = failed


class Unanswered(StorageUnavailable):
    """No usable answer came: what was sent may have been carried out."""

    # Much of the time that a person waits is gone already.
    reads = ONCE


@dataclass(frozen=True, slots=True)
class Fault:
    """One failed attempt: what to raise, how many attempts are worth making, and whether another is no load to mind."""

    error: FlavorBotError | ConditionFailed
    attempts: int = ONCE
    free: bool = False


def fault_of(error: Exception, where: str) -> Fault:
    """What an attempt's failure means; `where` names the table and its region or endpoint."""
    if isinstance(error, botocore.ClientError):
        return _answered(error, where)
    if isinstance(error, NOT_SENT):
        reason = "region" if ".amazonaws.com" in str(error) else "unreachable"
        return Fault(StorageUnavailable(_told(where, reason, str(error)), reason), TWICE)
    for kind, reason in RAISED:
        if isinstance(error, kind):
            return _misconfigured(where, reason, str(error))
    if isinstance(error, botocore.ParamValidationError):
        raise error
    return Fault(Unanswered(_told(where, "no-answer", f"{type(error).__name__}: {error}")), TWICE)


def _misconfigured(where: str, reason: str, said: str) -> Fault:
    return Fault(StorageMisconfigured(_told(where, reason, said), reason))


def _told(where: str, reason: str, said: str) -> str:
    """One line for whoever runs this: what it is about, what to do, and what AWS or botocore said."""
    # What is no DynamoDB may answer with a whole page.
    said = shorten(said, MOST_SAID, placeholder=" …")
    return f"{where}: {REMEDIES[reason]} ({said})" if said else f"{where}: {REMEDIES[reason]}"


def _answered(error: botocore.ClientError, where: str) -> Fault:
    code = str(error.response.get("Error", {}).get("Code", ""))
    message = str(error.response.get("Error", {}).get("Message", ""))
    if code == "ConditionalCheckFailedException":
        return Fault(ConditionFailed(frozenset({0})))
    if code == "TransactionCanceledException":
        return _cancelled(error.response.get("CancellationReasons", []), message, where)
    if code in REASONS:
        return _misconfigured(where, REASONS[code], message)
    if code == "ValidationException":
        return _invalid(message, where)
    return _passing(code, message, where)


def _cancelled(reasons: Sequence[Mapping[str, Any]], message: str, where: str) -> Fault:
    codes = [str(reason.get("Code") or "None") for reason in reasons]
    failed = frozenset(place for place, code in enumerate(codes) if code == "ConditionalCheckFailed")
    if failed:
        return Fault(ConditionFailed(failed))
    code = next((code for code in codes if code != "None"), "")
    if code == "ValidationError":
        return _invalid(message, where)
    return _passing(code, message, where)


def _invalid(message: str, where: str) -> Fault:
    if "size has exceeded" in message or "size exceeded" in message:
        return Fault(InvalidInput([FieldError("", "This is too long to be kept.")]))
    return _misconfigured(where, "table-different", message)


def _passing(code: str, message: str, where: str) -> Fault:
    if code in THROTTLED:
        return Fault(StorageThrottled(_told(where, "throttled", code)), OFTEN)
    if code in COLLIDING:
        return Fault(StorageUnavailable(_told(where, "colliding", code), "colliding"), OFTEN, free=True)
    return Fault(Unanswered(_told(where, "no-answer", f"{code}: {message}")), TWICE)
