"""What the look promises: readable colours, a light first page, and files that exist."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.web.client import CarefulClient

ROOT = Path(__file__).parents[2]
TOKENS = (ROOT / "static/css/tokens.css").read_text()
COLOURS = {name: both for name, *both in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", TOKENS)}
GROUNDS = {
    "ink": ("paper", "sheet", "well", "good-soft", "warn-soft", "bad-soft"),
    "ink-soft": ("paper", "sheet", "well"),
    "accent": ("paper", "sheet", "well"),
    "accent-deep": ("paper", "sheet", "accent-soft"),
    "on-accent": ("accent", "accent-deep"),
    "good": ("good-soft", "sheet"),
    "warn": ("warn-soft", "sheet"),
    "bad": ("bad-soft", "sheet"),
}
TABS = ("egg", "herb", "tomato", "carrot", "berry", "sprout", "sea")
TEXTS = [(text, ground) for text, grounds in GROUNDS.items() for ground in grounds] + [("ink", tab) for tab in TABS]
MOST_BYTES, MOST_REQUESTS = 60 * 1024, 8


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(text: str, ground: str, theme: int) -> None:
    assert contrast(COLOURS[text][theme], COLOURS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(theme: int) -> None:
    assert contrast(COLOURS["line-strong"][theme], COLOURS["sheet"][theme]) >= 3


def test_the_first_visit_is_light(client: CarefulClient) -> None:
    page = client.get("/")
    files = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg)[^"]*)"', page.text)
    weight = sum(len(gzip.compress(each)) for each in (page.data, *(client.get(file).data for file in files)))
    assert weight <= MOST_BYTES
    assert 1 + len(files) <= MOST_REQUESTS


@pytest.mark.parametrize("file", sorted((ROOT / "templates").rglob("*.html")), ids=lambda file: file.name)
def test_a_template_names_files_that_exist(file: Path) -> None:
    for name in re.findall(r"asset\('([\w./-]+)'\)", file.read_text()):
        assert (ROOT / "static" / name).is_file(), name


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio of two colours written as #rrggbb."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
