"""Callers' numbers as an Asterisk shows them."""

import pytest

from server.gateway.exchange.ami import Packet
from server.gateway.exchange.asterisk_entrance import caller_number


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("13800000001", "13800000001"),
        ("+8613800000001", "+8613800000001"),
        ("0085200000001", "0085200000001"),
        ("01000000001;ext=801", "01000000001;ext=801"),
        ("010-00000001-801", "010-00000001-801"),
        ("01000000001,801", "01000000001,801"),
        ("110", "110"),
        # withheld, or nothing that anybody could be called at
        ("", ""),
        ("<unknown>", ""),
        ("anonymous", ""),
        ("Restricted", ""),
        ("7", ""),
        ("1-2", ""),
        ("\ufffd\ufffd", ""),
        ("1" * 60, ""),
        ("110\r\nAction: Command", ""),
        ("138<script>", ""),
        ("１３８００００００００１", ""),
    ],
)
def test_what_is_a_number(shown: str, number: str) -> None:
    assert caller_number(Packet({"CallerIDNum": shown})) == number
