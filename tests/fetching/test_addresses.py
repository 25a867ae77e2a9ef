"""Which addresses are opened at all."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from flavorbot.addresses import NotOnTheWeb, is_public, parse_address
from flavorbot.fetching import fetch_page


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://www.example.com/soup?id=3#top", "https://www.example.com/soup?id=3"),
        ("  HTTP://Example.COM:80  ", "http://example.com/"),
        ("https://example.com:443/a b".replace(" ", "%20"), "https://example.com/a%20b"),
        ("http://example.com:443/", "http://example.com:443/"),
        ("example.com/pasta", "https://example.com/pasta"),
        ("https://bücher.example/crème", "https://xn--bcher-kva.example/cr%C3%A8me"),
        ("https://a_b.example.com/x", "https://a_b.example.com/x"),
    ],
)
def test_addresses_of_pages_are_taken(text: str, url: str) -> None:
    assert parse_address(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        "", "http://", "//", "soup", "http://localhost/", "http://localhost./", "https://localhost:443",
        "http://127.0.0.1/", "http://127.1/", "http://0/", "http://2130706433/", "http://0x7f.1/", "http://0x7f000001/",
        "http://017700000001/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[fd00::1]/", "http://[::]/",
        "http://169.254.169.254/latest/meta-data/", "http://8.8.8.8/", "http://example.com.:80/", "http://127.0.0.1./",
        "file:///etc/passwd", "gopher://example.com/", "ftp://example.com/", "javascript:alert(1)", "data:text/html,x",
        "http://example.com:22/", "http://example.com:8080/", "http://example.com:0/", "http://example.com:99999/",
        "http://user@example.com/", "http://user:word@example.com/", "http://@example.com/", "http://exa mple.com/",
        "http://example.com\\@evil.example/", "http://example.com/\r\nHost: evil", "http://1.2.3.example.123/",
        "http://-example.com/", "http://" + "a" * 64 + ".com/", "http://" + "a." * 130 + "com/", "http://①②⑦.⓪.⓪.①/",
        "http://example.com/" + "a" * 2_000, "http://[::1", "http://1.example.com:x/", "http://\ud800.com/",
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_the_same_words(text: str) -> None:
    with pytest.raises(NotOnTheWeb) as refused:
        parse_address(text)
    assert refused.value.detail == NotOnTheWeb().detail


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.7",
        "203.0.113.9", "192.88.99.1", "168.63.129.16", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::808:808",
        "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1",
        "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_addresses_inside_of_networks_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "1.1.1.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_of_the_web_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["::ffff:10.0.0.1"], ["fe80::1%2"], []]
)
def test_a_name_that_leads_inside_is_refused_like_one_that_leads_nowhere(found: list[str]) -> None:
    with pytest.raises(NotOnTheWeb) as refused:
        fetch_page("http://kitchen.example/", resolve=lambda host, port: [(each, port) for each in found])
    assert refused.value.detail == NotOnTheWeb().detail


def test_a_name_that_nobody_knows_is_refused_in_the_same_words() -> None:
    def unknown(host: str, port: int) -> list[tuple[str, int]]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(NotOnTheWeb):
        fetch_page("http://kitchen.example/", resolve=unknown)


def test_this_machine_itself_is_refused_by_the_real_resolver() -> None:
    with pytest.raises(NotOnTheWeb):
        fetch_page("http://kitchen.localhost/")
