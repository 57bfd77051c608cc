"""What the telephone tells, read as it was meant, and the telephone as it is after it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.softphone import orders
from models.softphone.devices import Choice, Use
from models.softphone.news import (
    CallMoved,
    Conversation,
    DevicesSeen,
    Registered,
    Restarted,
    Rings,
    Trouble,
    TroubleTold,
    heard,
    tell_restarted,
    tell_trouble,
)
from models.softphone.orders import Account
from models.softphone.phone import Phone, advance

_DIALOG = {"call": "c", "local": "l", "remote": "r"}
_TALKS = CallMoved(Conversation.TALKING, tuple(_DIALOG.items()))


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ({"news": "line", "registered": True}, Registered(True)),
        ({"news": "call", "state": "talking", "dialog": _DIALOG}, _TALKS),
        ({"news": "call", "state": "none", "dialog": None}, CallMoved(Conversation.NONE)),
        ({"news": "rings", "heard": True}, Rings(True)),
        ({"news": "devices", "microphones": ["麦"], "outputs": []}, DevicesSeen(("麦",), ())),
        (
            {"news": "trouble", "code": "no_microphone", "stands": True},
            TroubleTold(Trouble.NO_MICROPHONE, True),
        ),
        ({"news": "of a later version"}, None),
    ],
)
def test_a_line_says_what_it_means(line: dict[str, object], meant: object) -> None:
    assert heard(json.dumps(line)) == meant


@pytest.mark.parametrize(
    "line", ["", "[]", "{", '{"news":"call"}', '{"news":"trouble","code":"x","stands":1}']
)
def test_a_damaged_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        heard(line)


@given(st.sampled_from(Trouble), st.booleans())
def test_what_the_program_tells_is_read_back(trouble: Trouble, stands: bool) -> None:
    assert heard(tell_trouble(trouble, stands)) == TroubleTold(trouble, stands)
    assert heard(tell_restarted()) == Restarted()


@given(st.lists(st.tuples(st.sampled_from(Trouble), st.booleans())))
def test_a_trouble_stands_until_it_is_over(told: list[tuple[Trouble, bool]]) -> None:
    phone = Phone()
    for trouble, stands in told:
        phone = advance(phone, TroubleTold(trouble, stands))
    assert phone.troubles == {trouble for trouble, stands in dict(told).items() if stands}


def test_of_a_page_that_ended_a_conversation_stays_and_nothing_else() -> None:
    phone = advance(Phone(registered=True, call=_TALKS), TroubleTold(Trouble.REFUSED, True))
    assert advance(phone, Restarted()) == Phone(call=_TALKS)
    ringing = Phone(call=CallMoved(Conversation.RINGING))
    assert advance(ringing, Restarted()) == Phone()


def test_a_password_is_in_no_representation() -> None:
    account = Account("wss://exchange.example/ws", "1004", "secret word")
    assert "secret word" not in repr(account)
    assert json.loads(orders.be(account))["password"] == "secret word"


@pytest.mark.parametrize("key", ["", "A", "12", "１", "\n"])
def test_only_keys_of_a_telephone_are_pressed(key: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        orders.press(key)


@given(
    st.dictionaries(
        st.sampled_from([use.value for use in Use]), st.one_of(st.text(), st.integers(), st.none())
    )
)
def test_a_choice_that_was_damaged_is_the_systems(content: dict[str, object]) -> None:
    choice = Choice.of(content)
    for use in Use:
        kept = content.get(use.value)
        assert choice.device(use) == (kept if isinstance(kept, str) else "")
    assert Choice.of(choice.named()) == choice
