"""Words in any script through disk, server and another workstation: sign for sign as they were typed."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from console.notes.beside import BesideService, Sources, Told
from console.notes.phrases import PhrasesService
from console.seat import Seat
from console.workstation import Workstation
from models.clock import SystemClock
from models.notes.history import Event
from models.notes.note import Note, Signing
from models.notes.signing import is_altered, signed_by
from tests.console.stand import NO_GATEWAY, NOWHERE, Place, all_sent, at_work, until

Hire = Callable[..., str]
CLOCK = SystemClock()
TEXTS = {
    "scripts": "汉字 ᠮᠣᠩᠭᠣᠯ བོད་ཡིག ئۇيغۇرچە ꆈꌠꉙ العربية עברית हिन्दी ไทย 한국어 かな Ελληνικά Кириллица",
    "rare": "𠮷野家 㐀 𫝀 龘 々 〇 ﹏ ｆｕｌｌｗｉｄｔｈ ﾊﾝｶｸ",
    "emoji": "😭🆘👩‍👩‍👧‍👦🏳️‍🌈👍🏽 ☎️ 1️⃣ 🇨🇳",
    "directions": "a\u202eb\u202cc \u2066x\u2069 \u200f\u200e \u061c",
    "joined": "e\u0301 é Å Å ﬁ \u200d\u200c\ufeff\u00ad",
    "spaces": " \t 　\u00a0\u2003 end \r\n\n\nline\u2028para\u2029 ",
    "long": "来电者说：“我撑不下去了。”\n" * 8000,
    "quotes": "'\"\\ </script> %s {x} \u0007 \u001b \x7f NULL; --",
}


def past(seat: Seat, station: Workstation) -> BesideService:
    async def told(note: str) -> Told:
        answer = await seat.histories.of_note(note)
        return Told(why=answer) if isinstance(answer, str) else Told(answer.acts, answer.names)

    sources = Sources(station.shelf.record, station.shelf.past_of, told)
    return BesideService(station.journal, CLOCK, station.identity, sources, station.seeing.saw)


async def written(station: Workstation) -> Note:
    """A note with all of these texts, handed in."""
    station.calls.open_by_hand("13834400000")
    await until(station.notes.desk, lambda desk: desk.note is not None)
    station.notes.choose_category("C1")
    for key, text in TEXTS.items():
        station.notes.edit(key, text)
    line = station.notes.add_log_line(TEXTS["emoji"])
    assert line
    station.notes.leave()
    note = station.notes.desk.value.note
    assert note
    station.finish_note("")
    await station.journal.flush()
    return note


async def known(station: Workstation, note: str) -> Note:
    """The note as this workstation has it, once it has it."""
    async with asyncio.timeout(30):
        while True:
            record = await station.shelf.record("note", note)
            if record is not None and isinstance(record.entity, Note) and record.entity.signatures:
                return record.entity
            await _soon()


async def _soon() -> None:
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, over.set)
    await over.wait()


def test_every_sign_comes_back_at_another_workstation(hire: Hire, place: Place, tmp_path: Path) -> None:
    async def story() -> None:
        operator = hire()
        async with at_work(place, operator) as (seat, station):
            note = await written(station)
            await all_sent(seat)
        async with at_work(replace(place, folder=tmp_path / "other"), operator) as (_, station):
            back = await known(station, note.id)
            assert back.body.values == TEXTS
            assert [one.text for one in back.body.log] == [TEXTS["emoji"]]
            assert not is_altered(back), "what was signed there is what stands here"
            assert signed_by(back, Signing.AUTHOR) is not None

    asyncio.run(story())


def test_earlier_texts_are_shown_from_the_server_and_without_it_from_here(
    hire: Hire, place: Place, tmp_path: Path
) -> None:
    async def story() -> None:
        operator = hire()
        async with at_work(place, operator) as (seat, station):
            note = await written(station)
            await all_sent(seat)
            await past(seat, station).add(note.id, "家属来电：已就诊。")
            await all_sent(seat)
        other = replace(place, folder=tmp_path / "other")
        async with at_work(other, operator) as (seat, station):
            await known(station, note.id)
            service = past(seat, station)
            await service.remember(note.id)
            told = service.past.value
            assert told is not None
            assert told.why == ""
            events = [one.event for one in told.stages]
            assert events == [
                Event.OPENED,
                Event.CATEGORY,
                Event.FINISH,
                Event.FINISHED,
                Event.SIGNED,
                Event.ADDED,
            ]
            texts = {one.event: one.body for one in told.stages if one.body}
            assert texts[Event.CATEGORY].values == {}
            assert texts[Event.FINISH].values == TEXTS
        gone = replace(place, server=NOWHERE, gateway=NO_GATEWAY)
        async with at_work(gone, operator) as (seat, station):
            service = past(seat, station)
            await service.remember(note.id)
            told = service.past.value
            assert told is not None
            assert told.why == "off_line"
            assert [one.event for one in told.stages] == events, "it was written here"

    asyncio.run(story())


def test_phrases_follow_their_operator_and_nobody_else(hire: Hire, place: Place, tmp_path: Path) -> None:
    async def story() -> None:
        operator, stranger = hire(), hire()
        async with at_work(place, operator) as (seat, station):
            mine = phrases(station)
            assert mine.put("", "bm", TEXTS["scripts"]) == ""
            assert mine.put("", "", "x") == "empty"
            await station.journal.flush()
            await all_sent(seat)
        async with at_work(replace(place, folder=tmp_path / "other"), operator) as (_, station):
            back = phrases(station)
            async with asyncio.timeout(30):
                while not back.phrases.value.kept:
                    await back.refresh()
                    await _soon()
            assert [(one.letters, one.text) for one in back.phrases.value.kept] == [("bm", TEXTS["scripts"])]
            back.drop(back.phrases.value.kept[0].id)
            await station.journal.flush()
            await back.refresh()
            assert back.phrases.value.kept == ()
        async with at_work(replace(place, folder=tmp_path / "third"), stranger) as (seat, station):
            await until(seat.sync, lambda reach: reach.up is True)
            assert await station.shelf.record("phrase", operator) is None

    asyncio.run(story())


def phrases(station: Workstation) -> PhrasesService:
    return PhrasesService(station.journal, CLOCK, station.identity, station.shelf.record)
