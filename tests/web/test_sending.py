"""Recipes go out by mail: whole, to whom was meant, not too often; and what went wrong is told."""

from __future__ import annotations

import email
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.test_mail import Inbox, body, serving
from tests.web.client import CarefulClient
from tests.web.conftest import Clock, MakeApp, browser, sign_up

RECIPE = {
    "title": "Crème & rice",
    "servings": 2,
    "ingredients": ["200 g rice", "100 ml double cream"],
    "instructions": ["Boil the rice.", "Stir in the cream."],
    "notes": "PRIVATE",
    "rating": 3,
}
WORDS = {"to": "bea@example.org", "message": "Try <this>!\nIt is good.", "name": "Ada"}


class Choosy(Inbox):
    """A server that knows nobody called Cy, and is busy for Dan."""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusals = {"cy": "550 No such person", "dan": "451 Busy"}
        self.refuse = refusals.get(address.partition("@")[0], "")
        return await super().handle_RCPT(server, session, envelope, address, options)


@pytest.fixture
def address(client: CarefulClient) -> str:
    return start(client)


def start(client: CarefulClient) -> str:
    """Ada with a recipe; the path of its page."""
    sign_up(client)
    return f"/recipes/{client.post('/api/v1/recipes', json=RECIPE).get_json()['id']}"


def mails(folder: Path) -> list[EmailMessage]:
    """What was sent in order, but for the mails that confirm an address."""
    files = sorted((folder / "mail").glob("*.eml")) if (folder / "mail").exists() else []
    found = [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]
    return [each for each in found if not each["Subject"].startswith("Confirm your address")]


def test_a_recipe_goes_out_whole(
    client: CarefulClient, address: str, tmp_path: Path, visitor: Callable[[], CarefulClient]
) -> None:
    answer = client.post(f"{address}/share/send", data=WORDS)
    assert (answer.status_code, answer.location) == (303, f"{address}/share?done=mail-kept")
    assert "kept as a file" in client.get(answer.location).text
    [mail] = mails(tmp_path)
    assert (mail["To"], mail["Subject"]) == ("bea@example.org", "Ada sends you a recipe: Crème & rice")
    plain, html = body(mail, "plain"), body(mail, "html")
    link = client.post(f"/api/v1{address}/share").get_json()["url"]
    for text in (plain, html):
        assert link in text
        assert "Stir in the cream." in text
        assert "Contains milk" in text
        assert "PRIVATE" not in text
        assert "ada@example.com" not in text
    assert "- 200 g rice\n- 100 ml double cream" in plain
    assert "> Try <this>!\n> It is good." in plain
    assert "Try &lt;this&gt;!<br>It is good." in html
    assert "<script" not in html
    assert visitor().get(link).status_code == 200


def test_a_server_takes_it(make_app: MakeApp) -> None:
    inbox = Inbox()
    with serving(inbox) as server:
        client = browser(make_app(mail_server=server, mail_from="kitchen@example.com"))
        address = start(client)
        answer = client.post(f"{address}/share/send", data=WORDS)
        assert answer.location == f"{address}/share?done=mailed"
        assert "on its way" in client.get(answer.location).text
    assert [mail["To"] for mail in inbox.mails if mail["To"] != "ada@example.com"] == ["bea@example.org"]


def test_each_of_several_gets_a_mail_of_their_own(client: CarefulClient, address: str, tmp_path: Path) -> None:
    several = "bea@example.org, cy@example.org;dan@example.org BEA@example.org"
    assert client.post(f"{address}/share/send", data=WORDS | {"to": several}).status_code == 303
    sent = mails(tmp_path)
    assert sorted(mail["To"].lower() for mail in sent) == ["bea@example.org", "cy@example.org", "dan@example.org"]
    assert not any(mail["Cc"] or mail["Bcc"] for mail in sent)
    assert "cy@" not in sent[0].as_string()


@pytest.mark.parametrize(
    "to",
    [
        "nonsense", "bea@example.org, nonsense", "", " , ", ",".join(f"p{place}@example.org" for place in range(6)),
        "bea@example.org\r\nBcc: eve@evil.example", "bea@example.org\0", "a" * 65 + "@example.org", "x" * 2_001,
    ],
)  # fmt: skip
def test_what_is_no_address_is_told_and_kept(client: CarefulClient, address: str, tmp_path: Path, to: str) -> None:
    answer = client.post(f"{address}/share/send", data=WORDS | {"to": to})
    assert answer.status_code == 422
    assert 'href="#f-to"' in answer.text
    assert "It is good." in answer.text
    assert mails(tmp_path) == []
    assert "Make a link" in client.get(f"{address}/share").text


@pytest.mark.parametrize("name", ["Ada\r\nBcc: eve@evil.example", "Ada\nBcc: eve@evil.example"])
def test_no_header_can_be_smuggled_in(client: CarefulClient, address: str, tmp_path: Path, name: str) -> None:
    assert client.post(f"{address}/share/send", data=WORDS | {"name": name}).status_code == 422
    assert mails(tmp_path) == []


def test_a_mail_may_come_without_name_and_words(client: CarefulClient, address: str, tmp_path: Path) -> None:
    client.post(f"{address}/share/send", data={"to": "bea@example.org"})
    [mail] = mails(tmp_path)
    assert mail["Subject"] == "A recipe for you: Crème & rice"
    assert body(mail, "plain").startswith("Somebody sends you a recipe from FlavorBot.")


def test_too_long_a_message_is_told(client: CarefulClient, address: str, tmp_path: Path) -> None:
    answer = client.post(f"{address}/share/send", data=WORDS | {"message": "x" * 501})
    assert answer.status_code == 422
    assert 'href="#f-message"' in answer.text
    assert mails(tmp_path) == []


def test_nobody_sends_many(make_app: MakeApp, tmp_path: Path, clock: Clock) -> None:
    client = browser(make_app(rates=True))
    address = start(client)
    for place in range(10):
        assert client.post(f"{address}/share/send", data=WORDS | {"to": f"p{place}@example.org"}).status_code == 303
    answer = client.post(f"{address}/share/send", data=WORDS)
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)
    assert "Nothing was sent; try again tomorrow." in answer.text
    assert "It is good." in answer.text
    assert len(mails(tmp_path)) == 10
    clock.pass_by(days=1, seconds=1)
    assert client.post(f"{address}/share/send", data=WORDS).status_code == 303


def test_nobody_gets_many(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(rates=True)
    statuses = []
    for place in range(4):
        client = browser(app)
        sign_up(client, f"ada{place}@example.com")
        address = f"/recipes/{client.post('/api/v1/recipes', json=RECIPE).get_json()['id']}"
        statuses.append(client.post(f"{address}/share/send", data=WORDS | {"to": "BEA@example.org"}).status_code)
    assert statuses == [303, 303, 303, 429]
    assert len(mails(tmp_path)) == 3


def test_what_did_not_go_out_stays_in_the_form(make_app: MakeApp) -> None:
    inbox = Choosy()
    with serving(inbox) as server:
        client = browser(make_app(mail_server=server))
        address = start(client)
        to = "cy@example.org, bea@example.org, dan@example.org, eve@example.org"
        answer = client.post(f"{address}/share/send", data=WORDS | {"to": to})
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    assert "Sent to bea@example.org. About cy@example.org, dan@example.org, eve@example.org: " in answer.text
    assert 'value="cy@example.org, dan@example.org, eve@example.org"' in answer.text
    assert [mail["To"] for mail in inbox.mails if mail["To"] != "ada@example.com"] == ["bea@example.org"]


def test_an_address_that_the_server_refuses_is_told(make_app: MakeApp) -> None:
    with serving(Choosy()) as server:
        client = browser(make_app(mail_server=server))
        answer = client.post(f"{start(client)}/share/send", data=WORDS | {"to": "cy@example.org"})
    assert answer.status_code == 422
    assert "no mail reaches this address" in answer.text


def test_logs_hold_neither_link_nor_address(
    client: CarefulClient, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    client.post(f"{address}/share/send", data=WORDS)
    link = client.post(f"/api/v1{address}/share").get_json()["url"]
    client.get(link)
    assert "recipe mailed" in caplog.text
    assert link.rpartition("/")[2] not in caplog.text
    assert "bea@" not in caplog.text
