"""What templates remember: the same for the same arguments, and nothing while one works on them."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string

from flavorbot.web.remembered import add_global


@pytest.mark.parametrize(("debug", "calls"), [(False, ["a", "b"]), (True, ["a", "b", "a"])])
def test_a_function_is_asked_once_for_each_argument(debug: bool, calls: list[str]) -> None:
    app, asked = Flask(__name__), []
    app.debug = debug

    def shout(text: str) -> str:
        asked.append(text)
        return text.upper()

    add_global(app, "shout", shout, 8)
    with app.app_context():
        assert render_template_string("{{ shout('a') }}{{ shout('b') }}{{ shout('a') }}") == "ABA"
    assert asked == calls


def test_what_is_not_kept_may_be_asked_with_a_list() -> None:
    app = Flask(__name__)
    add_global(app, "count", len, 0)
    with app.app_context():
        assert render_template_string("{{ count([1, 2]) }}") == "2"
