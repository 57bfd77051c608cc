"""What a person at a workstation does in a story."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from models.referrals.referral import Step
from tests.faults.simulation.console import Console

_NOTES = ("1", "1", "2")
_ITEMS = ("acting", "plan_week", "plan", "ideation_2w", "means")
_STEPS = (Step.AGREED, Step.CALLED, Step.ACCEPTED, Step.SAFE)


@dataclass
class Person:
    """Somebody who writes, and sees what the screen shows."""

    console: Console
    random: Random
    # The text of each draft that was called saved, by its act.
    texts: dict[str, str] = field(default_factory=dict)
    # Texts that somebody had before the eyes and wrote over.
    replaced: set[str] = field(default_factory=set)

    def act(self) -> None:
        acts: list[Callable[[str], None]] = [
            self._write,
            self._write,
            self._answer,
            self.finish,
            self._refer,
        ]
        if self.console.ticket.operator.leads:
            acts += [self._advance, self._advance, self._write_elsewhere]
        else:
            acts += [self._look, self._advance]
        self.random.choice(acts)(self._own(self.random.choice(_NOTES)))

    def look(self, note: str) -> None:
        """Read a note as the screen shows it."""
        found = self.console.storage.record("note", note)
        if found is not None:
            self.console.eyes[note] = str(found.entity.body.values.get("complaint", ""))
            self.console.fetched[note] = found.entity.written

    def write(self, note: str) -> None:
        """Type over what was last seen here, whatever was pulled since."""
        if note not in self.console.eyes:
            self.look(note)
        if note not in self.console.eyes:
            self._open(note)
        serial = self._serial()
        text = f"t{serial}"
        body = {"category": "C3", "values": {"complaint": text}, "log": []}
        if note in self.console.fetched:
            body["on"] = self.console.fetched.pop(note)
        act = self.console.act("note.draft.put", note, serial, **body)
        seen = self.console.eyes.get(note, "")
        if self.console.perform(act):
            self.replaced.add(seen)
            self.console.eyes[note] = self.texts[act.op] = text

    def _write(self, note: str) -> None:
        self.write(note)

    def _look(self, note: str) -> None:
        self.look(note)

    def _open(self, note: str) -> None:
        at = self.console.watch.now().isoformat()
        place = {"call": self._call(note), "site": "east", "form": "full", "form_version": 1, "opened_at": at}
        opened = self.console.act("note.open", note, self._serial(), **place)
        came = {"site": "east", "number": "13800138000", "entered_at": at}
        known = self.console.act("call.add", self._call(note), self._serial(), **came)
        if self.console.perform(known, opened):
            self.console.eyes[note] = ""

    def _answer(self, note: str) -> None:
        serial = self._serial()
        state = self.random.choice(("yes", "no"))
        what = {"n": serial, "item": self.random.choice(_ITEMS), "state": state}
        self._do("risk.answer", f"{note}-risk", serial, **self._of(note), **what)

    def finish(self, note: str) -> None:
        """Hand the note in."""
        serial = self._serial()
        self._do("note.finish", note, serial, incomplete_reason=str(serial))

    def _refer(self, note: str) -> None:
        serial = self._serial()
        target = {
            "target": "f110",
            "target_kind": "F110",
            "target_name": "110",
            "dial": "110",
            "verified": True,
        }
        where = {"place": "太原", "place_basis": "stated", "text": str(serial), "legal_basis": "emergency"}
        at = self.console.watch.now().isoformat()
        self._do(
            "referral.open", f"{note}-referral", serial, **self._of(note), **target, **where, opened_at=at
        )

    def _advance(self, note: str) -> None:
        seen = [entity for kind, entity in sorted(self.console.disk.in_sight()) if kind == "referral"]
        serial = self._serial()
        if seen:
            step = self.random.choice(_STEPS)
            self._do("referral.advance", self.random.choice(seen), serial, step=step, detail=str(serial))

    def _write_elsewhere(self, _note: str) -> None:
        """Write into somebody else's note, which the server keeps for a lead to decide."""
        seen = [entity for kind, entity in sorted(self.console.disk.in_sight()) if kind == "note"]
        others = [entity for entity in seen if not entity.startswith(self.console.who)]
        serial = self._serial()
        if others:
            body = {"category": "C3", "values": {"complaint": f"t{serial}"}, "log": []}
            self._do("note.draft.put", self.random.choice(others), serial, **body)

    def _do(self, kind: str, entity: str, serial: int, **body: object) -> None:
        self.console.perform(self.console.act(kind, entity, serial, **body))

    def _own(self, number: str) -> str:
        return f"{self.console.who}-{number}"

    def _call(self, note: str) -> str:
        return f"{note}-call"

    def _of(self, note: str) -> dict[str, object]:
        return {"note": note, "call": self._call(note), "site": "east"}

    def _serial(self) -> int:
        return next(self.console.weather.serials)
