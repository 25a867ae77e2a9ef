"""Mails that tell people what was done to their account; they are sent after the answer and never fail it."""

from __future__ import annotations

from flask import request

from flavorbot.model import User
from flavorbot.sessions.browser import browser_name
from flavorbot.web import account_mail
from flavorbot.web.outbox import later
from flavorbot.web.people import current_sid, signed_in
from flavorbot.web.recording import record
from flavorbot.web.services import services

SEEN = 200
BEING_IN = ("Registered", "Signed in")


def notify(to: str, what: str, more: str = "") -> None:
    """Notices are not counted: whoever took an account over must not be able to keep them away."""
    mailer, mail = services().mailer, account_mail.notice_mail(to, what, more)
    later(lambda: mailer.send(mail))


def record_change(what: str, detail: str, told: str) -> None:
    """Note that whoever is signed in changed a way into their account, and mail it to them; see `record`, `notify`."""
    person = signed_in()
    record(person.id, what, detail)
    notify(person.email, told)


def notice_new_device(user: User) -> None:
    """Mail a person who signed in with a browser that they were not seen with in 90 days."""
    found, browser, sid = services(), browser_name(request.user_agent.string), current_sid()
    mail = account_mail.notice_mail(user.email, f"New sign-in to FlavorBot from {browser}")

    def tell() -> None:
        devices_now = [each.browser for each in found.storage.list_sessions(user.id) if each.sid != sid]
        # Anybody who knows the address brings about other events, in whatever browser they say that they use.
        events = [each.browser for each in found.storage.list_events(user.id, SEEN) if each.what in BEING_IN]
        # This sign-in is among the events.
        if browser not in devices_now and events.count(browser) < 2:
            found.mailer.send(mail)

    later(tell)
