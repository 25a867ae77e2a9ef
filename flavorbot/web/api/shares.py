"""Links to recipes, over JSON."""

from __future__ import annotations

from flask import Response

from flavorbot.web.api.answers import ShareAnswer
from flavorbot.web.api.endpoint import answer, endpoint, no_content
from flavorbot.web.links import share_link
from flavorbot.web.share_schemas import ShareInput
from flavorbot.web.shares import end_link, make_link


@endpoint(
    "POST",
    "/recipes/<recipe_id>/share",
    body=ShareInput,
    body_required=False,
    returns=ShareAnswer,
    status=201,
    errors=(409,),
)
def create(recipe_id: str, body: ShareInput) -> Response:
    """Make a link to a recipe, for 30 days unless told; one that is there is renewed."""
    share = make_link(recipe_id, body.terms())
    return answer(ShareAnswer(url=share_link(share), expires_at=share.expires_at, published=share.published), 201)


@endpoint("DELETE", "/recipes/<recipe_id>/share", status=204)
def destroy(recipe_id: str) -> Response:
    """Take a link back; it leads nowhere at once."""
    end_link(recipe_id)
    return no_content()
