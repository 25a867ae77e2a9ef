"""Style sheets and scripts of a page in one file each: put together from `static/` when first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

JOIN = "+"
MOST = 12
KINDS = frozenset({".css", ".js"})
_IMPORT = re.compile(r'^import \{ ([\w$, ]+) \} from "(\.{1,2}/[\w./-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function\*?|class|const) ([\w$]+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b", re.MULTILINE)


def members(name: str) -> tuple[str, ...]:
    """The files of `css/base+layout.css`, in order; a plain name is its only one."""
    path = PurePosixPath(name)
    if path.suffix not in KINDS or JOIN not in path.stem:
        return (name,)
    return tuple(str(path.with_name(f"{part}{path.suffix}")) for part in path.stem.split(JOIN))


def is_asked_for(name: str) -> bool:
    """Whether a page may name it so: whoever makes up addresses gets no file of a thousand files."""
    found = members(name)
    return len(found) <= MOST and len(set(found)) == len(found)


def together(root: Path, name: str) -> bytes:
    """The content of a name in the folder, of a script with all that it imports. `OSError`, `ValueError`."""
    names = members(name)
    if name.endswith(".js"):
        return "".join(_modules(root, names)).encode()
    return b"".join((root / each).read_bytes() for each in names)


def _modules(root: Path, names: Sequence[str]) -> Iterator[str]:
    """Each module once and behind those that it imports, in a scope of its own."""
    done: set[str] = set()

    def with_imports(name: str, within: tuple[str, ...]) -> Iterator[str]:
        if name in within:
            raise ValueError(f"{name} imports itself")
        if name in done:
            return
        text = (root / name).read_text(encoding="utf-8")
        for _, address in _IMPORT.findall(text):
            yield from with_imports(_beside(name, address), (*within, name))
        done.add(name)
        yield _scoped(name, text)

    for each in names:
        yield from with_imports(each, ())


def _scoped(name: str, text: str) -> str:
    """A module as a constant that holds what it exports."""
    exported = [name for _, name in _EXPORT.findall(text)]
    body = _IMPORT.sub(
        lambda match: f"const {{ {_renamed(match[1])} }} = {_constant(_beside(name, match[2]))};\n", text
    )
    body = _EXPORT.sub(r"\1", body)
    if _LEFT.search(body):
        raise ValueError(f"{name} imports or exports in a way that bundles do not know")
    return f"const {_constant(name)} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"


def _renamed(names: str) -> str:
    return names.replace(" as ", ": ")


def _beside(name: str, address: str) -> str:
    """The file that a module names, from where it is itself."""
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / address).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _constant(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
