"""A server too slow to be waited for: what it answers counts all the same, so that nobody signs in twice."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from console.runtime.reach import Reach
from console.session.files import OperatorFiles
from tests.console.stand import Place, seated, signed_in, until

Hire = Callable[..., str]


def known(offset: timedelta | None) -> bool:
    return offset is not None


def up(reach: Reach) -> bool:
    return reach.up is True


def test_killed_before_the_next_token_was_kept_nobody_is_asked_for_the_password_again(
    place: Place, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        operator = hire()
        profile = OperatorFiles(place.folder, operator).profile
        async with seated(place) as seat:
            await signed_in(seat, operator)
            assert seat._renewal is not None
            before = profile.read_bytes()
            fresh = await seat.sessions.renew(seat._renewal.signed)
            assert fresh is not None
            # Its successor used too, the token that was kept is worth nothing: shown, it ends all of them.
            assert await seat.sessions.renew(fresh) is not None
        profile.write_bytes(before)
        monkeypatch.setattr("console.session.service.PATIENCE_SECONDS", 0.0)
        async with seated(place) as seat:
            station = await signed_in(seat, operator)
            assert station.identity.ticket, "that of this duty goes on"
            await until(seat.offset, known)
            await until(seat.sync, up)
            assert "sign_in_again" not in {one.code for one in seat.problems.store.value}

    asyncio.run(story())


def test_a_first_sign_in_that_was_cut_off_is_not_refused_by_a_slow_server(
    place: Place, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        operator = hire()
        async with seated(place) as seat:
            await signed_in(seat, operator)
        OperatorFiles(place.folder, operator).profile.unlink()
        monkeypatch.setattr("console.session.service.PATIENCE_SECONDS", 0.0)
        async with seated(place) as seat:
            await signed_in(seat, operator)
            assert seat.offset.value is not None

    asyncio.run(story())
