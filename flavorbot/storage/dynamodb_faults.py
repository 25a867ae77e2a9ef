"""What botocore raises, as errors that say what to do, and whether trying again can help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore import exceptions as botocore

from flavorbot.errors import (
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

THROTTLED = frozenset(
    {
        "ProvisionedThroughputExceededException", "ProvisionedThroughputExceeded", "ThrottlingException",
        "ThrottlingError", "Throttling", "RequestLimitExceeded", "LimitExceededException", "SlowDown",
    }
)  # fmt: skip
COLLIDING = frozenset(
    {"TransactionConflictException", "TransactionConflict", "TransactionInProgressException", "ReplicatedWriteConflict"}
)
DENIED = {
    "AccessDeniedException": "these credentials may not use the table: grant the actions that the README lists",
    "UnrecognizedClientException": "these credentials are not known: check AWS_ACCESS_KEY_ID, or the task's role",
    "InvalidAccessKeyId": "these credentials are not known: check AWS_ACCESS_KEY_ID, or the task's role",
    "InvalidSignatureException": "the secret key is wrong, or this machine's clock is",
    "IncompleteSignatureException": "the credentials are not complete",
    "MissingAuthenticationTokenException": "there are no credentials in the request",
    "MissingAuthenticationToken": "there are no credentials in the request",
    "ExpiredTokenException": "the credentials have expired: get new ones",
    "KMSAccessDeniedException": "these credentials may not use the key that encrypts the table",
}
# Raised before anything was sent, so nothing can have been carried out.
NOT_SENT = (botocore.EndpointConnectionError, botocore.ConnectTimeoutError, botocore.ProxyConnectionError)
NO_CREDENTIALS = (botocore.NoCredentialsError, botocore.PartialCredentialsError, botocore.CredentialRetrievalError)


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
    """One failed attempt: what to raise, and how many attempts are worth making."""

    error: FlavorBotError | ConditionFailed
    attempts: int = ONCE


def fault_of(error: Exception, where: str) -> Fault:
    """What an attempt's failure means; `where` names the table and its region or endpoint."""
    if isinstance(error, botocore.ClientError):
        return _answered(error, where)
    if isinstance(error, NOT_SENT):
        return Fault(StorageUnavailable(f"{where} cannot be reached: {error}"), TWICE)
    if isinstance(error, NO_CREDENTIALS):
        return Fault(StorageMisconfigured(f"{where}: no AWS credentials were found; set them or the task's role"))
    if isinstance(error, botocore.NoRegionError):
        return Fault(StorageMisconfigured(f"{where}: AWS_REGION is not set"))
    if isinstance(error, botocore.ParamValidationError):
        raise error
    return Fault(Unanswered(f"{where} gave no usable answer: {type(error).__name__}: {error}"), TWICE)


def _answered(error: botocore.ClientError, where: str) -> Fault:
    code = str(error.response.get("Error", {}).get("Code", ""))
    message = str(error.response.get("Error", {}).get("Message", ""))
    if code == "ConditionalCheckFailedException":
        return Fault(ConditionFailed(frozenset({0})))
    if code == "TransactionCanceledException":
        return _cancelled(error.response.get("CancellationReasons", []), message, where)
    if code in DENIED:
        return Fault(StorageMisconfigured(f"{where}: {DENIED[code]} ({message})"))
    if code in ("ResourceNotFoundException", "TableNotFoundException"):
        return Fault(StorageMisconfigured(f"{where} does not exist there: run `flask db-setup`, or check the region"))
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
    return Fault(StorageMisconfigured(f"{where} refused this ({message}): check its name, and run `flask db-setup`"))


def _passing(code: str, message: str, where: str) -> Fault:
    if code in THROTTLED:
        return Fault(StorageThrottled(f"{where} is over its capacity ({code}): raise its limits"), OFTEN)
    if code in COLLIDING:
        return Fault(StorageUnavailable(f"{where}: others kept changing the same things"), OFTEN)
    return Fault(Unanswered(f"{where} answered {code}: {message}"), TWICE)
