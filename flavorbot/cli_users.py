"""`flask user …`: what whoever runs this may do with an account, each act noted with the person."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

import click
from ulid import ULID

from flavorbot import accounts, erasing
from flavorbot.counting import LogNames
from flavorbot.errors import FlavorBotError, NotFound, SettingsError
from flavorbot.interfaces import IStorage
from flavorbot.model import PLANS, Event, Owner, User
from flavorbot.secret import load_secret
from flavorbot.settings import Settings
from flavorbot.startup import stop

P = ParamSpec("P")

SHOWN_EVENTS = 10
# So long is waited for a worker of the running site that is at it, too.
WORKER_S = 0.5


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command works with."""

    storage: IStorage
    settings: Settings
    now: datetime

    def person(self, who: str) -> User:
        """By their e-mail address or id; `NotFound`."""
        found = self.storage.user_by_email(who) if "@" in who else self.storage.get_user(who)
        if found is None:
            raise NotFound(f"Nobody has an account as {who}.")
        return found

    def note(self, user: User, what: str) -> None:
        event = Event(id=str(ULID.from_datetime(self.now)), at=self.now, what=what, browser="whoever runs this site")
        self.storage.add_event(user.id, event)


def at_desk(command: Callable[Concatenate[Desk, P], None]) -> Callable[P, None]:
    """Give a command its desk, and have it end with one clear line when something is wrong."""

    @wraps(command)
    def run(*args: P.args, **options: P.kwargs) -> None:
        from flavorbot.storage import open_storage

        try:
            settings = Settings.from_env()
            command(Desk(open_storage(settings, b""), settings, datetime.now(UTC)), *args, **options)
        except SettingsError as error:
            stop(error)
        except FlavorBotError as error:
            click.echo(error.detail, err=True)
            sys.exit(1)

    return run


@click.group("user")
def user() -> None:
    """The people with an account; WHO is an e-mail address or an id."""


@user.command("list")
@click.option("--containing", default="", help="Only those whose address or name has this in it.")
@at_desk
def index(desk: Desk, containing: str) -> None:
    """Everybody, a line each, as the store is read; on DynamoDB that reads the whole table."""
    for each in desk.storage.every_user():
        if containing.casefold() in f"{each.email} {each.name}".casefold():
            click.echo("\t".join([each.id, each.email, each.plan, _day(each.created_at), _state(each)]))


@user.command()
@click.argument("who")
@at_desk
def show(desk: Desk, who: str) -> None:
    """What there is to know about one account."""
    person = desk.person(who)
    months = desk.storage.list_usage(Owner("user", person.id), f"{desk.now:%Y-%m}", f"{desk.now:%Y-%m}")
    told = {
        "id": person.id,
        "e-mail": person.email,
        "name": person.name,
        "plan": person.plan,
        "since": _day(person.created_at),
        "state": _state(person),
        "devices": len(desk.storage.list_sessions(person.id)),
        "name in logs": LogNames(load_secret(desk.settings)).of(person.id),
        "tokens": len(desk.storage.list_access_tokens(person.id)),
        "recipes this month": sum(each.recipes_generated for each in months),
        "questions this month": sum(each.recipe_queries for each in months),
    }
    for name, value in told.items():
        click.echo(f"{name:20} {value}")
    for event in desk.storage.list_events(person.id, SHOWN_EVENTS):
        click.echo(f"{event.at:%Y-%m-%d %H:%M} UTC  {event.what} {event.detail}  {event.browser}".rstrip())


@user.command()
@click.argument("who")
@click.argument("name", type=click.Choice(PLANS))
@at_desk
def plan(desk: Desk, who: str, name: str) -> None:
    """Give somebody another plan, from their next page on."""
    person = accounts.change_plan(desk.storage, desk.person(who), name)
    desk.note(person, f"Plan changed to {name}")
    click.echo(f"{person.email} has the plan {name}.")


@user.command()
@click.argument("who")
@at_desk
def disable(desk: Desk, who: str) -> None:
    """Let nobody in as this person, from now on; what they have stays."""
    person = desk.person(who)
    ended = accounts.disable(desk.storage, person, desk.now)
    desk.note(person, "Account disabled")
    click.echo(f"{person.email} is disabled, and no token works. Devices signed out: {ended}.")


@user.command()
@click.argument("who")
@at_desk
def enable(desk: Desk, who: str) -> None:
    """Let a disabled person in again; tokens that have not expired work again, too."""
    person = accounts.enable(desk.storage, desk.person(who))
    desk.note(person, "Account enabled")
    click.echo(f"{person.email} is enabled.")


@user.command()
@click.argument("who")
@click.option("--end", is_flag=True, help="Sign all of them out.")
@at_desk
def sessions(desk: Desk, who: str, end: bool) -> None:
    """Where somebody is signed in."""
    person = desk.person(who)
    for each in desk.storage.list_sessions(person.id):
        seen = f"since {_day(each.created_at)}, last seen {_day(each.last_seen_at)}"
        click.echo(f"{each.browser or 'A browser'}, {seen}")
    if end:
        count = accounts.sign_out_everywhere(desk.storage, person.id)
        desk.note(person, "Signed out everywhere")
        click.echo(f"Devices signed out: {count}.")


@user.command()
@click.argument("who", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--unfinished", is_flag=True, help="Finish what was begun before and broke off.")
@at_desk
def delete(desk: Desk, who: str | None, yes: bool, unfinished: bool) -> None:
    """Delete an account and everything in it, for good."""
    if unfinished:
        erasing.Sweeper(desk.storage).sweep()
    if who is None:
        if not unfinished:
            raise click.UsageError("Say whose account: WHO is missing.")
        return
    person = desk.person(who)
    if not yes:
        click.confirm(f"Delete the account of {person.email} and everything in it, for good?", abort=True)
    erasure, _ = erasing.begin(desk.storage, person, desk.now)
    while erasure.done_at is None:
        before, erasure = erasure, erasing.go_on(desk.storage, erasure, erasing.REQUEST_S)
        if erasure == before:
            time.sleep(WORKER_S)
        click.echo(f"{erasure.count:,} things are gone.")
    for kind, count in sorted(erasure.counts.items()):
        click.echo(f"{count:8,} {kind}")
    click.echo(f"The account of {person.email} is deleted.")


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _state(person: User) -> str:
    return f"disabled since {_day(person.disabled_at)}" if person.disabled_at else "enabled"
