"""Addresses are checked before anything is sent there."""

from pathlib import Path

import pytest

from console.session.endpoint import EndpointError, endpoint


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "ws://localhost:1/line/v1", "http://[::1]:80"])
def test_loopback_needs_no_tls_and_no_proxy(url: str) -> None:
    known = endpoint(url, proxy="http://proxy:3128")
    assert (known.url, known.on_loopback, known.proxy, known.tls) == (url, True, "", None)


def test_elsewhere_tls_and_the_proxy_count() -> None:
    known = endpoint("https://hotline.example/", proxy="http://proxy:3128")
    assert (known.url, known.on_loopback, known.proxy) == (
        "https://hotline.example",
        False,
        "http://proxy:3128",
    )
    assert known.tls is not None
    assert known.tls.check_hostname


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://hotline.example", "address_insecure"),
        ("ws://10.0.0.1:80", "address_insecure"),
        ("http://127.0.0.1.example.org", "address_insecure"),
        ("ftp://127.0.0.1", "address"),
        ("", "address"),
        ("https://", "address"),
        ("https://host:99999", "address"),
        ("https://[::1", "address"),
    ],
)
def test_what_cannot_be_used(url: str, code: str) -> None:
    with pytest.raises(EndpointError) as told:
        endpoint(url)
    assert told.value.code == code


def test_a_certificate_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("nothing")
    for path in (file, tmp_path / "missing.pem"):
        with pytest.raises(EndpointError) as told:
            endpoint("https://hotline.example", ca=str(path))
        assert told.value.code == "ca_unreadable"
