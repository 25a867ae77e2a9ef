"""Signing in, and linking, with an outside provider: out to it, and back from it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request, session
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as AnyResponse

from flavorbot import accounts
from flavorbot.errors import (
    Conflict,
    EmailTaken,
    FlavorBotError,
    InvalidInput,
    NotFound,
    NotSignedIn,
    ProviderRefused,
)
from flavorbot.model import Identity
from flavorbot.settings import NOT_PROVIDERS
from flavorbot.web.credentials import must_confirm
from flavorbot.web.errors import problem_of
from flavorbot.web.known_browsers import remember_browser
from flavorbot.web.links import full_link
from flavorbot.web.logs import log_event
from flavorbot.web.noticing import record_change
from flavorbot.web.people import keep_session, moment_s, person, sign_in
from flavorbot.web.rates import check_address, check_registering
from flavorbot.web.recording import record
from flavorbot.web.redirects import safe_next
from flavorbot.web.services import services
from flavorbot.web.signing import after_first_step

if TYPE_CHECKING:
    from flavorbot.outside import Claims, Provider


class ProviderConverter(BaseConverter):
    """A provider's name in an address; other ways to sign in have theirs there, too."""

    regex = f"(?!(?:{'|'.join(NOT_PROVIDERS)})$)[a-z0-9_]+"
    part_isolating = True


blueprint = Blueprint("outside", __name__, url_prefix="/login/<provider:provider>")

QUARTER_OF_AN_HOUR_S = 900
UNDER_WAY = "outside"
# Several tabs may be on their way to a provider; what was begun before the last few, or long ago, has been left.
MOST_UNDER_WAY = 4
HOLDS_S = 600
NOT_BEGUN = "This sign-in was not begun in this browser just now, or it was finished before. Please begin again."
TAKEN = (
    "There is an account with the address {email} already. Sign in to it the way you do, "
    "then link {label} on your account’s page “Sign-in by others”."
)
UNVERIFIED = (
    "{label} does not say whether your e-mail address is yours. Register here with a password and confirm the address, "
    "then link {label} on your account’s page “Sign-in by others”."
)
NO_ADDRESS = "{label} does not tell us your e-mail address. Register here with an address, then link {label} to that."


@blueprint.get("")
def new(provider: str) -> AnyResponse:
    """Nothing happens by an address alone, which any other site's page could name."""
    _known(provider)
    return redirect(f"/login?{urlencode({'next': safe_next(request.args.get('next'))})}", 303)


@blueprint.post("")
def start(provider: str) -> AnyResponse:
    return begin(provider, safe_next(request.form.get("next")))


@blueprint.get("/callback")
def callback(provider: str) -> AnyResponse:
    """Where the provider sends the browser back to."""
    begun: dict[str, Any] = {}
    try:
        begun = _begun(provider)
        return _finish(provider, begun)
    except FlavorBotError as error:
        cause = type(error.__cause__ or error).__name__
        log_event("outside sign-in failed", kind=type(error).__name__, cause=cause, provider=provider)
        return _failed(provider, error, begun)


def begin(provider: str, target: str, link_to: str | None = None) -> AnyResponse:
    """Send the browser to the provider, and remember with what; `NotFound`, `TooManyRequests`, or a page that says why.

    With `link_to` that person is linked when it comes back, else signed in.
    """
    known = _known(provider)
    check_address("outside sign-in", limit=50, window_s=QUARTER_OF_AN_HOUR_S)
    try:
        question = known.ask(_callback_address(provider))
    except FlavorBotError as error:
        log_event("outside sign-in failed", kind=type(error.__cause__ or error).__name__, provider=provider)
        return _failed(provider, error, {"link_to": link_to})
    under_way = {
        "provider": provider,
        "state": question.state,
        "nonce": question.nonce,
        "verifier": question.verifier,
        "at": moment_s(),
        "target": target,
        "link_to": link_to,
    }
    session[UNDER_WAY] = [*_under_way(), under_way][-MOST_UNDER_WAY:]
    if question.url.startswith(f"{known.issuer.origin}/"):
        return redirect(question.url, 303)
    # The policy lets a form lead to the issuer's own origin alone; a link may lead anywhere.
    return make_response(render_template("outside/onward.html", label=known.issuer.label, url=question.url))


def _known(provider: str) -> Provider:
    found = services().providers.get(provider)
    if found is None:
        raise NotFound
    return found


def _callback_address(provider: str) -> str:
    return full_link("outside.callback", provider=provider)


def _under_way() -> list[dict[str, Any]]:
    """What this browser began and did not finish."""
    begun = session.get(UNDER_WAY)
    return [each for each in begun if 0 <= moment_s() - each["at"] < HOLDS_S] if isinstance(begun, list) else []


def _begun(provider: str) -> dict[str, Any]:
    """What this answer is to, which is forgotten with it; `ProviderRefused`."""
    _known(provider)
    state, waiting = request.args.get("state"), _under_way()
    found = next((each for each in waiting if each["state"] == state), None)
    if found is None:
        raise ProviderRefused(NOT_BEGUN)
    session[UNDER_WAY] = [each for each in waiting if each is not found]
    # Now, since an answer of 502 keeps nothing, and another request may come while the provider is asked.
    if not keep_session() or found["provider"] != provider:
        raise ProviderRefused(NOT_BEGUN)
    return found


def _finish(provider: str, begun: dict[str, Any]) -> AnyResponse:
    found = _known(provider)
    address = _callback_address(provider)
    claims = found.answer(request.args.to_dict(), begun["nonce"], begun["verifier"], address)
    identity = Identity(
        issuer=found.issuer.url,
        subject=claims.subject,
        user_id="",
        label=claims.email or claims.name,
        created_at=services().now(),
    )
    if begun["link_to"] is not None:
        return _link(identity, begun, found.issuer.label)
    known = services().storage.find_identity(identity.issuer, identity.subject)
    how = f"with {found.issuer.label}"
    if known is None:
        return _register(identity, claims, begun, found.issuer.label)
    user = services().storage.get_user(known.user_id)
    if user is None:
        raise ProviderRefused("The account that this opened is deleted.")
    return redirect(begun["target"] if after_first_step(user, how) else _to_code(begun), 303)


def _link(identity: Identity, begun: dict[str, Any], label: str) -> AnyResponse:
    """Only to whoever began it, and is still signed in here."""
    who = person()
    if who is None or who.id != begun["link_to"]:
        raise ProviderRefused(NOT_BEGUN)
    linked = replace(identity, user_id=who.id)
    services().storage.add_identity(linked)
    detail = f"{label}, {linked.label}".rstrip(", ")
    record_change("Sign-in by others linked", detail, f"{label} was linked to your FlavorBot account")
    return redirect("/account/identities?done=linked", 303)


def _register(identity: Identity, claims: Claims, begun: dict[str, Any], label: str) -> AnyResponse:
    """A new account for somebody nobody here knows; one of the same address is never opened by that address."""
    found = services()
    check_registering()
    if not claims.email:
        raise ProviderRefused(NO_ADDRESS.format(label=label))
    user = accounts.new_user_from_outside(
        claims.email, claims.email_verified, claims.name, plan=found.settings.default_plan, now=found.now()
    )
    if must_confirm() and not claims.email_verified:
        # Whether or not the address is known here: somebody else may have given it there.
        raise ProviderRefused(UNVERIFIED.format(label=label))
    try:
        sign_in(user, partial(found.storage.create_user, user, identity=replace(identity, user_id=user.id)))
    except EmailTaken:
        log_event("registration refused")
        if claims.email_verified:
            raise Conflict(TAKEN.format(email=user.email, label=label)) from None
        raise Conflict("No account was made. If you already have one, sign in and link this there.") from None
    remember_browser(user.email)
    record(user.id, "Registered", f"with {label}")
    return redirect(begun["target"], 303)


def _to_code(begun: dict[str, Any]) -> str:
    return f"/login/code?{urlencode({'next': begun['target']})}"


def _failed(provider: str, error: FlavorBotError, begun: dict[str, Any]) -> Response:
    """A page that says why, with the way back; one of somebody who is not let in is no redirect to sign in."""
    problem = problem_of(error)
    status = 403 if isinstance(error, NotSignedIn) else problem.status
    linking = begun.get("link_to") is not None
    page = render_template(
        "outside/failed.html",
        title=problem.title if not isinstance(error, (NotSignedIn, InvalidInput)) else "You are not signed in",
        message=problem.message,
        back="/account/identities" if linking else "/login",
        linking=linking,
    )
    response = make_response(page, status)
    if problem.retry_after:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response
