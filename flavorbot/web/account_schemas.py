"""What people and scripts may send about accounts: one definition for forms, JSON bodies and the OpenAPI document."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from flavorbot.access_tokens import DAYS, LONGEST_DAYS
from flavorbot.model import THEMES, TokenScope
from flavorbot.passkeys import LONGEST_CREDENTIAL
from flavorbot.web.fields import Allergens, Diets, Entries, OneOf, UnitSystem, Whole, filled, line

# Passwords are taken as they are typed; how long and how common they may be is for `flavorbot.passwords` to say.
Password = Annotated[str, StringConstraints(min_length=1, max_length=4_096)]


class Input(BaseModel):
    """Keys that are not known (`id`, `plan` …) are ignored, never stored."""

    model_config = ConfigDict(extra="ignore", defer_build=True)


class RegisterInput(Input):
    """A new account."""

    email: Annotated[str, line(320), Field(json_schema_extra={"format": "email"})]
    password: Password
    name: Annotated[str, line(80)] = ""


class LoginInput(Input):
    """Signing in."""

    email: Annotated[str, line(320)]
    password: Password
    code: Annotated[
        str | None, Field(max_length=80, description="Of the authenticator app, or a recovery code, where that is on")
    ] = None


class CodeInput(Input):
    """A code of an authenticator app, or a recovery code."""

    code: Annotated[str, filled(80)]


class ConfirmInput(Input):
    """Confirming that it is oneself."""

    password: Password


class PasskeyInput(Input):
    """A new passkey: what the browser made, and what its person calls it."""

    credential: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_CREDENTIAL)]
    name: Annotated[str, line(80)] = ""


class DeletionInput(Input):
    """Deleting one's account, with its password; who has none confirms in another way first."""

    password: Annotated[str, StringConstraints(max_length=4_096)] = ""


class ForgotInput(Input):
    """Whoever forgot the password."""

    email: Annotated[str, line(320)]


class ResetInput(Input):
    """A new password, with the text from the link in a mail."""

    token: Annotated[str, line(200)]
    password: Password


class PasswordInput(Input):
    """A new password in place of the current one."""

    current_password: Password
    password: Password
    end_others: bool = True


class EmailInput(Input):
    """Another address."""

    email: Annotated[str, line(320)]
    current_password: Password


class AccountInput(Input):
    """What a person says about themselves; `version` is the one that the form was made from."""

    name: Annotated[str, filled(80)]
    diets: Diets = []
    allergies: Allergens | None = None
    exclude: Annotated[Entries, Field(max_length=50)] = []
    units: UnitSystem = "metric"
    theme: Annotated[str, OneOf(THEMES)] = "auto"
    version: Annotated[int, Field(ge=1)]


class TokenInput(Input):
    """A new token for a script."""

    name: Annotated[str, filled(80)]
    scope: Annotated[str, OneOf(get_args(TokenScope))] = "read"
    days: Annotated[int, Whole(1, LONGEST_DAYS)] = DAYS
