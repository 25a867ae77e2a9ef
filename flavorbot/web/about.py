"""What FlavorBot says of itself."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("about", __name__)


@blueprint.get("/accessibility")
def accessibility() -> str:
    """What people with disabilities can count on, how it was checked, and what is known to be missing."""
    return render_template("about/accessibility.html")
