"""The connection is cut before, during and after the answer, and strangers answer for the server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.sync.api import Unreachable
from models.operation import Outcome
from tests.faults.founded import Founded, Seat, founded, seated
from tests.faults.lives import lives
from tests.faults.sound import check_database
from tests.support.proxy import Fate, Proxy, proxied
from tests.support.soak import runs

_LONG = "说" * 800
_STEP = runs(150, 7)
_HTML = "<html><title>登录网络</title><body>请先登录</body></html>".encode()


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Founded]:
    hotline = founded(tmp_path_factory.mktemp("cut") / "hotline")
    with lives(hotline.folder) as server:
        server.begin()
        yield hotline
        server.stop()


@pytest.fixture
def proxy(hotline: Founded) -> Iterator[Proxy]:
    with proxied(hotline.config.port) as proxy:
        yield proxy


@pytest.fixture
def seat(hotline: Founded, proxy: Proxy, tmp_path: Path) -> Iterator[Seat]:
    who = f"zhang-{tmp_path.name}"[:60]
    with seated(Seat(tmp_path, proxy.url, who, hotline.token(who))) as seat:
        yield seat


def test_a_request_that_is_cut_anywhere_is_sent_again(hotline: Founded, proxy: Proxy, seat: Seat) -> None:
    cut = 0
    for length in range(0, 1500, _STEP):
        seat.write(_LONG, f"cut after {length}")
        cut += _spoilt(proxy, seat, Fate(request=length))
    assert cut >= 5
    _assert_all_there_once(hotline, seat)


def test_an_answer_that_is_cut_anywhere_is_asked_for_again(
    hotline: Founded, proxy: Proxy, seat: Seat
) -> None:
    cut = 0
    for length in range(0, 1200, _STEP):
        seat.write(f"cut after {length}")
        cut += _spoilt(proxy, seat, Fate(answer=length))
    assert cut >= 5
    _assert_all_there_once(hotline, seat)


def test_a_connection_that_is_cut_after_the_answer_is_made_anew(
    hotline: Founded, proxy: Proxy, seat: Seat
) -> None:
    for _ in range(5):
        seat.write("whole")
        assert seat.round() is None
        # The connection that the client keeps for the next round.
        proxy.cut()
        seat.write("after the cut")
        if seat.round() is not None:
            assert seat.round() is None
    _assert_all_there_once(hotline, seat)


@pytest.mark.parametrize("status", ["502 Bad Gateway", "504 Gateway Timeout", "403 Forbidden", "200 OK"])
def test_the_page_of_a_proxy_is_no_word_of_the_server(
    hotline: Founded, proxy: Proxy, seat: Seat, status: str
) -> None:
    seat.write("still here")
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(_HTML)}\r\n\r\n"
    proxy.next(Fate(page=head.encode() + _HTML))
    assert seat.round() == Unreachable("answer")
    assert seat.storage.unsent().count > 0
    seat.restart()
    assert seat.round() is None
    _assert_all_there_once(hotline, seat)


def _spoilt(proxy: Proxy, seat: Seat, fate: Fate) -> bool:
    """A round over a connection with this fate, then good ones; true where the first was stopped by it."""
    seat.restart()
    proxy.next(fate)
    stopped = seat.round() is not None
    seat.restart()
    assert seat.round() is None
    return stopped


def _assert_all_there_once(hotline: Founded, seat: Seat) -> None:
    outcomes = hotline.outcomes()
    assert {op: outcomes.get(op) for op in seat.acts} == dict.fromkeys(seat.acts, Outcome.APPLIED)
    assert seat.storage.unsent().count == 0
    with hotline.database() as engine:
        check_database(engine)
