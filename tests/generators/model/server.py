"""A server that speaks OpenAI's API as a test tells it to, on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Gives the next answer of the script, the last one again and again."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append(body)
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        answers = self.server.answers
        try:
            (answers.pop(0) if len(answers) > 1 else answers[0])(self)
        except OSError:
            self.close_connection = True
            self.server.left.set()

    def give(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


class Server(ThreadingHTTPServer):
    """`answers` is the script, `requests` what was asked; `over` ends those that wait, `left` is set by who leaves."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = [says("{}")]
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.over = threading.Event()
        self.left = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        """A client that leaves early is no error here."""


@contextmanager
def scripted() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def completion(text: str | None, finish: str = "stop", usage: object = None, **message: object) -> bytes:
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}}
    whole = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    return json.dumps(whole if usage is None else whole | {"usage": usage}).encode()


def says(text: str | None, finish: str = "stop", usage: object = None, **message: object) -> Answer:
    return lambda handler: handler.give(200, completion(text, finish, usage, **message))


def writes(recipe: object, usage: object = None) -> Answer:
    return says(json.dumps(recipe), usage=usage)


def took(sent: int, received: int) -> dict[str, int]:
    """The part of an answer that counts its tokens."""
    return {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received}


def refuses(status: int, words: str = "no", **headers: str) -> Answer:
    body = json.dumps({"error": {"message": words, "type": "invalid_request_error"}}).encode()
    return lambda handler: handler.give(status, body, **headers)


def gives(body: bytes, kind: str = "application/json", **headers: str) -> Answer:
    return lambda handler: handler.give(200, body, kind, **headers)


def silent(handler: Handler) -> None:
    handler.server.over.wait(30)
    handler.close_connection = True


def drips(handler: Handler) -> None:
    """Begins an answer and sends one byte of it now and then."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.server.over.wait(0.1):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def drips_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.server.over.wait(0.1):
        handler.wfile.write(b"x")
        handler.wfile.flush()


def breaks_off(handler: Handler) -> None:
    """Promises more than it sends."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(completion("half")[:80])
    handler.close_connection = True


def streams(handler: Handler) -> None:
    """Answers a stream in two pieces, anything else whole."""
    pours('{"dish": "soup"}', size=8)(handler)


def pours(text: str, *, size: int = 60, pause_s: float = 0.0, end: str = "stop", stay: bool = False) -> Answer:
    """Streams a text in pieces of so many characters, or says it whole to whoever asks for no stream.

    With `end` "" the connection closes without a word; with `stay` nothing more comes after the last piece.
    """

    def answer(handler: Handler) -> None:
        if not handler.server.requests[-1].get("stream"):
            handler.give(200, completion(text, end))
            return
        begin_stream(handler)
        for start in range(0, len(text), size):
            send(handler, {"choices": [{"index": 0, "delta": {"content": text[start : start + size]}}]})
            handler.server.over.wait(pause_s)
        if stay:
            keeps_quiet(handler)
        if end:
            send(handler, {"choices": [{"index": 0, "delta": {}, "finish_reason": end}]})
            send(handler, {"choices": [], "usage": {"prompt_tokens": 700, "completion_tokens": 350}})
            handler.wfile.write(b"data: [DONE]\n\n")

    return answer


def begin_stream(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Connection", "close")
    handler.end_headers()


def send(handler: Handler, event: object) -> None:
    handler.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
    handler.wfile.flush()


def keeps_quiet(handler: Handler) -> None:
    """Sends nothing until whoever asked has left."""
    handler.connection.settimeout(0.05)
    while not handler.server.over.is_set():
        try:
            if not handler.connection.recv(1):
                raise ConnectionResetError
        except TimeoutError:
            continue


def streams_event(event: object) -> Answer:
    """A stream of this one event."""

    def answer(handler: Handler) -> None:
        begin_stream(handler)
        send(handler, event)

    return answer


def never_begins(handler: Handler) -> None:
    begin_stream(handler)
    keeps_quiet(handler)


def drips_comments(handler: Handler) -> None:
    begin_stream(handler)
    while not handler.server.over.wait(0.1):
        handler.wfile.write(b": \n")
        handler.wfile.flush()
