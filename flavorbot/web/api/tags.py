"""Tags, over JSON."""

from __future__ import annotations

from flask import Response

from flavorbot.recipes import all_cards
from flavorbot.tagging import change_tag, count_tags
from flavorbot.web.api.box_answers import TagProgressAnswer, TagsAnswer
from flavorbot.web.api.endpoint import answer, endpoint
from flavorbot.web.bulk_schemas import MOST_AT_ONCE, TagStep
from flavorbot.web.people import signed_in
from flavorbot.web.services import services


@endpoint("GET", "/tags", returns=TagsAnswer)
def index() -> Response:
    """My tags by name, each with how many recipes have it."""
    tags = count_tags(all_cards(services().storage, signed_in().id))
    return answer(TagsAnswer.model_validate({"items": tags}))


@endpoint("POST", "/tags/changes", body=TagStep, returns=TagProgressAnswer)
def create(body: TagStep) -> Response:
    """Rename, merge or drop a tag in up to 100 recipes; while some are `left`, send it again with its `after`."""
    progress = change_tag(services().storage, signed_in().id, body.old, body.new, body.after, MOST_AT_ONCE)
    failed = [{"id": recipe_id, "reason": reason} for recipe_id, reason in progress.failed.items()]
    return answer(
        TagProgressAnswer.model_validate(
            {"changed": progress.done, "left": progress.left, "after": progress.after, "failed": failed}
        )
    )
