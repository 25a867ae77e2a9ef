"""Tokens for scripts, over JSON; made and ended in a browser's session only."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from flask import Response
from pydantic import BaseModel

from flavorbot.access_tokens import tokens_of
from flavorbot.web.account_schemas import TokenInput
from flavorbot.web.api.answers import Answer
from flavorbot.web.api.endpoint import answer, endpoint, no_content
from flavorbot.web.people import signed_in
from flavorbot.web.reauth import require_confirmation
from flavorbot.web.services import services
from flavorbot.web.tokens import end, make


class NewTokenAnswer(BaseModel):
    """The one time that `token` is told."""

    token: str
    id: str
    expires_at: datetime


class TokenAnswer(Answer):
    """What is known of a token; `last_used_at` is exact to an hour."""

    id: str
    name: str
    scope: Literal["read", "write"]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class TokensAnswer(BaseModel):
    items: list[TokenAnswer]


@endpoint("POST", "/tokens", body=TokenInput, returns=NewTokenAnswer, status=201, errors=(409, 429), by_token=False)
def create(body: TokenInput) -> Response:
    """Make a token for a script, to read or to change too; it is told this once. Takes a recent confirmation."""
    require_confirmation()
    token, text = make(body)
    return answer(NewTokenAnswer(token=text, id=token.id, expires_at=token.expires_at), 201)


@endpoint("GET", "/tokens", returns=TokensAnswer, by_token=False)
def index() -> Response:
    """This person's tokens, newest first."""
    found = tokens_of(services().storage, signed_in().id)
    return answer(TokensAnswer(items=[TokenAnswer.model_validate(token) for token in found]))


@endpoint("DELETE", "/tokens/<token_id>", status=204, by_token=False)
def destroy(token_id: str) -> Response:
    """End a token; it opens nothing from then on."""
    end(token_id)
    return no_content()
