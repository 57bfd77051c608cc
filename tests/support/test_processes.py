"""What the tests are given to start programs with."""

import socket

from tests.support.processes import free_port


def test_a_port_that_was_given_is_given_to_nobody_else_before_it_is_used() -> None:
    given = [free_port(kind) for _ in range(200) for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)]
    assert len(set(given)) == len(given)


def test_a_port_that_is_used_is_not_given() -> None:
    with socket.create_server(("127.0.0.1", free_port())) as used:
        # As often as there are ports of this test run.
        assert used.getsockname()[1] not in {free_port() for _ in range(1000)}
