"""Where gunicorn and `flask` find the application."""

import sys

from flavorbot.app import create_app
from flavorbot.errors import SettingsError

try:
    app = create_app()
except SettingsError as error:
    print(*(f"flavorbot: {problem}" for problem in error.problems), sep="\n", file=sys.stderr)  # noqa: T201
    sys.exit(1)
