"""Requests as botocore's serializer writes them, for parameters of which only bytes are not JSON already."""

from __future__ import annotations

import json
from binascii import b2a_base64
from collections.abc import Mapping
from typing import Any

from botocore.model import OperationModel


class Serializer:
    """Takes the place of a client's own, which it asks for operations that are not among the `fast` ones."""

    def __init__(self, own: Any, fast: frozenset[str]) -> None:  # noqa: ANN401
        self._own = own
        self._fast = fast
        self._encoder = json.JSONEncoder(default=_in_base64)

    def serialize_to_request(self, parameters: Mapping[str, Any], operation_model: OperationModel) -> dict[str, Any]:
        """The parts of a request, as `botocore.serialize.JSONSerializer` names them."""
        if operation_model.name not in self._fast:
            return self._own.serialize_to_request(parameters, operation_model)  # type: ignore[no-any-return]
        about = operation_model.metadata
        headers = {
            "X-Amz-Target": f"{about['targetPrefix']}.{operation_model.name}",
            "Content-Type": f"application/x-amz-json-{about['jsonVersion']}",
        }
        body = self._encoder.encode(parameters).encode()
        return {"url_path": "/", "query_string": "", "method": "POST", "headers": headers, "body": body}


def _in_base64(value: object) -> str:
    if isinstance(value, bytes | bytearray):
        return b2a_base64(value, newline=False).decode()
    raise TypeError(f"{type(value).__name__} is no part of a request")
