"""Filling in a form as a browser does: what a page offers is what is sent."""

from __future__ import annotations

from typing import Any

from html5lib import HTMLParser


def form_in(page: str, action: str) -> dict[str, list[str]]:
    """The fields of the page's first form that posts to this address, with the values they have."""
    document = HTMLParser(namespaceHTMLElements=False).parse(page)
    form = next(each for each in document.iter("form") if each.get("action") == action)
    fields: dict[str, list[str]] = {}
    for element in form.iter():
        value = _value(element)
        if element.get("name") and value is not None:
            fields.setdefault(element.get("name"), []).append(value)
    return fields


def _value(element: Any) -> str | None:  # noqa: ANN401
    """What this element would send; None when it is no field, or one that is not ticked."""
    if element.tag == "textarea":
        return str(element.text or "")
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = next((each for each in options if each.get("selected") is not None), options[0])
        return str(chosen.get("value", chosen.text or ""))
    unticked = element.get("type") in ("checkbox", "radio") and element.get("checked") is None
    if element.tag != "input" or unticked:
        return None
    return str(element.get("value", "on"))
