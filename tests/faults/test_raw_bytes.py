"""Bytes that are no request, or never a whole one: the server hangs up or waits, and serves all others."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.support.hotline import found_hotline
from tests.support.soak import runs

_SECONDS = 60.0
_HEAD = b"POST /sync/v1/push HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
_STRANGE = {
    "no line of HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 50 + b"\r\n\r\n",
    "nothing but zeros": bytes(4096) + b"\r\n\r\n",
    "a header without an end": b"GET /health HTTP/1.1\r\nX: " + b"x" * 500_000 + b"\r\n\r\n",
    "ten thousand headers": b"GET /health HTTP/1.1\r\n"
    + b"".join(b"X%d: y\r\n" % n for n in range(10_000))
    + b"\r\n",
    "two lengths": _HEAD + b"Content-Length: 2\r\nContent-Length: 200\r\n\r\n{}",
    "a length and chunks": _HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a length that is none": _HEAD + b"Content-Length: -1\r\n\r\n{}",
    "a chunk that is none": _HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n",
    "a path of everything": b"GET /"
    + bytes(range(128, 256))
    + b"%00%ff%zz/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    "an unknown method": b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with found_hotline(tmp_path / "hotline").running("server") as url:
        yield url


def _connection(url: str) -> socket.socket:
    place = urlsplit(url)
    return socket.create_connection((place.hostname or "", place.port or 0), _SECONDS)


def _answered(line: socket.socket, sent: bytes) -> bytes:
    """What comes back until the other end hangs up, or the first of it."""
    try:
        line.sendall(sent)
        return line.recv(65536)
    except ConnectionError:
        # It would not even hear the rest.
        return b""


def _assert_served(url: str) -> None:
    assert httpx2.get(f"{url}/ready", timeout=_SECONDS, trust_env=False).status_code == 204


@pytest.mark.expects_log("^uvicorn.error: Invalid HTTP request received.$")
def test_what_is_no_request_is_no_trouble(url: str) -> None:
    for kind, sent in _STRANGE.items():
        with _connection(url) as line:
            answer = _answered(line, sent)
        assert not answer or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 204")), kind
        _assert_served(url)


def test_many_who_never_finish_their_request_keep_nobody_out(url: str) -> None:
    with ExitStack() as lines:
        for n in range(runs(200, 1000)):
            line = lines.enter_context(_connection(url))
            line.sendall(_HEAD + (b"" if n % 2 else b"Content-Length: 1000\r\n\r\n{"))
        _assert_served(url)
    _assert_served(url)


def test_who_hangs_up_in_the_middle_leaves_nothing_behind(url: str) -> None:
    for n in range(runs(100, 1000)):
        with _connection(url) as line:
            line.sendall(_HEAD + b"Content-Length: 1000\r\n\r\n" + b"{" * n)
    _assert_served(url)
