"""One thing after another is broken at a real exchange; the examination tells that one, and nothing else."""

import asyncio
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.clock import ManualClock, SystemClock
from resources.texts import t, use_language
from server.gateway.exchange import asterisk_examination
from server.gateway.exchange.asterisk_examination import CONTEXTS
from server.gateway.exchange.asterisk_rights import MAY_HEAR, READ, VARIABLES, WRITE
from server.gateway.exchange.examination import Examined, Subject
from tests.exchange.hotline import PROMPT_SECONDS, SEATS, Whole, gone, whole
from tests.support.exchange import Exchange
from tests.support.moments import until
from tests.support.parties import caller_line, party
from tests.support.processes import free_port
from tests.support.tones import OPERATOR

pytestmark = pytest.mark.exchange

RIGHTS = "write = call,agent,originate,reporting"
HEARING = "read = call,agent,user,dtmf,reporting"
NO_PLAN = ("confbridge.conf", "pjsip_notify.conf")
SHIPPED = Path(__file__).resolve().parents[2] / "packaging/exchange/etc"


@pytest.fixture(scope="module")
def hotline(exchange: Exchange) -> Iterator[Whole]:
    """In order; where this machine has no exchange, the fixture of all says so."""
    assert exchange
    with whole() as one:
        yield one


def only(examined: Examined, subject: Subject, code: str, **params: str) -> None:
    """Exactly this was found, and its sentence stands in both languages."""
    assert [(one.subject, one.code) for one in examined.findings] == [(subject, code)]
    assert examined.findings[0].params == params
    for language in ("en", "zh_CN"):
        use_language(language)
        sentence = t(f"doctor.{code}", **params)
        assert all(value in sentence for value in params.values() if value != "gateway")
    use_language("zh_CN")


def test_nothing_is_found_where_nothing_is_wrong(hotline: Whole) -> None:
    examined = hotline.examined()
    assert examined.findings == ()
    assert set(examined.looked_at) == set(Subject) - {Subject.FOLDERS}
    assert examined.noted["seats"] == "4/4"
    assert examined.noted["recordings"] == str(hotline.recordings)
    assert (hotline.recordings / "xinqiao-examination.sln").stat().st_size > 8000


def nobody_calls(hotline: Whole) -> bool:
    """Whether the last call is over, also for the queue, which hears of it from the telephones."""
    seats = [line for line in hotline.queue().splitlines() if "@xinqiao-seat" in line]
    idle = len(seats) == len(SEATS) and all("Not in use" in line for line in seats)
    return idle and "0 active channels" in hotline.real.ask("core show channels count")


def test_no_telephone_rings_and_nothing_stays(hotline: Whole) -> None:
    asyncio.run(until(lambda: nobody_calls(hotline)))
    before = [phone.told("incoming") for phone in hotline.phones.values()]
    queue = hotline.queue()
    hotline.examined()
    assert [phone.told("incoming") for phone in hotline.phones.values()] == before
    assert hotline.queue() == queue
    asyncio.run(until(lambda: nobody_calls(hotline)))


def test_a_wrong_secret(hotline: Whole) -> None:
    told = replace(hotline.settings, secret="wrong")
    where = {"host": told.host, "port": str(told.port), "user": "gateway"}
    examined = hotline.examined(told)
    only(examined, Subject.LOGIN, "login_refused", **where)
    assert examined.looked_at == (Subject.LOGIN,)


def test_no_exchange(hotline: Whole) -> None:
    told = replace(hotline.settings, port=free_port())
    where = {"host": told.host, "port": str(told.port), "user": "gateway"}
    only(hotline.examined(told), Subject.LOGIN, "unreachable", **where)


def test_something_that_never_answers(hotline: Whole) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        told = replace(hotline.settings, port=silent.getsockname()[1])
        where = {"host": told.host, "port": str(told.port), "user": "gateway"}
        only(hotline.examined(told), Subject.LOGIN, "unreachable", **where)


@pytest.mark.parametrize("right", sorted(WRITE))
def test_a_right_to_act_is_missing(hotline: Whole, right: str) -> None:
    rest = ",".join(sorted(WRITE - {right}))
    with hotline.changed("manager.conf", (RIGHTS, f"write = {rest}"), then="manager reload"):
        only(hotline.examined(), Subject.RIGHTS, "rights_to_act_missing", rights=right)


@pytest.mark.parametrize("right", sorted(READ))
def test_a_right_to_hear_is_missing(hotline: Whole, right: str) -> None:
    rest = ",".join(sorted((READ | MAY_HEAR) - {right}))
    with hotline.changed("manager.conf", (HEARING, f"read = {rest}"), then="manager reload"):
        only(hotline.examined(), Subject.RIGHTS, "rights_to_hear_missing", rights=right)


def test_the_right_to_hear_keys_is_missing(hotline: Whole) -> None:
    rest = HEARING.replace(",dtmf", "")
    with hotline.changed("manager.conf", (HEARING, rest), then="manager reload"):
        examined = hotline.examined()
    only(examined, Subject.RIGHTS, "keys_unheard")
    assert not examined.findings[0].grave


def test_the_right_to_hear_of_the_line_is_missing_while_somebody_talks(hotline: Whole) -> None:
    assert "reports" in hotline.examined().noted
    phones = hotline.phones.values()
    before = sum(phone.told("incoming") for phone in phones)
    with party(hotline.real, caller_line(hotline.real)) as caller:
        caller.dial("12356")
        # Any of them: no gateway says whose turn it is.
        asyncio.run(until(lambda: sum(phone.told("incoming") for phone in phones) > before))
        (phone,) = [phone for phone in phones if phone.told("incoming")]
        phone.answer()
        caller.wait_hears(OPERATOR)
        heard = hotline.examined()
        assert not [one for one in heard.findings if one.subject is Subject.RIGHTS]
        assert "reports" not in heard.noted
        rest = HEARING.replace(",reporting", "")
        with hotline.changed("manager.conf", (HEARING, rest), then="manager reload"):
            (found,) = [one for one in hotline.examined().findings if one.subject is Subject.RIGHTS]
        assert (found.code, found.grave) == ("quality_unheard", False)
        assert t("doctor.quality_unheard")
        phone.hang_up()


def test_too_many_rights_to_act(hotline: Whole) -> None:
    more = f"{RIGHTS},command,system,config"
    with hotline.changed("manager.conf", (RIGHTS, more), then="manager reload"):
        only(hotline.examined(), Subject.RIGHTS, "rights_to_act_excess", rights="command, config, system")


def test_too_many_rights_to_hear(hotline: Whole) -> None:
    with hotline.changed("manager.conf", (HEARING, f"{HEARING},dialplan"), then="manager reload"):
        only(hotline.examined(), Subject.RIGHTS, "rights_to_hear_excess", rights="dialplan")


def test_hidden_variables(hotline: Whole) -> None:
    shown = "XINQIAO_CALL,XINQIAO_PARTY,"
    with hotline.changed("manager.conf", (shown, ""), then="manager reload"):
        names = "XINQIAO_CALL, XINQIAO_PARTY"
        only(hotline.examined(), Subject.RIGHTS, "variables_hidden", names=names)


def test_the_shipped_account_is_what_the_examination_asks_for() -> None:
    lines = (SHIPPED / "manager.conf").read_text().splitlines()
    said = {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)}
    assert set(said["write"].split(",")) == WRITE
    assert set(said["read"].split(",")) == READ | MAY_HEAR
    assert set(said["channelvars"].split(",")) == VARIABLES


def test_readable_passwords_are_a_hint(hotline: Whole) -> None:
    hotline.real.ask("module load func_config.so")
    try:
        examined = hotline.examined()
        only(examined, Subject.RIGHTS, "passwords_readable")
        assert not examined.findings[0].grave
    finally:
        hotline.real.ask("module unload func_config.so")


def test_another_version_is_a_hint(hotline: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asterisk_examination, "TRIED_VERSIONS", ("16", "18"))
    examined = hotline.examined()
    only(examined, Subject.VERSION, "version_untried", version=examined.noted["version"], tried="16, 18")
    assert not examined.findings[0].grave


def test_clocks_that_are_apart(hotline: Whole) -> None:
    late = ManualClock(SystemClock().now() - timedelta(hours=1))
    only(hotline.examined(clock=late), Subject.TIME, "clocks_apart", seconds="3600")


def test_a_missing_context(hotline: Whole) -> None:
    change = ("[xinqiao-transfer]", "[transfer-of-another-name]")
    with hotline.changed("extensions.conf", change, then="dialplan reload"):
        only(hotline.examined(), Subject.PLAN, "plan_missing", contexts="xinqiao-transfer")


def test_an_absent_queue(hotline: Whole) -> None:
    told = replace(hotline.settings, queue="nobody")
    only(hotline.examined(told), Subject.QUEUE, "queue_absent", queue="nobody")


def test_a_queue_without_seats(hotline: Whole) -> None:
    with hotline.changed("queues.conf", ("member = ", ";member = "), then="queue reload all"):
        only(hotline.examined(), Subject.QUEUE, "queue_empty", queue="hotline")


def test_two_seats_that_cannot_be_rung_alone(hotline: Whole) -> None:
    with hotline.changed("queues.conf", ("/n,3,1003", "/n,2,1003"), then="queue reload all"):
        told = {"seats": "1002, 1003", "queue": "hotline"}
        only(hotline.examined(), Subject.SEATS, "seats_alike", **told)


def test_the_shipped_dial_plan_is_what_the_examination_asks_for() -> None:
    shipped = "".join(path.read_text() for path in SHIPPED.glob("*.conf") if path.name not in NO_PLAN)
    there = set(re.findall(r"^\[(xinqiao-[a-z-]+)\]", shipped, re.MULTILINE))
    # Where telephones dial by hand, and who is connected directly, is everybody's own.
    assert set(CONTEXTS) == there - {"xinqiao-phones", "xinqiao-neighbours"}


def test_a_seat_that_the_console_could_not_answer_at(hotline: Whole) -> None:
    change = ("member = Local/1003@xinqiao-seat/n,", "member = PJSIP/1003,")
    with hotline.changed("queues.conf", change, then="queue reload all"):
        told = {"seat": "1003", "member": "PJSIP/1003", "queue": "hotline"}
        only(hotline.examined(), Subject.SEATS, "seat_otherwise", **told)


def test_a_seat_without_a_telephone_of_that_name(hotline: Whole) -> None:
    with hotline.changed("queues.conf", (",1003,PJSIP/1003", ",1003,PJSIP/1030"), then="queue reload all"):
        told = {"seat": "1003", "telephone": "PJSIP/1030"}
        only(hotline.examined(), Subject.SEATS, "seat_without_telephone", **told)


def test_a_seat_that_is_not_registered(hotline: Whole) -> None:
    nobody = (",1002,PJSIP/1002", ",1002,PJSIP/1009")
    with hotline.changed("queues.conf", nobody, then="queue reload all"):
        told = {"seat": "1002", "telephone": "PJSIP/1009"}
        only(hotline.examined(), Subject.SEATS, "seat_unreachable", **told)


def test_a_trunk_of_another_name(hotline: Whole) -> None:
    told = replace(hotline.settings, outgoing="PJSIP/{number}@carrier")
    only(hotline.examined(told), Subject.TRUNK, "trunk_absent", trunk="carrier")


def test_a_trunk_that_cannot_be_reached(hotline: Whole) -> None:
    told = replace(hotline.settings, outgoing="PJSIP/{number}@1009")
    only(hotline.examined(told), Subject.TRUNK, "trunk_unreachable", trunk="1009")


def test_a_trunk_that_is_not_registered_at_the_carrier(hotline: Whole) -> None:
    hotline.real.ask("module load res_pjsip_outbound_registration.so")
    nobody = f"sip:127.0.0.1:{free_port(socket.SOCK_DGRAM)}"
    registration = [
        "[carrier]",
        "type = registration",
        f"server_uri = {nobody}",
        f"client_uri = {nobody}",
    ]
    change = ("; the supervisor", "\n".join(registration))
    with hotline.changed("pjsip.conf", change, then="module reload res_pjsip_outbound_registration.so"):
        told = {"name": "carrier", "status": "Unregistered"}
        only(hotline.examined(), Subject.TRUNK, "trunk_unregistered", **told)


def test_a_room_that_is_not_quiet(hotline: Whole) -> None:
    changes = (("quiet = yes", "quiet = no"), ("announce_only_user = no", "announce_only_user = yes"))
    with hotline.changed("confbridge.conf", *changes, then="module reload app_confbridge.so"):
        examined = hotline.examined()
    assert {one.params["profile"] for one in examined.findings} == {"xinqiao-caller", "xinqiao-party"}
    assert {one.code for one in examined.findings} == {"room_late"}
    assert all(float(one.params["seconds"]) >= PROMPT_SECONDS - 1 for one in examined.findings)


def test_a_room_without_its_profile(hotline: Whole) -> None:
    change = ("[xinqiao-caller]", "[caller-of-another-name]")
    with hotline.changed("confbridge.conf", change, then="module reload app_confbridge.so"):
        only(hotline.examined(), Subject.ROOM, "room_closed", profile="xinqiao-caller")


def test_no_music(hotline: Whole) -> None:
    empty = hotline.real.folder / "empty"
    empty.mkdir()
    change = (str(hotline.real.folder / "hold"), str(empty))
    with hotline.changed("musiconhold.conf", change, then="moh reload"):
        only(hotline.examined(), Subject.HOLD, "hold_silent")


def test_a_folder_of_recordings_that_is_not_there(hotline: Whole) -> None:
    with gone(hotline.recordings):
        folder = str(hotline.recordings)
        only(hotline.examined(), Subject.RECORDING, "recording_unwritten", folder=folder)


def test_recordings_that_everybody_can_read(hotline: Whole) -> None:
    hotline.recordings.chmod(0o755)
    try:
        folder = str(hotline.recordings)
        only(hotline.examined(), Subject.RECORDING, "recording_open", folder=folder)
    finally:
        hotline.recordings.chmod(0o700)
