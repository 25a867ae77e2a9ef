"""Ways into a DynamoDB store's clients: losing answers, and giving others in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ReadTimeoutError
from botocore.model import OperationModel
from moto.core.botocore_stubber import MockRawResponse

from flavorbot.storage.dynamodb import DynamoDBStorage
from tests.storage.conftest import Store

WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"})
JSON = HTTPHeaders.from_dict({"content-type": "application/x-amz-json-1.0"})


@contextmanager
def hooked(store: Store, event: str, handler: Callable[..., object]) -> Iterator[None]:
    """Let both clients of the store call a handler at an event of botocore's."""
    assert isinstance(store.storage, DynamoDBStorage)
    clients = store.storage.table.clients
    with ExitStack() as stack:
        for client in (clients.single(), clients.transactions()):
            client.meta.events.register_first(event, handler)
            stack.callback(client.meta.events.unregister, event, handler)
        yield


@contextmanager
def lost_answers(store: Store, count: int) -> Iterator[list[str]]:
    """Lose the answers to the next `count` writes, after they were carried out."""
    lost: list[str] = []

    def lose(http_response: Any, model: OperationModel, **_: object) -> None:  # noqa: ANN401
        if model.name in WRITES and len(lost) < count and http_response.status_code == 200:
            lost.append(model.name)
            raise ReadTimeoutError(endpoint_url="the store")

    with hooked(store, "after-call.dynamodb", lose):
        yield lost


@contextmanager
def answering(
    store: Store, times: int, status: int = 200, body: bytes = b"", error: Exception | None = None
) -> Iterator[None]:
    """Give this answer, or raise this error, in place of sending the next requests; moto would act on them still."""
    left = [times]

    def answer(**_: object) -> AWSResponse | None:
        left[0] -= 1
        if left[0] < 0:
            return None
        if error is not None:
            raise error
        return AWSResponse("http://store", status, JSON, MockRawResponse(body))

    with hooked(store, "before-send.dynamodb", answer):
        yield
