"""Who is told what happens: Prometheus and OpenTelemetry, each only where the settings ask for it."""

from __future__ import annotations

from flavorbot.errors import SettingsError
from flavorbot.interfaces import IWatch
from flavorbot.settings import Settings

TELEMETRY = "OTEL_EXPORTER_OTLP_ENDPOINT needs more packages: pip install -r requirements-telemetry.txt"


def open_watches(settings: Settings) -> list[IWatch]:
    """Raises `SettingsError` where a package is missing."""
    watches: list[IWatch] = []
    if settings.metrics_token:
        from flavorbot.prometheus import Prometheus

        watches.append(Prometheus())
    if settings.otlp_endpoint:
        try:
            from flavorbot.telemetry import Telemetry
        except ModuleNotFoundError as missing:
            raise SettingsError([TELEMETRY]) from missing
        watches.append(Telemetry())
    return watches
