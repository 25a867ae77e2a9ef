"""The edit form in a browser: rows that are dragged, moved by keys and pasted into, and text that is never lost."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from tests.browser.hands import Hands
from tests.browser.keyboard import tab_to
from tests.browser.pages import Visitor

Visit = Callable[..., Visitor]
INGREDIENTS = ["200 g rice", "1 onion", "2 carrots", "salt"]
STEPS = ["Boil the rice.", "Fry the onion.", "Serve."]
PASTED = "Ingredients for 4\n• 2½ cups flour\n• 1 tsp baking powder\n\n☐ 2 eggs, beaten\n"
METHOD = "Beat the eggs. Add approx. 200 g flour, e.g. spelt. Fry until golden! Serve."

PHONE = {"has_touch": True, "viewport": {"width": 390, "height": 800}}


@pytest.fixture(params=[{}, PHONE], ids=["desk", "phone"])
def editor(visit: Visit, request: pytest.FixtureRequest) -> Editor:
    """Somebody at the edit form, at a desk or with a phone."""
    return Editor(visit(permissions=["clipboard-read", "clipboard-write"], **request.param))


class Editor:
    """A person who edits a recipe of theirs."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor.sign_up(f"editor-{uuid4()}@example.org")
        self.page = visitor.page
        recipe = {"title": "Rice", "ingredients": INGREDIENTS, "instructions": STEPS}
        origin = self.page.evaluate("location.origin")
        answer = self.page.request.post("/api/v1/recipes", data=recipe, headers={"Origin": origin})
        self.recipe = f"/recipes/{answer.json()['id']}"
        self.page.goto(f"{self.recipe}/edit")

    def entry(self, label: str) -> Locator:
        return entry(self.page, label)

    def handle(self, text: str) -> Locator:
        return self.page.get_by_role("button", name=f"Move {text}", exact=True)

    def rows(self, kind: str = "ingredients") -> list[str]:
        """What the rows hold."""
        texts: list[str] = self.page.locator(f"line-editor[data-kind={kind}] li textarea").evaluate_all(
            "entries => entries.map(entry => entry.value)"
        )
        return texts

    def saved(self, kind: str = "ingredients") -> list[str]:
        """What is stored once Save was pressed."""
        with self.page.expect_navigation(url=f"**{self.recipe}?done=changed"):
            self.page.get_by_role("button", name="Save", exact=True).click()
        entries = self.page.request.get(f"/api/v1{self.recipe}").json()[kind]
        return [entry.get("name") or entry["text"] for entry in entries]

    def paste(self, label: str, text: str) -> None:
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.entry(label).focus()
        self.page.keyboard.press("ControlOrMeta+V")

    def told(self) -> str:
        """What a screen reader was told last."""
        return self.page.locator("#status").inner_text()

    def again(self) -> Page:
        """The same form in a new tab, after the one that was open is closed."""
        page = self.page.context.new_page()
        self.page.close()
        # A tab keeps its text once more while it goes.
        page.wait_for_timeout(1_000)
        page.goto(f"{self.recipe}/edit")
        self.page = page
        return page


def entry(page: Page, label: str) -> Locator:
    """The text of a row, by what a screen reader calls it."""
    return page.get_by_role("textbox", name=label, exact=True)


def middle(handle: Locator) -> tuple[float, float]:
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_row_is_dragged_by_mouse(editor: Editor) -> None:
    x, y = middle(editor.handle("200 g rice"))
    below = middle(editor.handle("2 carrots"))[1]
    mouse = editor.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 5, below + 8, steps=12)
    assert editor.rows() == ["1 onion", "2 carrots", "200 g rice", "salt"]
    editor.visitor.look()
    mouse.up()
    expect(editor.page.locator(".is-held")).to_have_count(0)
    assert "3 of 4" in editor.told()
    assert editor.saved() == ["onion", "carrots", "rice", "salt"]


def test_a_row_is_dragged_up_and_put_back_by_escape(editor: Editor) -> None:
    x, y = middle(editor.handle("salt"))
    mouse = editor.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, middle(editor.handle("200 g rice"))[1] - 8, steps=12)
    assert editor.rows() == ["salt", "200 g rice", "1 onion", "2 carrots"]
    editor.page.keyboard.press("Escape")
    mouse.up()
    assert editor.rows() == INGREDIENTS


@pytest.mark.parametrize("editor", [PHONE], indirect=True, ids=["phone"])
def test_a_row_is_dragged_by_finger(editor: Editor) -> None:
    x, y = middle(editor.handle("Serve."))
    above = middle(editor.handle("Boil the rice."))[1] - 8
    touch(editor.page, x, [y - (y - above) * part / 10 for part in range(11)])
    assert editor.rows("instructions") == ["Serve.", "Boil the rice.", "Fry the onion."]
    assert editor.saved("instructions") == ["Serve.", "Boil the rice.", "Fry the onion."]


def touch(page: Page, x: float, heights: list[float]) -> None:
    """Put a finger down, draw it along and lift it."""
    session = page.context.new_cdp_session(page)
    for number, y in enumerate(heights):
        kind = "touchMove" if number else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_tapped_row_is_moved_by_buttons(editor: Editor) -> None:
    editor.handle("1 onion").click()
    editor.page.get_by_role("button", name="Down", exact=True).click()
    editor.visitor.look()
    editor.handle("1 onion").click()
    assert editor.rows() == ["200 g rice", "2 carrots", "1 onion", "salt"]
    assert editor.page.get_by_role("button", name="Down", exact=True).count() == 0


def test_a_row_is_moved_by_keys_alone(editor: Editor) -> None:
    press = editor.page.keyboard.press
    tab_to(editor.page, editor.handle("200 g rice"))
    press("Enter")
    assert editor.told() == "Picked up, 1 of 4. Arrow keys move it, Enter puts it down, Escape puts it back."
    press("ArrowDown")
    press("ArrowDown")
    assert editor.told() == "Moved to 3 of 4."
    expect(editor.handle("200 g rice")).to_be_focused()
    press("Enter")
    tab_to(editor.page, editor.handle("salt"))
    press("Space")
    press("ArrowUp")
    press("Escape")
    assert editor.rows() == ["1 onion", "2 carrots", "200 g rice", "salt"]
    editor.entry("Ingredient 4").focus()
    press("Alt+ArrowUp")
    expect(editor.entry("Ingredient 3")).to_be_focused()
    press("ControlOrMeta+S")
    editor.page.wait_for_url("**?done=changed")
    stored = editor.page.request.get(f"/api/v1{editor.recipe}").json()["ingredients"]
    assert [each["name"] for each in stored] == ["onion", "carrots", "salt", "rice"]


def test_lines_are_written_joined_and_removed_by_keys(editor: Editor) -> None:
    press, type_text = editor.page.keyboard.press, editor.page.keyboard.type
    editor.entry("Ingredient 1").focus()
    press("End")
    press("Enter")
    type_text("1 lime")
    press("ArrowDown")
    press("Home")
    press("Backspace")
    assert editor.rows() == ["200 g rice", "1 lime 1 onion", "2 carrots", "salt"]
    editor.page.get_by_role("button", name="Remove 2 carrots", exact=True).press("Enter")
    expect(editor.entry("Ingredient 3")).to_be_focused()
    assert editor.rows() == ["200 g rice", "1 lime 1 onion", "salt"]
    editor.page.get_by_role("button", name="Undo", exact=True).press("Enter")
    assert editor.rows() == ["200 g rice", "1 lime 1 onion", "2 carrots", "salt"]


def test_a_whole_list_is_pasted(editor: Editor) -> None:
    editor.page.get_by_role("button", name="Add an ingredient").click()
    editor.paste("Ingredient 5", PASTED)
    pasted = ["Ingredients for 4", "2½ cups flour", "1 tsp baking powder", "2 eggs, beaten"]
    assert editor.rows() == [*INGREDIENTS, *pasted]
    editor.visitor.look()
    editor.page.get_by_role("button", name="Undo", exact=True).click()
    assert [row for row in editor.rows() if row] == INGREDIENTS
    editor.paste("Ingredient 5", PASTED)
    editor.page.get_by_role("button", name="Remove Ingredients for 4").click()
    assert editor.saved()[4:] == ["flour", "baking powder", "eggs"]


def test_a_pasted_method_is_split_into_steps(editor: Editor) -> None:
    editor.paste("Step 3", "Step 1: Rest.\n2) Eat.")
    assert editor.rows("instructions") == ["Boil the rice.", "Fry the onion.", "Serve.", "Rest.", "Eat."]
    for text in ("Eat.", "Rest.", "Serve.", "Fry the onion."):
        editor.page.get_by_role("button", name=f"Remove {text}", exact=True).click()
    editor.entry("Step 1").fill("")
    editor.paste("Step 1", METHOD)
    editor.page.get_by_role("button", name="Split into steps").click()
    steps = ["Beat the eggs.", "Add approx. 200 g flour, e.g. spelt.", "Fry until golden!", "Serve."]
    assert editor.rows("instructions") == steps
    assert editor.saved("instructions") == steps


def test_leaving_unsaved_text_is_asked_about(editor: Editor) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    editor.page.on("dialog", stay)
    editor.entry("Ingredient 1").press_sequentially("!")
    editor.page.get_by_role("link", name="Cancel").click()
    editor.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert editor.page.url.endswith("/edit")
    editor.saved()
    assert asked == ["beforeunload"]


def test_text_of_a_closed_tab_is_offered_again(editor: Editor) -> None:
    editor.page.get_by_label("Title", exact=True).fill("Better rice")
    editor.entry("Ingredient 1").fill("300 g rice")
    page = editor.again()
    editor.visitor.page = page
    expect(page.get_by_text("Your unsaved text from")).to_be_visible()
    assert editor.rows() == INGREDIENTS
    editor.visitor.look()
    page.get_by_role("button", name="Restore", exact=True).click()
    assert editor.told() == "Your text is back. It is not saved yet."
    assert editor.rows() == ["300 g rice", *INGREDIENTS[1:]]
    expect(page.get_by_label("Title", exact=True)).to_have_value("Better rice")
    editor.saved()
    page.goto(f"{editor.recipe}/edit")
    expect(page.get_by_text("Your unsaved text from")).to_be_hidden()


def test_discarded_text_is_not_offered_again(editor: Editor) -> None:
    editor.page.get_by_label("Title", exact=True).fill("Better rice")
    editor.again().get_by_role("button", name="Discard", exact=True).click()
    expect(editor.again().get_by_text("Your unsaved text from")).to_be_hidden()


def test_kept_text_meets_what_was_saved_since(editor: Editor) -> None:
    editor.entry("Ingredient 1").fill("300 g rice")
    editor.page.get_by_label("Notes to yourself", exact=True).fill("Good cold")
    page = editor.again()
    Hands(Visitor(page)).send("PATCH", editor.recipe, {"servings": 7}, version=1)
    page.reload()
    expect(page.get_by_text("The recipe was changed since: when you save, you see both.")).to_be_visible()
    page.get_by_role("button", name="Restore", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("This recipe changed while you were editing")
    page.get_by_role("button", name="Save merged", exact=True).click()
    page.wait_for_url("**?done=changed")
    merged = page.request.get(f"/api/v1{editor.recipe}").json()
    assert (merged["servings"], merged["notes"], merged["ingredients"][0]["quantity"]) == (7, "Good cold", 300)


def test_a_new_recipe_is_kept_until_it_is_saved(editor: Editor) -> None:
    editor.page.goto("/recipes/new")
    editor.page.get_by_label("Title", exact=True).fill("Flan")
    editor.paste("Ingredient 1", PASTED)
    page = editor.page.context.new_page()
    editor.page.close()
    # A tab keeps its text once more while it goes.
    page.wait_for_timeout(1_000)
    page.goto("/recipes/new")
    page.get_by_role("button", name="Restore", exact=True).click()
    expect(entry(page, "Ingredient 4")).to_have_value("2 eggs, beaten")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("Flan")
    page.wait_for_load_state("load")
    page.goto("/recipes/new")
    expect(page.get_by_text("Your unsaved text from")).to_be_hidden()


def test_a_refused_text_outlives_its_tab(editor: Editor) -> None:
    editor.visitor.expected_status = 422
    editor.entry("Ingredient 2").fill("x" * 301)
    editor.page.get_by_role("button", name="Save", exact=True).click()
    expect(editor.page.locator(".error-summary")).to_be_focused()
    editor.visitor.look()
    editor.page.locator(".error-summary").get_by_role("link").click()
    expect(editor.entry("Ingredient 2")).to_be_focused()
    page = editor.again()
    page.get_by_role("button", name="Restore", exact=True).click()
    assert editor.rows()[1] == "x" * 301


def test_text_sent_after_the_session_ended_is_offered_again(editor: Editor) -> None:
    editor.entry("Ingredient 1").fill("300 g rice")
    email = editor.page.request.get("/api/v1/me").json()["user"]["email"]
    editor.page.context.clear_cookies()
    editor.page.get_by_role("button", name="Save", exact=True).click()
    editor.page.get_by_label("E-mail", exact=True).fill(email)
    editor.page.get_by_label("Password", exact=True).fill("a long enough phrase")
    editor.page.get_by_role("button", name="Sign in", exact=True).click()
    editor.page.get_by_role("button", name="Restore", exact=True).click()
    assert editor.rows()[0] == "300 g rice"
    assert editor.saved() == ["rice", "onion", "carrots", "salt"]


def test_who_signs_out_leaves_no_text_behind(editor: Editor) -> None:
    editor.page.get_by_label("Title", exact=True).fill("Secret rice")
    other = editor.page.context.new_page()
    other.goto("/usage")
    editor.page.close()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/?done=signed-out")
    assert other.evaluate("Object.values(localStorage).filter(text => text.includes('Secret')).length") == 0


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def hands(visit: Visit, request: pytest.FixtureRequest) -> Hands:
    """Somebody with a keyboard alone who has just registered."""
    found = Hands(visit(keys=True, java_script_enabled=request.param))
    found.page.goto("/register")
    found.type("E-mail", f"hands-{uuid4()}@example.org").type("Password", "a long enough phrase")
    return found.button("Register")


def test_two_edits_are_put_together_by_keys(hands: Hands) -> None:
    hands.send("POST", "/recipes", {"title": "Rice", "ingredients": INGREDIENTS, "instructions": STEPS, "notes": "Old"})
    hands.link("My recipes").link("Rice")
    recipe = hands.visitor.path
    hands.link("Edit").type("Title", "Mine").type("Notes to yourself", "Goes with eggs")
    hands.send("PATCH", recipe, {"title": "Theirs", "servings": 6}, version=1)
    hands.button("Save", status=409).visitor.look()
    theirs = hands.page.get_by_role("radio", name="The saved version").first
    tab_to(hands.page, hands.page.get_by_role("radio", name="Yours").first)
    hands.page.keyboard.press("ArrowDown")
    assert theirs.is_checked()
    hands.button("Save merged")
    merged = hands.page.request.get(f"/api/v1{recipe}").json()
    assert (merged["title"], merged["notes"], merged["servings"]) == ("Theirs", "Goes with eggs", 6)


def test_the_bin_is_used_by_keys(hands: Hands) -> None:
    for title in ("Plain rice", "Red rice"):
        hands.send("POST", "/recipes", {"title": title, "ingredients": ["200 g rice"], "instructions": ["Boil it."]})
        hands.link("My recipes").link(title).unfold("More").button("Delete")
    hands.link("Bin").visitor.look()
    hands.button("Restore Plain rice")
    assert hands.title == "Plain rice"
    hands.link("My recipes").link("Bin").unfold("Delete for good").button("Yes, delete Red rice")
    assert "Nothing in the bin" in hands.page.locator("main").inner_text()
