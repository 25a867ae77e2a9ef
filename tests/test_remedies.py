"""A store that cannot be used says why and what to do: on the command line with its name, in `/readyz` without."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import click
import pytest
from botocore.exceptions import EndpointConnectionError, UnauthorizedSSOTokenError
from click.testing import CliRunner

from flavorbot.app import create_app
from flavorbot.cli import db_setup
from flavorbot.cli_keeping import db_backup, db_copy, db_restore
from flavorbot.errors import REMEDIES, StorageError
from flavorbot.keeping.archive import write_backup
from flavorbot.progress import Progress
from flavorbot.settings import Settings
from flavorbot.storage.clock import utcnow
from flavorbot.storage.dynamodb_faults import fault_of
from flavorbot.storage.sqlite import SQLiteStorage

TABLE = "secret-name"
ACCOUNT = "123456789012"
ARN = f"arn:aws:dynamodb:eu-central-1:{ACCOUNT}:table/{TABLE}"
LAYOUT = {
    "Table": {"TableStatus": "ACTIVE", "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
              "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}
}  # fmt: skip


def refusal(code: str, message: str, status: int = 400) -> tuple[int, bytes]:
    """As AWS writes it."""
    content = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": message}
    return status, json.dumps(content).encode()


NOT_PERMITTED = (
    f"User: arn:aws:iam::{ACCOUNT}:user/web is not authorized to perform: dynamodb:DescribeTable on resource: {ARN}"
    " because no identity-based policy allows the dynamodb:DescribeTable action"
)
WRONG_SIGNATURE = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key"
    " and signing method. Consult the service documentation for details."
)
# What AWS answers, and what it comes to.
ANSWERS = [
    ("table-missing", refusal("ResourceNotFoundException", f"Requested resource not found: Table: {TABLE} not found")),
    ("not-permitted", refusal("AccessDeniedException", NOT_PERMITTED)),
    ("unknown-credentials", refusal("UnrecognizedClientException", "The security token included is invalid.")),
    ("wrong-signature", refusal("InvalidSignatureException", WRONG_SIGNATURE)),
    ("expired-credentials", refusal("ExpiredTokenException", "The security token included in the request is expired")),
    ("no-credentials", refusal("MissingAuthenticationTokenException", "Request is missing Authentication Token")),
    ("throttled", refusal("ThrottlingException", "Rate of requests exceeds the allowed throughput.")),
    ("no-answer", refusal("InternalServerError", "The request processing has failed because of an unknown error", 500)),
    ("no-answer", (200, b"<html>It works!</html>")),
    ("table-different", (200, json.dumps(LAYOUT).encode())),
]


class Stub(BaseHTTPRequestHandler):
    """A server that gives the same answer to everything."""

    answer: ClassVar[tuple[int, bytes]] = (200, b"{}")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, body = self.answer
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Stub) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an embedded store, and a backup of it."""
    folder = tmp_path_factory.mktemp("data")
    storage = SQLiteStorage(folder, b"")
    storage.check()
    write_backup(folder / "backup", storage, Progress(), utcnow)
    return folder


def told(command: click.Command, *words: str, **environment: str) -> str:
    done = CliRunner().invoke(command, words, env=environment, catch_exceptions=False)
    assert done.exit_code == 1, done.output
    return done.output.strip().splitlines()[-1]


def test_each_failure_has_its_remedy(monkeypatch: pytest.MonkeyPatch, endpoint: str, file: Path) -> None:
    """In the log with the names of table and account, in `/readyz`, which anybody may read, without."""
    monkeypatch.setattr("flavorbot.storage.dynamodb_table.SINGLE_S", 0.1)
    app = create_app(Settings(table_name=TABLE, endpoint=endpoint, data_dir=file))
    for reason, answer in ANSWERS:
        monkeypatch.setattr(Stub, "answer", answer)
        ready = app.test_client().get("/readyz")
        assert (ready.status_code, ready.get_json()["reason"]) == (503, reason)
        assert ready.get_json()["remedy"] == REMEDIES[reason]
        assert not any(name in ready.text for name in (TABLE, ACCOUNT, "arn:", endpoint))
        with pytest.raises(StorageError) as caught:
            app.extensions["flavorbot"].storage.check()
        detail = caught.value.detail
        assert TABLE in detail
        assert endpoint in detail
        assert reason == "table-different" or REMEDIES[reason] in detail


def test_every_command_tells_it(monkeypatch: pytest.MonkeyPatch, endpoint: str, file: Path) -> None:
    monkeypatch.setattr(Stub, "answer", dict(ANSWERS)["not-permitted"])
    table = {"DYNAMODB_TABLE_NAME": TABLE, "DYNAMODB_ENDPOINT": endpoint}
    embedded = {"FLAVORBOT_DATA": str(file), "DYNAMODB_TABLE_NAME": "", "DYNAMODB_ENDPOINT": ""}
    lines = [
        told(db_setup, **table),
        told(db_backup, str(file / "other"), **table),
        told(db_restore, str(file / "backup"), **table),
        told(db_copy, f"dynamodb:{TABLE}@{endpoint}", **embedded),
    ]
    for line in lines:
        assert line == f"DynamoDB table {TABLE} ({endpoint}): {REMEDIES['not-permitted']} ({NOT_PERMITTED})"
    assert not (file / "other").exists()


def test_what_never_reaches_aws_has_its_remedy_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    cases = [
        ("region", {}),
        ("region", {"AWS_REGION": "eu central"}),
        ("no-credentials", {"AWS_REGION": "eu-central-1"}),
        ("no-credentials", {"AWS_REGION": "eu-central-1", "AWS_PROFILE": "nobody"}),
        ("unreachable", {"DYNAMODB_ENDPOINT": "http://127.0.0.1:1"}),
    ]
    for reason, environment in cases:
        line = told(db_backup, str(tmp_path / "x"), DYNAMODB_TABLE_NAME=TABLE, **environment)
        assert REMEDIES[reason] in line, (environment, line)


@pytest.mark.parametrize(
    ("reason", "error"),
    [
        ("region", EndpointConnectionError(endpoint_url="https://dynamodb.eu-cental-1.amazonaws.com/")),
        ("expired-credentials", UnauthorizedSSOTokenError()),
    ],
)
def test_what_botocore_raises_comes_to_the_same(reason: str, error: Exception) -> None:
    fault = fault_of(error, "DynamoDB table x").error
    assert getattr(fault, "reason", None) == reason
    assert REMEDIES[reason] in str(fault)


def test_the_embedded_store_has_its_remedies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path))
    (tmp_path / "flavorbot.sqlite").write_bytes(b"no database " * 999)
    for name in ("flavorbot.sqlite-wal", "flavorbot.sqlite-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    app.extensions["flavorbot"].storage.close()
    ready = app.test_client().get("/readyz").get_json()
    assert (ready["reason"], ready["remedy"]) == ("damaged", REMEDIES["damaged"])
    environment = {"FLAVORBOT_DATA": str(tmp_path), "DYNAMODB_TABLE_NAME": "", "DYNAMODB_ENDPOINT": ""}
    assert "move it away" in told(db_backup, str(tmp_path / "x"), **environment)
    environment["FLAVORBOT_DATA"] = str(tmp_path / "nowhere")
    assert "There is no" in told(db_backup, str(tmp_path / "x"), **environment)
    assert not (tmp_path / "nowhere").exists()
