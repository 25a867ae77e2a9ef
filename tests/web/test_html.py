"""Every page, in every state it has, passes the Nu Html Checker, the validator behind validator.w3.org."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from tests.parts import need
from tests.web.client import CarefulClient
from tests.web.conftest import sign_up

JAR = Path(__file__).parents[2] / ".cache/vnu/vnu.jar"
HOW = "npm pack vnu-jar@26.9.27, then put its package/build/dist/vnu.jar into .cache/vnu/"
WISH = {"ingredients": "chicken, rice, spinach"}
EDIT = {"title": "Rice", "ingredients": "200 g rice", "instructions": "Cook the rice.", "servings": "2"}


def test_every_page_is_valid_html(client: CarefulClient, visitor: Callable[[], CarefulClient], tmp_path: Path) -> None:
    java = need(shutil.which("java"), "no Java on the PATH: apt-get install default-jre-headless")
    jar = need(JAR if JAR.is_file() else None, f"no Nu Html Checker: {HOW}")
    pages = _pages_of_a_guest(visitor()) | _pages_of_a_member(client)
    for name, html in pages.items():
        (tmp_path / f"page-{name}.html").write_text(html, encoding="utf-8")
    command = [java, "-jar", str(jar), "--stdout", "--format", "text", *map(str, tmp_path.glob("page-*.html"))]
    checked = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert checked.returncode == 0, checked.stdout


def _pages_of_a_guest(client: CarefulClient) -> dict[str, str]:
    paths = {"home": "/", "login": "/login?next=/usage", "register": "/register", "missing": "/nowhere"}
    pages = {name: client.get(path).text for name, path in paths.items()}
    pages["refused"] = client.post("/generate", data={"ingredients": "bleach", "servings": "-1"}).text
    for _ in range(4):
        pages["limit"] = client.post("/generate", data=WISH | {"request_id": str(uuid4())}).text
    return pages


def _pages_of_a_member(client: CarefulClient) -> dict[str, str]:
    sign_up(client)
    pages = {"empty": client.get("/recipes").text, "unused": client.get("/usage").text}
    draft = client.post("/generate", data=WISH | {"request_id": str(uuid4())}).location
    recipe = client.post("/recipes", data={"draft_id": draft.rsplit("/", 1)[1]}).location.split("?")[0]
    paths = {
        "draft": draft,
        "again": f"/?from={draft.rsplit('/', 1)[1]}",
        "recipe": f"{recipe}?done=saved",
        "scaled": f"{recipe}?servings=5&units=us",
        "cook": f"{recipe}/cook?servings=5&units=us",
        "cooked": f"{recipe}/cook?step=101",
        "edit": f"{recipe}/edit",
        "box": "/recipes",
        "nothing": "/recipes?q=zzz&diet=vegan",
        "filters": "/recipes?filters=1&q=rcie",
        "new": "/recipes/new",
        "usage": "/usage",
        "account": "/account",
    }
    pages["unshared"] = client.get(f"{recipe}/share").text
    pages["public"] = client.get(client.post(f"/api/v1{recipe}/share").get_json()["url"]).text
    pages["shared"] = client.get(f"{recipe}/share?done=shared").text
    pages["unsent"] = client.post(f"{recipe}/share/send", data={"to": "nobody"}).text
    pages |= {name: client.get(path).text for name, path in paths.items()}
    pages["unknown-base"] = client.post(f"{recipe}/edit", data=EDIT | {"version": "9"}).text
    client.post(f"{recipe}/edit", data=EDIT | {"version": "1", "ingredients": "300 g rice\n1 lime", "tags": "quick"})
    pages["conflict"] = client.post(f"{recipe}/edit", data=EDIT | {"version": "1", "notes": "Good"}).text
    pages["wrong-line"] = client.post(f"{recipe}/edit", data=EDIT | {"ingredients": "salt\n" + "x" * 301}).text
    pages["uncookable"] = client.post(f"{recipe}/cooked", data={"on": "2031-01-01", "rating": "6"}).text
    for note in "abcdef":
        client.post(f"{recipe}/cooked", data={"on": "2026-11-20", "rating": "4", "note": note})
    pages["log"] = client.get(recipe).text
    pages["unacceptable"] = client.post(f"{recipe}/edit", data={"title": "", "version": "1"}).text
    pages["empty-bin"] = client.get("/recipes/bin").text
    pictured = {"title": "Soup", "ingredients": ["leek"], "image_url": "https://kitchen.example/soup.jpg"}
    soup = client.post("/api/v1/recipes", json=pictured).get_json()["id"]
    pages |= {"pictured": client.get(f"/recipes/{soup}").text, "printed": client.get(f"/recipes/{soup}/print").text}
    pages |= _pages_of_an_import(client)
    pages["deleted"] = client.get(client.post(f"{recipe}/delete").location).text
    pages["bin"] = client.get("/recipes/bin").text
    return pages


def _pages_of_an_import(client: CarefulClient) -> dict[str, str]:
    pages = {"bring-in": client.get("/import").text, "not-brought": client.post("/import", data={"text": " "}).text}
    text = json.dumps([{"@type": "Recipe", "name": name, "recipeIngredient": ["rice"]} for name in "AABC"] + [{}])
    pages["report"] = client.get(client.post("/import", data={"text": text}).location).text
    pages["unsure"] = client.post("/import", data={"text": "Soup\nSomething warm"}).text
    many = json.dumps([{"@type": "Recipe", "name": f"Dish {n}", "recipeIngredient": [f"food {n}"]} for n in range(30)])
    job = client.post("/import", data={"text": many}).location
    pages |= {"full": client.get(job).text, "going-on": client.get("/import").text}
    return pages
