"""A person at a browser, who notices what is wrong with each page."""

from __future__ import annotations

from html5lib import HTMLParser
from playwright.sync_api import ConsoleMessage, Error, Page, Response

from tests.browser.keyboard import keyboard_faults

GRAVE = {"serious", "critical"}
NARROW = {"width": 320, "height": 700}
HALF = {"width": 640, "height": 700}
# How much wider a page is than its window, with its text at so many per cent.
WIDE = """(percent) => {
  const page = document.documentElement;
  page.style.fontSize = `${percent}%`;
  const wide = page.scrollWidth - page.clientWidth;
  page.style.fontSize = "";
  return wide;
}"""
MOVING = """() => matchMedia("(prefers-reduced-motion: reduce)").matches
  ? document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime > 10)
    .map((each) => each.animationName ?? each.transitionProperty) : []"""
# How each page is opened, by name; each goes to the `visit` fixture.
LOOKS: dict[str, dict[str, object]] = {
    "seen": {},
    "no-script": {"java_script_enabled": False},
    "keys": {"keys": True},
}


class Visitor:
    """One browser page; `strict` also runs the checks that need script, `keys` the round by keyboard instead."""

    def __init__(self, page: Page, *, strict: bool = True, keys: bool = False) -> None:
        self.page = page
        self.strict = strict
        self.keys = keys
        self.faults: list[str] = []
        self.expected_status = 200
        page.on("console", self._hear)
        page.on("pageerror", self._fail)

    def _hear(self, message: ConsoleMessage) -> None:
        refused = self.expected_status >= 400 and f"status of {self.expected_status}" in message.text
        if not refused:
            self.faults.append(f"console: {message.text}")

    def _fail(self, error: Error) -> None:
        self.faults.append(f"script: {error}")

    def open(self, path: str, status: int = 200) -> Visitor:
        """Go to a page, expect its status, and look at it closely."""
        self.expected_status = status
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, path
        valid_html(answer)
        self.look()
        self.expected_status = 200
        return self

    def look(self) -> None:
        """Find what a careful reviewer of this page would."""
        if self.keys and self.strict:
            self.look_by_keyboard()
        elif self.strict:
            self.page.wait_for_load_state("load")
            self.faults += grave_findings(self.page)
            self.faults += overflow(self.page)
            self.faults += movement(self.page)
            self.faults += dark_findings(self.page)
        assert not self.faults, f"{self.page.url}: {self.faults}"

    def look_by_keyboard(self) -> None:
        """Find what somebody without a mouse would; needs script."""
        self.page.wait_for_load_state("load")
        self.faults += keyboard_faults(self.page)
        assert not self.faults, f"{self.page.url}: {self.faults}"

    def press(self, name: str) -> Visitor:
        """Press the button of this name and look at where it leads."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state("load")
        self.look()
        return self

    def ask_for(self, ingredients: str) -> Visitor:
        """Fill the generator's form and send it."""
        self.page.goto("/")
        self.type_ingredients(ingredients)
        self.page.locator("form[action$='/generate'] button[type=submit]").first.click()
        self.page.wait_for_url("**/drafts/*")
        return self

    def ask_in_vain(self, ingredients: str, status: int) -> Visitor:
        """Send the generator's form, expect it to be refused, and look at what is shown instead."""
        self.page.goto("/")
        self.type_ingredients(ingredients)
        self.expected_status = status
        self.page.locator("form[action$='/generate'] button[type=submit]").first.click()
        self.page.wait_for_load_state("load")
        self.look()
        return self

    def type_ingredients(self, text: str) -> None:
        """Type into whichever field is there: the chips with script, the text area without."""
        chips = self.page.locator("chip-input input:visible")
        field = chips if chips.count() else self.page.locator("textarea[name=ingredients]")
        field.first.fill(text)

    def sign_up(self, email: str, password: str = "a long enough phrase") -> Visitor:
        """Make an account through the page."""
        self.page.goto("/register")
        self.page.fill("[name=email]", email)
        self.page.fill("[name=password]", password)
        if self.page.locator("[name=name]").count():
            self.page.fill("[name=name]", "Ada")
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_url(lambda url: "/register" not in url)
        return self

    @property
    def path(self) -> str:
        return "/" + self.page.url.split("/", 3)[3]


def valid_html(answer: Response) -> None:
    """Fail unless the answer parses without one error by the HTML standard's own algorithm."""
    HTMLParser(strict=True).parse(answer.text())


def grave_findings(page: Page, *rules: str) -> list[str]:
    """What axe calls serious or critical on this page as it stands, by all of its rules or the given ones."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"axe {found['id']}: {node['html'][:160]}"
        for found in violations
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


def dark_findings(page: Page) -> list[str]:
    """What cannot be read by somebody who reads light on dark; all else is as it is in light."""
    page.emulate_media(color_scheme="dark")
    found = grave_findings(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    return found


def overflow(page: Page) -> list[str]:
    """Where it must be scrolled sideways: at 320 CSS pixels (WCAG 1.4.10), or with text twice its size (1.4.4)."""
    size = page.viewport_size
    faults = []
    for viewport, text in ((NARROW, 100), (HALF, 200)):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        wide = page.evaluate(WIDE, text)
        faults += [f"{wide} px too wide at {viewport['width']} px and {text} % text"] if wide > 0 else []
    if size:
        page.set_viewport_size(size)
    return faults


def movement(page: Page) -> list[str]:
    """What moves although this person asked for less motion."""
    return [f"{name} moves" for name in page.evaluate(MOVING)]
