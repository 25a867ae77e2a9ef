"""Accounts and devices, for scripts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from flask import Response
from pydantic import BaseModel, Field

from flavorbot.model import User
from flavorbot.web import devices
from flavorbot.web.account_schemas import (
    ConfirmInput,
    DeletionInput,
    ForgotInput,
    LoginInput,
    RegisterInput,
    ResetInput,
)
from flavorbot.web.api.answers import Answer
from flavorbot.web.api.endpoint import answer, endpoint, no_content
from flavorbot.web.credentials import forget, reset
from flavorbot.web.fields import Allergens, Diets, UnitSystem
from flavorbot.web.mydata import delete_account
from flavorbot.web.people import Person, current_sid, sign_out, signed_in
from flavorbot.web.reauth import confirm_by_password, require_confirmation
from flavorbot.web.signing import log_in, register


class PersonAnswer(Answer):
    """A person with an account."""

    id: str
    email: str
    name: str
    plan: str
    diets: Diets
    allergies: Annotated[Allergens | None, Field(description="None while nobody asked; empty when there are none")]
    exclude: list[str]
    units: UnitSystem
    theme: str
    version: int


class MeAnswer(BaseModel):
    user: PersonAnswer


class DeletedAnswer(BaseModel):
    """What is gone so far, by kind; the rest goes on by itself."""

    done: bool
    counts: dict[str, int]


class RegisteredAnswer(BaseModel):
    """Who is signed in now; None where a link in a mail is to be opened first, whether the address is known or not."""

    user: PersonAnswer | None


class DeviceAnswer(BaseModel):
    """A browser that the person is signed in with."""

    id: str
    current: bool
    created_at: datetime
    last_seen_at: datetime
    browser: str


class DevicesAnswer(BaseModel):
    items: list[DeviceAnswer]


@endpoint(
    "POST",
    "/auth/register",
    body=RegisterInput,
    returns=RegisteredAnswer,
    status=201,
    errors=(409, 429),
    signed_in=False,
    by_token=False,
)
def create(body: RegisterInput) -> Response:
    """Make an account and sign in."""
    user = register(body)
    return answer(RegisteredAnswer(user=PersonAnswer.model_validate(user) if user else None), 201)


@endpoint("POST", "/auth/login", body=LoginInput, returns=MeAnswer, errors=(401, 429), signed_in=False, by_token=False)
def start(body: LoginInput) -> Response:
    """Sign in; the answer sets the session cookie."""
    return answer(_of(log_in(body)))


@endpoint("POST", "/auth/forgot", body=ForgotInput, status=202, errors=(429,), signed_in=False, by_token=False)
def forgot(body: ForgotInput) -> Response:
    """Mail a link for setting a new password, if the address is known; the answer does not tell whether."""
    forget(body)
    return Response(status=202)


@endpoint("POST", "/auth/reset", body=ResetInput, errors=(404, 429), signed_in=False, by_token=False)
def reset_password(body: ResetInput) -> Response:
    """Set a new password with the text from the mailed link; signs out everywhere."""
    reset(body)
    return Response(status=200)


@endpoint("POST", "/auth/logout", status=204, signed_in=False, by_token=False)
def end() -> Response:
    """Sign out; harmless when nobody is signed in."""
    sign_out()
    return no_content()


@endpoint("POST", "/auth/confirm", body=ConfirmInput, status=204, errors=(422, 429), by_token=False)
def confirm(body: ConfirmInput) -> Response:
    """Confirm with the password that it is you, for the next ten minutes in this session."""
    confirm_by_password(body)
    return no_content()


@endpoint("GET", "/me", returns=MeAnswer)
def show() -> Response:
    """Who is signed in."""
    return answer(_of(signed_in()))


@endpoint(
    "DELETE",
    "/me",
    body=DeletionInput,
    returns=DeletedAnswer,
    status=202,
    errors=(404, 409, 429),
    by_token=False,
    answer_headers=("Location",),
)
def destroy(body: DeletionInput) -> Response:
    """Delete the account and everything in it for good; the page at `Location` tells how far that is."""
    erasure, ticket = delete_account(body)
    deleted = DeletedAnswer(done=erasure.done_at is not None, counts=dict(erasure.counts))
    return answer(deleted, 202, {"Location": f"/deleted/{ticket}"})


@endpoint("GET", "/sessions", returns=DevicesAnswer, by_token=False)
def index_sessions() -> Response:
    """The browsers this person is signed in with, latest first."""
    items = [
        DeviceAnswer(
            id=each.sid,
            current=each.sid == current_sid(),
            created_at=each.created_at,
            last_seen_at=each.last_seen_at,
            browser=each.browser,
        )
        for each in devices.of(signed_in().id)
    ]
    return answer(DevicesAnswer(items=items))


@endpoint("DELETE", "/sessions/<sid>", status=204, errors=(404,), by_token=False)
def destroy_session(sid: str) -> Response:
    """Sign one browser out, this one included; another one takes a recent confirmation."""
    person = signed_in()
    if sid == current_sid():
        sign_out()
    else:
        require_confirmation()
        devices.end(person.id, sid)
    return no_content()


@endpoint("DELETE", "/sessions", status=204, by_token=False)
def destroy_sessions() -> Response:
    """Sign out every other browser; takes a recent confirmation."""
    require_confirmation()
    devices.end_others(signed_in().id)
    return no_content()


def _of(user: User | Person) -> MeAnswer:
    return MeAnswer(user=PersonAnswer.model_validate(user))
