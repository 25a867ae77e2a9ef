"""Where gunicorn and `flask` find the application."""

from flavorbot.app import create_app
from flavorbot.errors import SettingsError
from flavorbot.startup import stop

try:
    app = create_app()
except SettingsError as error:
    stop(error)
