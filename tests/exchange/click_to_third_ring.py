"""Measures how long after the order the third party's telephone rings, on a real exchange."""

import asyncio

from models.clock import SystemClock
from models.ids import new_id
from server.gateway.exchange.port import LineChanged
from tests.exchange.asterisk_stage import AsteriskStage, asterisk_stage
from tests.support.exchange import Exchange, Plan


def click_to_third_ring_ms(rounds: int = 5) -> list[float]:
    """Milliseconds from the gateway's order to the INVITE at the police telephone, one for each new call.

    Starts an exchange of its own and ends it. Raises ExchangeUnavailable.
    """
    exchange = Exchange(Plan.on_free_ports())
    try:
        exchange.start()
        return [asyncio.run(_measured(exchange)) for _ in range(rounds)]
    finally:
        exchange.stop()


async def _measured(exchange: Exchange) -> float:
    async with asterisk_stage(exchange) as stage:
        await stage.ears.until(LineChanged, lambda one: one.problem == "")
        return await _ring_of_a_new_call(stage)


async def _ring_of_a_new_call(stage: AsteriskStage) -> float:
    call = await stage.talking()
    clicked = SystemClock().monotonic()
    await stage.exchange.invite(call, new_id(), stage.party, "110")
    rang = await asyncio.to_thread(stage.police.wait_for, "incoming")
    return (rang - clicked) * 1000
