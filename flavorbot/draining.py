"""Leaving without dropping anybody: when gunicorn is told to end, `/readyz` says so first, and the end comes later.

A balancer needs some seconds to see it and to send new requests elsewhere; all that time everything is answered.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from types import MethodType

from gunicorn.arbiter import Arbiter
from gunicorn.workers.gthread import ThreadWorker

from flavorbot.leaving import is_leaving, leave


def leave_after(server: Arbiter, seconds: int) -> None:
    """Have this master wait so long between SIGTERM and the end; meant for whoever starts it, before any worker.

    SIGINT and SIGQUIT still end it at once, a second SIGTERM changes nothing.
    """
    end, ending = server.handle_term, threading.Event()

    def term(_: Arbiter) -> None:
        if not seconds or ending.is_set():
            end()
        if not is_leaving():
            leave()
            server.log.info("Told to end: /readyz says so for %s s, then requests are finished.", seconds)
            threading.Thread(target=wait, name="leaving", daemon=True).start()

    def wait() -> None:
        time.sleep(seconds)
        ending.set()
        os.kill(os.getpid(), signal.SIGTERM)

    server.handle_term = MethodType(term, server)


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's own, which ends without waiting for connections that never sent anything.

    Browsers open such connections in advance. gunicorn 27 shortens the wait for connections that were used before, but
    holds those open for as long as `graceful_timeout` allows.
    """

    def _cap_keepalive(self, deadline: float) -> None:
        super()._cap_keepalive(deadline)
        for connection in self.pending_conns:
            connection.timeout = min(connection.timeout, deadline)
