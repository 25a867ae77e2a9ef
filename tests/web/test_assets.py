"""Static files: several in one, packed where that is understood, and only what is there."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from flavorbot.web.bundles import MOST, together
from tests.web.client import CarefulClient

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
SCRIPTS = sorted(str(each.relative_to(STATIC)) for each in (STATIC / "js").rglob("*.js"))
ASKED = re.compile(r"(stylesheet|script)\(([^)]*)\)")


def test_sheets_come_in_one_file_and_in_their_order(client: CarefulClient) -> None:
    answer = client.get("/static/css/tokens+base.css")
    parts = [(STATIC / f"css/{name}.css").read_bytes() for name in ("tokens", "base")]
    assert (answer.content_type, answer.data) == ("text/css; charset=utf-8", b"".join(parts))


def test_what_browsers_can_unpack_is_packed(client: CarefulClient) -> None:
    plain = client.get("/static/css/tokens.css")
    packed = client.get("/static/css/tokens.css", headers={"Accept-Encoding": "gzip"})
    assert (plain.headers.get("Content-Encoding"), packed.headers["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(packed.data) == plain.data
    assert (plain.headers["Vary"], packed.headers["Vary"]) == ("Accept-Encoding", "Accept-Encoding")
    refused = client.get("/static/css/tokens.css", headers={"Accept-Encoding": "gzip;q=0"})
    assert refused.data == plain.data


def test_what_a_browser_has_is_not_sent_again(client: CarefulClient) -> None:
    first = client.get("/static/css/tokens+base.css")
    again = client.get("/static/css/tokens+base.css", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "name",
    [
        "css/nothing.css", "css/tokens+nothing.css", "css/tokens+tokens.css", "css/tokens+../../wsgi.css", "css/+.css",
        "css/tokens+.css", "js/app+nothing.js", "../wsgi.py", "css", "", "css/" + "+".join(f"a{n}" for n in range(99)),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client: CarefulClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_stands_in_one_file(name: str) -> None:
    text = together(STATIC, name).decode()
    assert not re.search(r"^(?:import|export)\b", text, re.MULTILINE)
    assert text.count("= (() => {\n") == len(set(re.findall(r"^const (\$\w+) =", text, re.MULTILINE)))


def test_templates_ask_for_what_is_there() -> None:
    asked = 0
    for page in (ROOT / "templates").rglob("*.html"):
        for kind, names in ASKED.findall(page.read_text(encoding="utf-8")):
            parts = re.findall(r'"([a-z-]+)"', names)
            folder, suffix = ("css", "css") if kind == "stylesheet" else ("js/elements", "js")
            assert 0 < len(parts) <= MOST
            assert together(STATIC, f"{folder}/{'+'.join(parts)}.{suffix}")
            asked += 1
    assert asked > 40


def test_a_module_that_cannot_be_put_together_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("export default 1;\n")
    (tmp_path / "b.js").write_text('import { c } from "./c.js";\n')
    (tmp_path / "c.js").write_text('import { b } from "./b.js";\n')
    for name in ("a.js", "b.js"):
        with pytest.raises(ValueError, match=r"does not know|do not know|imports itself"):
            together(tmp_path, name)


def test_names_that_are_imported_as_others_keep_both(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("export const one = 1;\nexport async function* two() {}\n")
    (tmp_path / "b.js").write_text('import { one as first, two } from "./a.js";\nfirst;\n')
    text = together(tmp_path, "b.js").decode()
    assert "const { one: first, two } = $a;" in text
    assert "return { one, two };" in text
