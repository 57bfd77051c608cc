"""A ring comes out of the loudspeaker whatever the sound system does; where it does not, that is told."""

from collections.abc import Iterator

import pytest

from models.clock import SystemClock
from models.softphone import orders
from models.softphone.devices import Choice
from models.softphone.news import Levels, Rings, Trouble
from tests.support.softphone import Softphone, running_softphone
from tests.support.sound import HEADSET, LOUDSPEAKER, SoundSystem

NOWHERE = "ws://127.0.0.1:9/ws"
"""No exchange: the console has it ring."""
GIVEN_UP_SECONDS = 12.0
"""After ten the engine takes a device for one that never opens."""


@pytest.fixture
def softphone(sound_system: SoundSystem) -> Iterator[Softphone]:
    """A telephone that knows its devices."""
    with running_softphone(NOWHERE, sound_system.environment()) as one:
        one.wait(lambda phone: phone.devices.outputs)
        yield one


def rings_in_the_page(softphone: Softphone) -> None:
    """The page makes the sound, whether or not it comes out."""
    softphone.order(orders.measure(True))
    softphone.wait_told(lambda news: isinstance(news, Levels) and news.loudspeaker > 0)


def test_a_loudspeaker_chosen_as_a_ring_begins_is_the_one_that_rings(
    softphone: Softphone, sound_system: SoundSystem
) -> None:
    """Begun while the device is on its way, an engine plays on the former one and says it is the new one."""
    softphone.order(orders.choose(Choice(loudspeaker=HEADSET)))
    softphone.order(orders.ring(True))
    sound_system.wait_sounds(HEADSET)
    softphone.order(orders.ring(False))
    with sound_system.standing_still():
        softphone.order(orders.choose(Choice(loudspeaker=LOUDSPEAKER)))
        softphone.order(orders.ring(True))
        rings_in_the_page(softphone)
    sound_system.wait_sounds(LOUDSPEAKER)
    softphone.wait(lambda phone: phone.rings)
    sound_system.wait_hears(HEADSET)


def test_a_sound_system_that_stood_still_rings_again(softphone: Softphone, sound_system: SoundSystem) -> None:
    softphone.order(orders.choose(Choice(loudspeaker=LOUDSPEAKER)))
    softphone.order(orders.ring(True))
    sound_system.wait_sounds(LOUDSPEAKER)
    softphone.order(orders.ring(False))
    clock = SystemClock()
    began = clock.monotonic()
    with sound_system.standing_still():
        softphone.order(orders.ring(True))
        softphone.wait(lambda phone: Trouble.LOUDSPEAKER_SILENT in phone.troubles and not phone.rings)
        softphone.order(orders.measure(True))
        softphone.wait_told(lambda _news: clock.monotonic() - began > GIVEN_UP_SECONDS)
    softphone.wait(lambda phone: phone.rings and Trouble.LOUDSPEAKER_SILENT not in phone.troubles)
    sound_system.wait_sounds(LOUDSPEAKER)


def test_a_ring_that_is_over_is_told_each_time(softphone: Softphone, sound_system: SoundSystem) -> None:
    softphone.order(orders.ring(True))
    softphone.wait(lambda phone: phone.rings)
    sound_system.wait_sounds(HEADSET)
    softphone.order(orders.ring(False))
    softphone.order(orders.ring(False))
    softphone.wait(lambda _phone: softphone.news.count(Rings(False)) == 2)
    assert not softphone.phone.rings
