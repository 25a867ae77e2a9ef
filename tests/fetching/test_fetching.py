"""Pages of sites that help, that refuse, and that mean harm."""

from __future__ import annotations

import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from flavorbot import fetching
from flavorbot.addresses import NotOnTheWeb
from flavorbot.errors import GeneratorBusy, InvalidInput
from flavorbot.fetching import BY_HAND, Address, PageUnreadable, fetch_page
from tests.fetching.site import PAGE, Answer, Site, certificate, endless, moved, or_loopback, page, serving, zipped

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def refusal(site: Site, url: str = "http://kitchen.example/soup", deadline_s: float = 5) -> str:
    """The words in which a page did not come; every one says what to do instead."""
    with pytest.raises(PageUnreadable) as refused:
        site.fetch(url, deadline_s)
    (error,) = refused.value.errors
    assert error.field == "url"
    assert error.message.endswith(BY_HAND)
    return error.message


def test_a_page_comes_as_it_is(site: Site) -> None:
    fetched = site.fetch("http://kitchen.example/soup?for=2#top")
    assert (fetched.content, fetched.kind, fetched.charset) == (PAGE, "text/html", "utf-8")
    assert fetched.url == "http://kitchen.example/soup?for=2"


def test_nothing_is_sent_that_tells_who_asks(site: Site) -> None:
    site.answers = [page(b"", "302 Found", Location="/next", Set_Cookie="a=1"), page()]
    site.fetch()
    first, second = (request.splitlines() for request in site.requests)
    assert (first[0], second[0]) == ("GET /soup HTTP/1.1", "GET /next HTTP/1.1")
    names = {line.partition(":")[0] for line in [*first[1:], *second[1:]] if line}
    assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert "Host: kitchen.example" in first


def test_a_packed_page_is_unpacked(site: Site) -> None:
    site.answers = [zipped(PAGE)]
    assert site.fetch().content == PAGE


def test_a_page_in_chunks_is_put_together(site: Site) -> None:
    body = OK + b"Transfer-Encoding: chunked\r\n\r\n4\r\n<!do\r\n6\r\nctype>\r\n0\r\n\r\n"
    site.answers = [lambda sock: sock.sendall(body)]
    assert site.fetch().content == b"<!doctype>"


def test_the_end_of_a_redirect_is_told(site: Site) -> None:
    site.answers = [moved("http://www.kitchen.example/a"), moved("/b", "308 Permanent Redirect"), page()]
    assert site.fetch().url == "http://www.kitchen.example/b"


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/", "http://localhost/admin", "http://169.254.169.254/latest", "http://[::1]/", "file:///etc/passwd",
        "http://2130706433/", "gopher://kitchen.example/", "http://kitchen.example:22/", "http://a:b@kitchen.example/",
    ],
)  # fmt: skip
def test_a_redirect_to_the_inside_is_refused(site: Site, to: str) -> None:
    site.answers = [moved(to)]
    with pytest.raises(NotOnTheWeb):
        site.fetch()
    assert len(site.requests) == 1


def test_a_redirect_to_a_name_that_leads_inside_is_refused(site: Site) -> None:
    site.answers = [moved("http://inside.example/")]

    def resolve(host: str, port: int) -> Sequence[Address]:
        return [("10.0.0.1", 80)] if host == "inside.example" else site.resolve(host, port)

    with pytest.raises(NotOnTheWeb):
        fetch_page("http://kitchen.example/", resolve=resolve, allowed=or_loopback)


def test_a_name_is_looked_up_once_and_asked_at_that_address(site: Site) -> None:
    """A name that leads to the web when it is checked, and inside when it is opened, would gain nothing."""
    answers = [site.resolve("", 80), [("10.0.0.1", 80)]]
    fetched = fetch_page("http://kitchen.example/", resolve=lambda host, port: answers.pop(0), allowed=or_loopback)
    assert fetched.content == PAGE
    assert len(answers) == 1


def test_a_second_hop_looks_the_name_up_and_checks_again(site: Site) -> None:
    site.answers = [moved("/again")]
    answers = [site.resolve("", 80), [("10.0.0.1", 80)]]
    with pytest.raises(NotOnTheWeb):
        fetch_page("http://kitchen.example/", resolve=lambda host, port: answers.pop(0), allowed=or_loopback)


def test_redirects_come_to_an_end(site: Site) -> None:
    site.answers = [moved("/soup")]
    assert "leads from one to the next" in refusal(site)
    assert len(site.requests) == fetching.MOST_HOPS + 1


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "429 Too Many Requests", "503 Unavailable"])
def test_a_site_that_refuses_programs_is_told_so(site: Site, status: str) -> None:
    site.answers = [page(b"no", status)]
    assert refusal(site).startswith("This site refuses to be read by programs.")


@pytest.mark.parametrize(
    ("status", "words"), [("404 Not Found", "no page"), ("410 Gone", "no page"), ("500 Oh", "500")]
)
def test_a_missing_page_and_a_broken_site_are_told_so(site: Site, status: str, words: str) -> None:
    site.answers = [page(b"", status)]
    assert words in refusal(site)


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "text/plain", "application/octet-stream", ""])
def test_what_is_no_page_is_not_read(site: Site, kind: str) -> None:
    site.answers = [page(Content_Type=kind)]
    assert "not a web page" in refusal(site)


@pytest.mark.parametrize("kind", ["application/ld+json", "application/json;charset=utf-8", "application/xhtml+xml"])
def test_data_and_xhtml_are_read(site: Site, kind: str) -> None:
    site.answers = [page(b"{}", Content_Type=kind)]
    assert site.fetch().content == b"{}"


def test_an_endless_page_is_cut_off(site: Site) -> None:
    site.answers = [endless(site, OK + b"\r\n", b"x" * 65_536)]
    assert "over 3 MB" in refusal(site)


def test_a_page_that_unpacks_for_ever_costs_no_memory(site: Site) -> None:
    site.answers = [zipped(bytes(200 * 1024 * 1024))]
    tracemalloc.start()
    assert "over 3 MB" in refusal(site)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 * fetching.PAGE.most_bytes


@pytest.mark.parametrize(
    "answer",
    [
        page(Content_Encoding="br"),
        page(b"\x1f\x8bno gzip", Content_Encoding="gzip"),
        page(Content_Length="999"),
        lambda sock: sock.sendall(b"SSH-2.0-OpenSSH_9.6\r\n"),
        lambda sock: sock.sendall(OK + b"X: " + b"x" * 100_000 + b"\r\n\r\n"),
        lambda sock: sock.sendall(OK + b"X: y\r\n" * 500 + b"\r\n"),
        lambda sock: sock.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n"),
        lambda sock: None,
    ],
    ids=["brotli", "no gzip", "cut off", "no web", "long header", "many headers", "bad chunk", "silence"],
)
def test_a_broken_answer_is_a_message(site: Site, answer: Answer) -> None:
    site.answers = [answer]
    refusal(site)


def test_endless_headers_are_cut_off(site: Site) -> None:
    site.answers = [endless(site, b"", b"HTTP/1.1 100 Continue\r\nX: " + b"x" * 60_000 + b"\r\n\r\n")]
    assert "over 3 MB" in refusal(site)


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\n", OK + b"\r\n"], ids=["status", "headers", "body"])
def test_a_slow_drip_ends_at_the_deadline(site: Site, begun: bytes) -> None:
    site.answers = [endless(site, begun, b"x", pause_s=0.05)]
    began = time.monotonic()
    assert "took longer than 0.5 seconds" in refusal(site, deadline_s=0.5)
    assert time.monotonic() - began < 1


def test_a_slow_resolver_ends_at_the_deadline(site: Site) -> None:
    def slow(host: str, port: int) -> Sequence[Address]:
        site.over.wait(5)
        return site.resolve(host, port)

    began = time.monotonic()
    with pytest.raises(PageUnreadable, match="took longer"):
        fetch_page("http://kitchen.example/", resolve=slow, allowed=or_loopback, deadline_s=0.3)
    assert time.monotonic() - began < 1


def test_a_redirect_does_not_begin_the_time_anew(site: Site) -> None:
    def later(sock: socket.socket) -> None:
        time.sleep(0.25)
        moved("/again")(sock)

    site.answers = [later]
    began = time.monotonic()
    assert "took longer" in refusal(site, deadline_s=0.6)
    assert time.monotonic() - began < 1


def test_nobody_at_home_is_a_message(site: Site) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = taken.getsockname()
        with pytest.raises(PageUnreadable, match="did not answer"):
            fetch_page("http://kitchen.example/", resolve=lambda host, port: [address], allowed=or_loopback)


def test_the_next_address_of_a_name_is_tried(site: Site) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        both = [taken.getsockname(), *site.resolve("", 80)]
        fetched = fetch_page("http://kitchen.example/", resolve=lambda host, port: both, allowed=or_loopback)
    assert fetched.content == PAGE


@pytest.mark.parametrize(("name", "comes"), [("kitchen.example", True), ("other.example", False)])
def test_the_certificate_must_be_of_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, comes: bool
) -> None:
    with serving(certificate(tmp_path, name)) as site:
        trusted = ssl.create_default_context(cafile=tmp_path / "ca.pem")
        monkeypatch.setattr(fetching, "_trusted", lambda: trusted)
        if comes:
            assert site.fetch("https://kitchen.example/soup").content == PAGE
        else:
            assert "could not prove" in refusal(site, "https://kitchen.example/soup")


def test_a_certificate_of_nobody_known_is_refused(tmp_path: Path) -> None:
    with serving(certificate(tmp_path, "kitchen.example")) as site:
        assert "could not prove" in refusal(site, "https://kitchen.example/soup")


def test_only_so_many_pages_are_read_at_a_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    readers = threading.BoundedSemaphore(1)
    monkeypatch.setattr(fetching, "PAGE", replace(fetching.PAGE, readers=readers))
    site.answers = [lambda sock: None, page()]
    with pytest.raises(InvalidInput):
        site.fetch()
    assert site.fetch().content == PAGE, "a place that was taken is given back"
    readers.acquire()
    with pytest.raises(GeneratorBusy):
        site.fetch()
