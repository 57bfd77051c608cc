"""The network of a story: it loses, doubles, delays, and the program may be killed while it waits."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

import httpx2

from models.people.proof import NONCE_WANTED
from tests.faults.broken import hold
from tests.faults.simulation.center import Center, Letter
from tests.faults.simulation.killing import Killed

_MOST_STATEMENTS = 30
PAGE = 4
_CALM_PAGE = 20
_TWICE = 0.2
_KILLED = 0.04


@dataclass
class Weather:
    """How rough it is; what once passed may be delivered again much later."""

    center: Center
    random: Random
    loss: float
    # How often programs are killed, beside the usual.
    deadliness: float = 1.0
    # How much of all this befalls the network, beside the usual; 0: it loses nothing.
    roughness: float = 1.0
    calm: bool = False
    calm_page: int = _CALM_PAGE
    letters: list[Letter] = field(default_factory=list)
    # One for each act of the story.
    serials: Iterator[int] = field(default_factory=lambda: count(1))

    def happens(self, chance: float) -> bool:
        return not self.calm and self.random.random() < chance

    def kills(self, chance: float) -> bool:
        return self.happens(chance * self.deadliness)

    def cuts(self) -> bool:
        """Whether a request or its answer gets lost now."""
        return self.happens(self.loss * self.roughness)

    def kills_under_way(self) -> bool:
        """Whether a program is killed now that a request is under way."""
        return self.kills(_KILLED * self.roughness)

    async def deliver_late(self) -> None:
        """Something that was sent long ago arrives now."""
        if self.letters:
            try:
                await self.center.deliver(self.random.choice(self.letters))
            except httpx2.ReadError:
                return


class Wire(httpx2.AsyncBaseTransport):
    """The way of one program of a workstation to the server."""

    def __init__(self, weather: Weather) -> None:
        self._weather = weather
        # The request that the server wants with another nonce, until it is asked once more.
        self.wanted: tuple[str, str, bytes] | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        weather = self._weather
        if "limit" in request.url.params:
            # Pages so small that a round has several.
            url = request.url.copy_set_param("limit", weather.calm_page if weather.calm else PAGE)
            request = httpx2.Request(request.method, url, headers=request.headers)
        content = await request.aread()
        asked = (request.method, str(request.url), content)
        again, self.wanted = self.wanted, None
        hold("a wanted nonce is told at once", again is not None and again != asked and asked)
        headers = tuple(request.headers.items())
        weather.letters.append(Letter(request.method, str(request.url), headers, content))
        if weather.kills_under_way():
            raise Killed
        if weather.cuts():
            raise httpx2.ConnectError("lost", request=request)
        if weather.kills_under_way():
            weather.center.fuse.light(weather.random.randint(1, _MOST_STATEMENTS))
        answer = await weather.center.take(request)
        if weather.happens(_TWICE):
            await weather.center.deliver(weather.letters[-1])
        if weather.cuts():
            raise httpx2.ReadError("lost", request=request)
        if weather.kills_under_way():
            raise Killed
        if answer.status_code == httpx2.codes.UNAUTHORIZED and again is None:
            told = json.loads(await answer.aread())
            self.wanted = asked if told["why"] == NONCE_WANTED else None
        return answer
