"""A telephone with a tone of its own, as a process: orders by standard input, news by standard output.

Every line is a JSON object. Orders: register, dial (uri), answer, be_busy, press (keys), hang_up. News:
ready, registered, refused, incoming, talking, closed, hears (tones, after so many seconds of sound),
listens (after so many seconds of sound, about every second), pressed (key), each with `at`, the monotonic
seconds of the machine.
"""

import argparse
import array
import asyncio
import json
import sys
from contextlib import suppress
from typing import Any

from baresip import Account, AudioNotActive, AudioRestarted, BaresipError, Config
from baresip.call import Call
from baresip.events import Event, StackEvent
from baresip.runtime import Runtime
from baresip.ua import UserAgent

from models.clock import SystemClock
from tests.support.tones import tones_in

WINDOW_SECONDS = 0.4
"""Long enough to tell 440 Hz from the 450 Hz of a ringing tone."""
_SILENT_SECONDS = 1.0
"""When nothing has arrived for so long, nothing is heard, whatever was heard last."""


class Telephone:
    """One account with at most one conversation."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.clock = SystemClock()
        self.runtime = Runtime(native_log_level="error")
        self.agent: UserAgent | None = None
        self.call: Call | None = None
        self.over = 0
        self.up = False
        """The conversation has begun: a call that was answered at once tells so before `dial` returns."""
        self.answering: asyncio.Task[None] | None = None
        self.heard: frozenset[int] = frozenset()
        self.listened = self.told = 0.0
        self.samples = array.array("h")
        self.arrived = self.clock.monotonic()
        """When sound came last."""

    def tell(self, news: str, **more: Any) -> None:
        """One line of news to the test."""
        sys.stdout.write(json.dumps({"news": news, "at": self.clock.monotonic(), **more}) + "\n")
        sys.stdout.flush()

    async def start(self) -> None:
        """Bring the account up, unregistered."""
        config = Config(
            net_interface="127.0.0.1",
            audio_source=f"ausine,{self.options.tone}",
            audio_player="aumem",
            expose_headers=("Call-Info",),
            extra_config_text="sip_listen 127.0.0.1:0\n",
        )
        await self.runtime.start(config)
        account = Account(
            user=self.options.user,
            domain=self.options.exchange,
            password=self.options.password,
            auth_user=self.options.auth_user,
            reg_interval=60 if self.options.registers else 0,
            audio_codecs=(self.options.codec,),
            extra_params=("catchall=yes", *self.options.picks_up),
        )
        self.agent = await UserAgent.create(self.runtime, account)
        self.agent.on_incoming(self.on_incoming)
        self.runtime.subscribe(self.on_event)

    def on_incoming(self, call: Call) -> None:
        """It rings, or picks up by itself when the exchange says that the operator has clicked."""
        self.call = call
        call.on_dtmf(lambda heard: self.tell("pressed", key=heard.digit))
        self.tell("incoming")
        if "answer-after=0" in call.headers.get("Call-Info", ""):
            self.answering = asyncio.create_task(call.answer())

    def on_event(self, event: StackEvent) -> None:
        """Follow the one conversation, also while `dial` has not yet said which one it is."""
        if not event.call or (self.call is not None and event.call != self.call.handle):
            return
        if event.event is Event.CALL_ESTABLISHED:
            self.up = True
            self.tell("talking")
        elif event.event is Event.CALL_CLOSED:
            self.call, self.up = None, False
            self.over = event.call
            self.hears(frozenset())
            self.samples = array.array("h")
            self.tell("closed", reason=event.text or "")

    async def obey(self, order: dict[str, str]) -> None:
        """Carry out one order; an order that cannot be carried out is told, never fatal."""
        try:
            match order["order"]:
                case "register" if self.agent:
                    await self.agent.register()
                    self.tell("registered")
                case "dial" if self.agent:
                    call = await self.agent.dial(order["uri"])
                    self.call = None if call.handle == self.over else call
                case "answer" if self.call:
                    await self.call.answer()
                case "be_busy" if self.call:
                    await self.call.reject()
                case "press" if self.call:
                    await self.call.send_dtmf(order["keys"])
                case "hang_up" if self.call:
                    await self.call.hangup()
        except BaresipError as trouble:
            self.tell("refused", order=order["order"], reason=str(trouble))

    async def leave(self) -> None:
        """Hang up, say good-bye to the exchange, end."""
        with suppress(BaresipError):
            if self.call:
                await self.call.hangup()
            if self.agent and self.options.registers:
                await self.agent.unregister(timeout=3)
        await self.runtime.close()

    def listen(self) -> None:
        """Take what has arrived and tell when other tones are heard than before."""
        if self.call is None or not self.up:
            return
        try:
            audio = self.call.audio
            rate = audio.info().rx_sample_rate
            arrived = audio.read(65536)
        except (AudioNotActive, AudioRestarted):
            return
        self.samples.frombytes(arrived)
        if arrived:
            self.arrived = self.clock.monotonic()
        elif self.clock.monotonic() - self.arrived > _SILENT_SECONDS:
            self.hears(frozenset())
        window = int(rate * self.options.window)
        while window and len(self.samples) >= window:
            self.hears(tones_in(self.samples[:window], rate))
            self.samples = self.samples[window:]
            self.listened += window / rate
            if self.listened - self.told >= 1:
                self.told = self.listened
                self.tell("listens", after=self.told)

    def hears(self, tones: frozenset[int]) -> None:
        """Tell the tones of the latest stretch when they are others than before."""
        if tones != self.heard:
            self.heard = tones
            self.tell("hears", tones=sorted(tones), after=self.listened)


async def main(options: argparse.Namespace) -> None:
    """Serve orders until the input ends."""
    telephone = Telephone(options)
    await telephone.start()
    telephone.tell("ready")
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(orders), sys.stdin
    )
    line = asyncio.create_task(orders.readline())
    while True:
        done, _ = await asyncio.wait({line}, timeout=0.05)
        telephone.listen()
        if not done:
            continue
        if not line.result():
            break
        await telephone.obey(json.loads(line.result()))
        line = asyncio.create_task(orders.readline())
    await telephone.leave()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--exchange", required=True)
    parser.add_argument("--user", required=True)
    parser.add_argument("--auth-user")
    parser.add_argument("--password", required=True)
    parser.add_argument("--tone", type=int, required=True)
    parser.add_argument("--window", type=float, default=WINDOW_SECONDS)
    parser.add_argument("--codec", default="pcma")
    parser.add_argument("--registers", action="store_true")
    parser.add_argument("--picks-up", action="store_const", const=("answermode=auto",), default=())
    asyncio.run(main(parser.parse_args()))
