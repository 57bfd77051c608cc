"""What the gateway's account and strangers cannot do to a real exchange."""

import asyncio
from dataclasses import replace

import pytest

from server.gateway.exchange.ami import Address, Ami, AmiRefused
from tests.support.exchange import Exchange
from tests.support.parties import caller_line, party, seat_line

pytestmark = pytest.mark.exchange

FORBIDDEN = [
    {"action": "Command", "Command": "core show version"},
    {"action": "GetConfig", "Filename": "manager.conf"},
    {"action": "UpdateConfig", "SrcFilename": "manager.conf", "DstFilename": "manager.conf"},
    {"action": "ModuleLoad", "LoadType": "unload", "Module": "app_queue.so"},
    {"action": "Getvar", "Variable": "SHELL(id)"},
    {"action": "Originate", "Channel": "PJSIP/110@trunk", "Application": "System", "Data": "id"},
    {"action": "DBPut", "Family": "a", "Key": "b", "Val": "c"},
]


@pytest.mark.parametrize("wish", FORBIDDEN, ids=lambda wish: wish["action"])
def test_the_account_moves_calls_and_nothing_else(exchange: Exchange, wish: dict[str, str]) -> None:
    async def story() -> None:
        plan = exchange.plan
        address = Address(plan.address, plan.ami_port, "gateway", plan.passwords["AMI"])
        ami = await Ami.connect(address, lambda _: None)
        try:
            with pytest.raises(AmiRefused):
                await ami.ask(**wish)
        finally:
            await ami.close()

    asyncio.run(story())


def test_a_stranger_with_a_seats_name_calls_nobody(exchange: Exchange) -> None:
    line = replace(seat_line(exchange), password="wrong", registers=False)
    with party(exchange, line) as stranger, party(exchange, seat_line(exchange, "1002")) as phone:
        stranger.dial("1002")
        stranger.wait_for("closed")
        assert phone.told("incoming") == 0


def test_a_trunk_without_its_password_reaches_no_queue(exchange: Exchange) -> None:
    with party(exchange, replace(caller_line(exchange), password="wrong")) as stranger:
        stranger.dial("12356")
        stranger.wait_for("closed")
        assert stranger.told("talking") == 0
