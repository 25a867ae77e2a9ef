"""Everything as one file."""

from __future__ import annotations

from flask import Response

from flavorbot.web.api.endpoint import endpoint
from flavorbot.web.bulk_schemas import ZipQuery
from flavorbot.web.people import signed_in
from flavorbot.web.zips import whole_box


@endpoint("GET", "/export", query=ZipQuery, media="application/zip", errors=(400,))
def show(query: ZipQuery) -> Response:
    """A zip of all my recipes and collections; `all` is JSON-LD and Markdown."""
    return whole_box(signed_in(), query)
