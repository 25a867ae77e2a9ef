"""llama.cpp serving one model on loopback, as a process of its own: `python -m … llama MODEL THREADS`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def serving(model: Path, threads: int = 1) -> Iterator[str]:
    """The address of the model's server, which ends with the block; more threads only where nothing else works."""
    command = [sys.executable, "-m", "tests.generators.model.llama", str(model), str(threads)]
    # Threads that wait by spinning take the processor from the one that works.
    env = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        if process.stdout is None or not (address := process.stdout.readline().strip()):
            raise AssertionError("llama.cpp did not start")
        yield f"{address}/v1"
    finally:
        process.kill()
        process.communicate()


def main(model: str, threads: str = "1") -> None:
    llama = import_module("xllamacpp")
    parameters = llama.CommonParams()
    parameters.model.path = model
    parameters.n_ctx, parameters.n_parallel, parameters.port = 4096, 1, 0
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = int(threads)
    server = llama.Server(parameters)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
