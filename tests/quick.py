"""What each of thousands of test applications would do again is done once, and passwords are hashed more cheaply."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import botocore.session
from argon2 import PasswordHasher
from botocore.loaders import create_loader
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from flavorbot import passwords

SHIPPED = passwords._hasher
# Argon2id as ever, with less memory and one pass.
HASHER = PasswordHasher(time_cost=1, memory_cost=256, parallelism=1)


class SharedTemplates(BytecodeCache):
    """Templates that one application compiled, for the next ones."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self._compiled.get(bucket.key):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


_templates = SharedTemplates()


def share_templates(app: Flask) -> None:
    app.jinja_env.bytecode_cache = _templates


def compile_routes_late() -> None:
    """Write the code that builds an address from a route when the first one is built, not with each application."""
    compile_builder = Rule._compile_builder

    def late(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        def build(self: Rule, **values: object) -> tuple[str, str]:
            builder: Callable[..., tuple[str, str]] = compile_builder(rule, append_unknown).__get__(self, None)
            setattr(self, "_build_unknown" if append_unknown else "_build", builder)
            return builder(**values)

        return build

    Rule._compile_builder = late  # type: ignore[method-assign, assignment]


def read_aws_once() -> None:
    """Read boto's descriptions of services once in a process, not with each client."""
    botocore.session.create_loader = cache(create_loader)
