"""Who is told what happens: Prometheus and OpenTelemetry, each only where the settings ask for it."""

from __future__ import annotations

from importlib.util import find_spec

from flavorbot.errors import SettingsError
from flavorbot.interfaces import IWatch
from flavorbot.settings import Settings

NEEDED = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")
TELEMETRY = "OTEL_EXPORTER_OTLP_ENDPOINT needs more packages: pip install -r requirements-telemetry.txt"


def open_watches(settings: Settings) -> list[IWatch]:
    """Raises `SettingsError` where a package is missing."""
    check_packages(settings)
    watches: list[IWatch] = []
    if settings.metrics_token:
        from flavorbot.prometheus import Prometheus

        watches.append(Prometheus())
    if settings.otlp_endpoint:
        from flavorbot.telemetry import Telemetry

        watches.append(Telemetry())
    return watches


def check_packages(settings: Settings) -> None:
    """Raise `SettingsError` where a package is missing, without loading any."""
    if settings.otlp_endpoint and not all(map(_is_there, NEEDED)):
        raise SettingsError([TELEMETRY])


def _is_there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False
