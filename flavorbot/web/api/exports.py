"""Everything as one file."""

from __future__ import annotations

from flask import Response

from flavorbot.web.api.endpoint import endpoint
from flavorbot.web.bearer import bearer
from flavorbot.web.bulk_schemas import ZipQuery
from flavorbot.web.people import signed_in
from flavorbot.web.zips import all_of_it


@endpoint("GET", "/export", query=ZipQuery, media="application/zip", errors=(400,))
def show(query: ZipQuery) -> Response:
    """A zip of everything; `all` is recipes as JSON-LD and Markdown. A token gets no list of devices and tokens."""
    return all_of_it(signed_in(), query, access=bearer() is None)
