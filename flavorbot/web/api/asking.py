"""Asking the chef, over JSON."""

from __future__ import annotations

from flask import Response
from pydantic import BaseModel

from flavorbot import recipes as box
from flavorbot.asking import about_draft, about_recipe
from flavorbot.web.api.answers import RecipeAnswer, UsageAnswer
from flavorbot.web.api.conditions import request_id
from flavorbot.web.api.endpoint import answer, endpoint
from flavorbot.web.api.usage import current_usage
from flavorbot.web.asking import ask as ask_chef
from flavorbot.web.cooking import open_draft
from flavorbot.web.people import signed_in
from flavorbot.web.schemas import AskInput
from flavorbot.web.services import services


class ChefAnswer(BaseModel):
    """The chef's words, and a new version of the recipe where the question asks for one; nothing is stored of it."""

    answer: str
    proposal: RecipeAnswer | None
    usage: UsageAnswer


@endpoint(
    "POST", "/ask", body=AskInput, returns=ChefAnswer, errors=(404, 409, 429), request_headers=("Idempotency-Key",)
)
def ask(body: AskInput) -> Response:
    """Ask about a draft or a saved recipe; the same key again gives the same answer and takes nothing."""
    key, asking = request_id(body.request_id), signed_in()
    if body.draft_id:
        subject = about_draft(open_draft(body.draft_id), asking)
    else:
        subject = about_recipe(box.open_recipe(services().storage, asking.id, body.recipe_id or ""), asking)
    reply = ask_chef(subject, body.question, key).reply
    proposal = RecipeAnswer.model_validate(reply.proposal) if reply.proposal else None
    return answer(ChefAnswer(answer=reply.text, proposal=proposal, usage=current_usage()))
