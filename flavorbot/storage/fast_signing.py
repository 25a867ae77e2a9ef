"""AWS's Signature Version 4 for the one kind of request that DynamoDB takes."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Mapping

from botocore.credentials import ReadOnlyCredentials

ALGORITHM = "AWS4-HMAC-SHA256"


class Signer:
    """Signs `POST /` to one service in one region; the key of the day is made once."""

    def __init__(self, region: str, service: str) -> None:
        self._region = region
        self._service = service
        self._latest: tuple[ReadOnlyCredentials, str, bytes] | None = None

    def sign(self, headers: Mapping[str, str], body: bytes, credentials: ReadOnlyCredentials) -> dict[str, str]:
        """The headers, which have `Host` and `X-Amz-Target`, with the signature over these two and the time."""
        at = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        signed = {"host": headers["Host"], "x-amz-date": at}
        if credentials.token:
            signed["x-amz-security-token"] = credentials.token
        signed["x-amz-target"] = headers["X-Amz-Target"]
        lines = "".join([f"{name}:{value}\n" for name, value in signed.items()])
        names = ";".join(signed)
        request = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
        scope = f"{at[:8]}/{self._region}/{self._service}/aws4_request"
        text = f"{ALGORITHM}\n{at}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        signature = hmac.digest(self._key(credentials, at[:8]), text.encode(), "sha256").hex()
        token = {"X-Amz-Security-Token": credentials.token} if credentials.token else {}
        authorization = f"{ALGORITHM} Credential={credentials.access_key}/{scope}, SignedHeaders={names}, "
        return {**headers, "X-Amz-Date": at, **token, "Authorization": f"{authorization}Signature={signature}"}

    def _key(self, credentials: ReadOnlyCredentials, day: str) -> bytes:
        latest = self._latest
        if latest is None or latest[:2] != (credentials, day):
            key = f"AWS4{credentials.secret_key}".encode()
            for part in (day, self._region, self._service, "aws4_request"):
                key = hmac.digest(key, part.encode(), "sha256")
            self._latest = latest = (credentials, day, key)
        return latest[2]
