"""The telephone inside the console in its real engine, on the real exchange, with real sound."""

from itertools import pairwise
from pathlib import Path

import pytest

from models.clock import SystemClock
from models.softphone import orders
from models.softphone.devices import Choice, Use
from models.softphone.news import Conversation, Levels, Trouble, TroubleTold
from tests.support.exchange import Exchange
from tests.support.parties import Party
from tests.support.softphone import SEAT, Softphone, account, address, running_softphone, safe_address
from tests.support.sound import HEADSET, LOUDSPEAKER, MICROPHONE, SoundSystem
from tests.support.tones import CALLER, OPERATOR
from tests.support.window import until

pytestmark = [pytest.mark.exchange]

SPEAK_SECONDS = 10
NOTHING_SECONDS = 8
"""Longer than a device may take nothing."""
APART = Choice(MICROPHONE, HEADSET, LOUDSPEAKER)


def answered(softphone: Softphone, caller: Party) -> None:
    """A caller rings through the queue, by hand: no gateway lives here."""
    caller.dial("12356")
    softphone.wait(lambda phone: phone.call.state is Conversation.RINGING)
    softphone.order(orders.answer())
    softphone.wait_talks()


def hears_operator(caller: Party) -> None:
    """A busy machine lets a tone stutter, which sounds like more tones: this one must be among them."""
    caller.wait_hears_on(OPERATOR)


def test_it_rings_on_the_loudspeaker_and_talks_in_the_headset(
    softphone: Softphone, sound_system: SoundSystem, caller: Party
) -> None:
    softphone.order(orders.choose(APART))
    caller.dial("12356")
    softphone.wait(lambda phone: phone.call.state is Conversation.RINGING)
    sound_system.wait_sounds(LOUDSPEAKER)
    softphone.order(orders.answer())
    softphone.wait_talks()
    sound_system.wait_hears(HEADSET, CALLER)
    sound_system.wait_hears(LOUDSPEAKER)
    caller.wait_hears(OPERATOR)
    softphone.order(orders.hang_up())
    softphone.wait(lambda phone: phone.call.state is Conversation.NONE)
    caller.wait_for("closed")
    sound_system.wait_hears(HEADSET)


def test_the_operator_is_heard_all_along_while_the_caller_speaks(softphone: Softphone, caller: Party) -> None:
    """What an engine does against echoes, it does to the operator where the caller's line hums."""
    answered(softphone, caller)
    hears_operator(caller)
    begun = len(caller.hearing())
    caller.wait_hears_on(OPERATOR, SPEAK_SECONDS)
    heard = caller.hearing()[begun - 1 :]
    unheard = sum(then - at for (at, tones), (then, _) in pairwise(heard) if OPERATOR not in tones)
    assert unheard < SPEAK_SECONDS / 5, heard


def test_a_caller_who_sends_nothing_is_no_trouble_of_the_headset(
    softphone: Softphone, sound_system: SoundSystem, caller: Party
) -> None:
    softphone.order(orders.choose(APART))
    answered(softphone, caller)
    sound_system.wait_hears(HEADSET, CALLER)
    clock = SystemClock()
    caller.stall(True)
    try:
        began = clock.monotonic()
        softphone.order(orders.measure(True))
        softphone.wait_told(lambda _news: clock.monotonic() - began > NOTHING_SECONDS)
    finally:
        caller.stall(False)
    sound_system.wait_hears(HEADSET, CALLER)
    told = [news for news in softphone.news if isinstance(news, TroubleTold) and news.stands]
    assert Trouble.HEADSET_SILENT not in {news.trouble for news in told}


def test_a_headset_that_takes_nothing_is_told_and_the_caller_is_heard_again(
    softphone: Softphone, sound_system: SoundSystem, caller: Party
) -> None:
    softphone.order(orders.choose(APART))
    answered(softphone, caller)
    sound_system.wait_hears(HEADSET, CALLER)
    with sound_system.standing_still():
        softphone.wait(lambda phone: Trouble.HEADSET_SILENT in phone.troubles)
    softphone.wait(lambda phone: Trouble.HEADSET_SILENT not in phone.troubles)
    sound_system.wait_hears(HEADSET, CALLER)
    hears_operator(caller)


def test_the_exchange_hears_its_keys(exchange: Exchange, softphone: Softphone, caller: Party) -> None:
    answered(softphone, caller)
    exchange.ask("logger add channel keys dtmf")
    for key in "1#":
        softphone.order(orders.press(key))
    heard = exchange.folder / "keys"
    wanted = [f"DTMF end '{key}' received on PJSIP/{SEAT}" for key in "1#"]
    until(lambda: all(one in heard.read_text() for one in wanted))
    exchange.ask("logger remove channel keys")


def test_it_tells_the_devices_there_are(softphone: Softphone) -> None:
    devices = softphone.wait(lambda phone: phone.devices.outputs).devices
    assert devices.microphones == (MICROPHONE,)
    assert devices.outputs == (HEADSET, LOUDSPEAKER)


def test_a_wrong_password_is_told_and_a_right_one_mends_it(
    exchange: Exchange, sound_system: SoundSystem
) -> None:
    with running_softphone(address(exchange), sound_system.environment()) as softphone:
        softphone.order(orders.be(account(exchange, "wrong")))
        softphone.wait(lambda phone: Trouble.REFUSED in phone.troubles)
        assert not softphone.phone.registered
        softphone.order(orders.be(account(exchange)))
        softphone.wait_registered()
        assert softphone.phone.troubles == frozenset()
        said = (softphone.folder / "said").read_text() + (softphone.folder / "softphone.log").read_text()
        assert exchange.plan.passwords[SEAT] not in said


def test_a_page_that_crashes_in_a_conversation_comes_back_into_it(
    softphone: Softphone, sound_system: SoundSystem, caller: Party
) -> None:
    answered(softphone, caller)
    hears_operator(caller)
    talked = softphone.phone.call.dialog
    softphone.crash_page()
    softphone.wait(lambda phone: Trouble.CRASHED in phone.troubles)
    softphone.wait(lambda phone: phone.registered and phone.call.dialog not in ((), talked))
    assert Trouble.CRASHED not in softphone.phone.troubles
    sound_system.wait_hears(HEADSET, CALLER)
    hears_operator(caller)
    assert caller.told("closed") == 0


def test_a_console_that_is_killed_leaves_the_voices_alone(
    softphone: Softphone, sound_system: SoundSystem, caller: Party
) -> None:
    answered(softphone, caller)
    softphone.disconnect()
    sound_system.wait_hears(HEADSET, CALLER)
    softphone.connect()
    softphone.wait(lambda phone: phone.registered and phone.call.state is Conversation.TALKING)
    hears_operator(caller)


def test_a_headset_that_is_pulled_out_gives_way_to_another_device(
    softphone: Softphone, sound_system: SoundSystem, caller: Party
) -> None:
    softphone.order(orders.choose(APART))
    answered(softphone, caller)
    sound_system.wait_hears(HEADSET, CALLER)
    sound_system.pull_out(HEADSET)
    softphone.wait(lambda phone: Trouble.HEADSET_GONE in phone.troubles)
    sound_system.wait_hears(LOUDSPEAKER, CALLER)
    sound_system.plug_in(HEADSET)
    softphone.wait(lambda phone: Trouble.HEADSET_GONE not in phone.troubles)
    sound_system.wait_hears(HEADSET, CALLER)


def test_without_a_microphone_the_operator_hears_and_one_plugged_in_later_is_heard(
    softphone: Softphone, sound_system: SoundSystem, caller: Party
) -> None:
    sound_system.pull_out(MICROPHONE)
    softphone.wait(lambda phone: Trouble.NO_MICROPHONE in phone.troubles)
    answered(softphone, caller)
    sound_system.wait_hears(HEADSET, CALLER)
    caller.wait_hears()
    sound_system.plug_in(MICROPHONE)
    softphone.wait(lambda phone: Trouble.NO_MICROPHONE not in phone.troubles)
    hears_operator(caller)


def test_over_tls_only_the_authority_of_the_hotline_is_trusted(
    exchange: Exchange, sound_system: SoundSystem, tmp_path: Path
) -> None:
    where, authority = safe_address(exchange), tmp_path / "ca.pem"
    authority.write_bytes(exchange.plan.issued.authority)
    with running_softphone(where, sound_system.environment(), "--ca", str(authority)) as softphone:
        softphone.order(orders.be(account(exchange, where=where)))
        softphone.wait_registered()
    with running_softphone(where, sound_system.environment()) as softphone:
        softphone.order(orders.be(account(exchange, where=where)))
        softphone.wait(lambda phone: Trouble.UNREACHABLE in phone.troubles)
        assert not softphone.phone.registered


def test_levels_and_test_tones(softphone: Softphone, sound_system: SoundSystem) -> None:
    softphone.order(orders.choose(APART))
    softphone.order(orders.measure(True))
    softphone.wait_told(lambda news: isinstance(news, Levels) and news.microphone > 50)
    softphone.order(orders.test(Use.LOUDSPEAKER, True))
    softphone.wait_told(lambda news: isinstance(news, Levels) and news.loudspeaker > 50 > news.headset)
    sound_system.wait_sounds(LOUDSPEAKER)
    softphone.order(orders.test(Use.LOUDSPEAKER, False))
    softphone.wait_told(lambda news: isinstance(news, Levels) and news.loudspeaker == 0)


def test_an_exchange_that_is_away_is_told_and_found_again(exchange: Exchange, softphone: Softphone) -> None:
    exchange.kill()
    softphone.wait(lambda phone: Trouble.UNREACHABLE in phone.troubles and not phone.registered)
    exchange.start()
    # It may be there before the exchange says that it is ready.
    softphone.wait_registered()
    assert softphone.phone.troubles == frozenset()
