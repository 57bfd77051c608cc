"""A record on pages: gathered from what may be read, painted in the pool, into a folder somebody chose."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from PySide6.QtGui import QPagedPaintDevice

from console.lead.service import FullRecord, full_record
from console.presenters.bridge import Bridge
from console.presenters.printer import ask_printer, put_away
from console.presenters.reading import RecordTexts
from console.presenters.times import local
from console.presenters.window import Parts
from console.printing.service import Printed, PrintingService
from console.runtime.journal import DiskTrouble
from console.seat import Seat
from console.workstation import Workstation
from models.calls.events import Origin
from models.notes.note import Addendum, Note, NoteState, Signature
from models.notes.printing import PrintReason
from models.notes.signing import is_altered, is_late
from resources.hotline import Hotline
from resources.texts import language, t
from widgets.lead.view import RecordText
from widgets.printing.form import PrintForm
from widgets.printing.painting import print_on, write_pdf
from widgets.printing.paper import DOTS
from widgets.printing.view import Part, PrintedRecord, PrintView

PATIENCE_SECONDS = 4.0
"""How long what was typed last may take to the disk before nothing is printed."""


class PrintingPresenter:
    """One form for all views; `ask` opens it for a note. One file is made at a time."""

    def __init__(
        self, bridge: Bridge, seat: Seat, station: Workstation, parts: Parts, hotline: Hotline
    ) -> None:
        self._bridge = bridge
        self._station = station
        self._site = hotline.site.name(language())
        self._texts = RecordTexts(hotline)
        self._service = PrintingService(seat.pool, station.seeing.saw)
        self._note = ""
        self._under_way = False
        self._form = PrintForm()
        self._sheet = parts.window.add_sheet(t("printing.title"), self._form, 480)
        self._form.wanted.connect(self._print)
        self._form.printer_wanted.connect(self._print_on_paper)
        bridge.show(self._service.printed, self._show)

    def ask(self, note: str) -> None:
        """Ask why and where to."""
        if note != self._note:
            # What was asked about the record before is no question about this one.
            put_away(self._form)
        self._note = note
        self._form.ask(note)
        if self._under_way:
            self._form.show_print(_under_way())
        self._sheet.open_sheet()

    def _print(self, note: str, folder: str, reason: PrintReason) -> None:
        # At once: a second press is none.
        self._under_way = True
        self._form.show_print(_under_way())
        made = partial(self._made, note, folder, reason)
        self._bridge.wish(lambda: self._station.spawn(self._tried(note, made)))

    def _print_on_paper(self, note: str, reason: PrintReason) -> None:
        offered = partial(self._offered, note, reason)
        self._bridge.wish(lambda: self._station.spawn(self._tried(note, offered)))

    async def _tried(self, note: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do it; whatever keeps it from being done, the form is free again."""
        try:
            await work()
        except TimeoutError:
            self._refuse(note, "fault_unsaved")
        except DiskTrouble:
            self._refuse(note, "fault_read")
        except Exception:
            self._refuse(note, "fault_other")
            raise

    async def _offered(self, note: str, reason: PrintReason) -> None:
        found = await self._record(note)
        if found is not None:
            self._bridge.post(partial(self._ask_printer, note, reason, found[1]))

    def _ask_printer(self, note: str, reason: PrintReason, record: PrintedRecord) -> None:
        if note != self._note:
            # The form asks about another record by now.
            return

        def paint(device: QPagedPaintDevice) -> None:
            self._bridge.wish(self._service.on_paper, note, reason)
            taken = print_on(record, device)
            key, tone = ("on_its_way", "good") if taken else ("fault_printer", "care")
            self._form.show_print(PrintView(t(f"printing.{key}"), tone, self._under_way))

        ask_printer(self._form, DOTS, paint)

    async def _made(self, note: str, folder: str, reason: PrintReason) -> None:
        found = await self._record(note)
        if found is not None:
            name, printed = found
            await self._service.make(note, name, folder, reason, partial(write_pdf, printed))

    async def _record(self, note: str) -> tuple[str, PrintedRecord] | None:
        """What a file of it is called, and what stands on its pages; None, said so, where it may not be.

        Raises TimeoutError while the disk takes nothing, DiskTrouble where it gives nothing.
        """
        station = self._station
        station.notes.leave()
        await asyncio.wait_for(station.journal.flush(), PATIENCE_SECONDS)
        known = await station.shelf.record("note", note)
        entities = await station.shelf.of_call(known.entity.call) if known else ()
        if known is None or not station.access.readable(known.entity, entities).allowed:
            self._refuse(note, "not_yours")
            return None
        record = full_record(known.entity, entities)
        printed = printed_record(record, self._texts, self._site, self._names(), station.identity.practice)
        name = f"{t('printing.file')}-{local(record.note.opened_at):%Y%m%d-%H%M}-{note[-6:]}"
        return name, printed

    def _names(self) -> Mapping[str, str]:
        me = self._station.identity.operator
        seats = self._station.shifts.view.value.seats.values()
        return {**{duty.operator: duty.name for duty in seats if duty.name}, me.id: me.name}

    def _show(self, printed: Printed) -> None:
        if printed.fault:
            self._end(printed.note, PrintView(t(f"printing.fault_{printed.fault}"), "care"))
        elif printed.file:
            self._end(printed.note, PrintView(t("printing.done", file=printed.file), "good"))

    def _refuse(self, note: str, why: str) -> None:
        self._bridge.post(partial(self._end, note, PrintView(t(f"printing.{why}"), "care")))

    def _end(self, note: str, view: PrintView) -> None:
        """Say what became of it, also where the form asks about another record by now."""
        self._under_way = False
        said = view.state if note == self._note else t("printing.of_other", said=view.state)
        self._form.show_print(PrintView(said, view.tone))


def _under_way() -> PrintView:
    return PrintView(t("printing.under_way"), under_way=True)


def printed_record(
    record: FullRecord, texts: RecordTexts, site: str, names: Mapping[str, str], practice: bool
) -> PrintedRecord:
    """What stands on the pages of a record; its number is masked, `names` are what people are called."""
    note, call = record.note, record.call
    who = names.get(note.author, note.author)
    text = texts.of(record, who, frozenset(), names=names)
    practice = practice or (call is not None and call.origin is Origin.PRACTICE)
    marks = [t("printing.secret")]
    marks += [t("printing.practice")] if practice else []
    marks += [] if note.state is NoteState.FINISHED else [t("printing.draft")]
    head = (
        (t("printing.site"), site),
        (t("printing.number"), text.number or t("calls.number_withheld")),
        (t("printing.opened"), f"{local(note.opened_at):%Y-%m-%d %H:%M}"),
        (t("printing.author"), who),
        (t("printing.level"), text.level),
        (t("printing.form"), f"{note.form} {note.form_version}"),
    )
    return PrintedRecord(
        title=t("printing.heading", site=site),
        head=tuple((name, words) for name, words in head if words),
        parts=tuple(part for part in (*_parts(text), *_beside(note, names)) if part.lines),
        marks=tuple(marks),
        foot=t("printing.foot", id=note.id),
        signatures=(t("printing.sign_author"), t("printing.sign_lead")),
    )


def _parts(text: RecordText) -> tuple[Part, ...]:
    asked = []
    for one in text.asked:
        answers = tuple((each.item, each.answer) for each in one.answers)
        asked.append(Part(one.name, (*answers, (t("printing.result"), one.result))))
    reason = ((t("printing.why_level"), text.reason),) if text.reason else ()
    return (
        Part(t("lead.fields"), text.fields),
        Part(t("lead.log"), tuple((f"{at:%H:%M}", words) for at, words in text.log)),
        Part(t("lead.screen"), (*((one.item, one.answer) for one in text.screen), *reason)),
        *asked,
        Part(t("lead.ratings"), text.ratings),
        Part(t("safety_plan.title"), text.plan),
        Part(t("printing.trail"), tuple((one.time, _told(one.text, one.note)) for one in text.trail)),
        Part(t("lead.referral"), tuple((one.time, _told(one.text, one.note)) for one in text.referral)),
    )


def _told(what: str, note: str) -> str:
    return t("printing.told", what=what, note=note) if note else what


def _beside(note: Note, names: Mapping[str, str]) -> tuple[Part, ...]:
    added = []
    for one in note.addenda:
        head = t("beside.added_late" if is_late(note, one) else "beside.added", **_by(one, names))
        added.append((head, one.text))
    signed = []
    for each in note.signatures:
        words = t("printing.signed", reason=each.reason, **_by(each, names)).strip()
        signed.append((t(f"beside.event_signed_{each.role}"), words))
    altered = [(t("printing.caution"), t("beside.altered"))] if is_altered(note) else []
    return Part(t("printing.added"), tuple(added)), Part(t("printing.signatures"), (*signed, *altered))


def _by(one: Addendum | Signature, names: Mapping[str, str]) -> dict[str, str]:
    return {"who": names.get(one.actor, one.actor), "time": f"{local(one.at):%m-%d %H:%M}"}
