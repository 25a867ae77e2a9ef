# FlavorBot as one image. Its file system may be read-only: /tmp is the only folder that is written to, and /data for
# the embedded store. Build: docker build -t flavorbot .   Run: see the README, "Behind a balancer".
FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
COPY requirements.txt constraints.txt requirements-telemetry.txt ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.txt -r requirements-telemetry.txt

FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    FLAVORBOT_DATA=/data \
    FLAVORBOT_DRAIN_S=5
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin flavorbot \
    && install --directory --owner=flavorbot --mode=700 /data
# Whoever mounts something empty there, as Fargate does, gets it with these folders' owners.
VOLUME ["/data", "/tmp"]
WORKDIR /app
COPY --from=packages /venv /venv
COPY wsgi.py gunicorn.conf.py setup_table.py ./
COPY flavorbot flavorbot
COPY templates templates
COPY static static
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
STOPSIGNAL SIGTERM
# `exec` form, so that SIGTERM reaches gunicorn's master itself.
CMD ["python", "-m", "flavorbot.startup"]
