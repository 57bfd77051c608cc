"""A workstation's trace in a test: entries in a chain, sent in stretches."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.codec import to_document
from models.ids import new_id
from models.trace.chain import Link, Place, beginning, canonical, following
from models.trace.entry import Act, Entry, Happening
from models.trace.joining import Stretch
from models.wire import trace
from models.wire.sync import Push, Pushed
from tests.server.central.hotline import Hotline, Workstation


@dataclass
class Sender:
    """One chain, written at a seat."""

    seat: Workstation
    epoch: str = field(default_factory=new_id)
    workstation: str = "desk-7"
    links: list[Link] = field(default_factory=list)
    kept: int = 0

    @property
    def start(self) -> Place:
        return beginning(self.epoch, self.seat.ticket.operator.id, self.workstation)

    def place(self, n: int) -> Place:
        return Place(n, self.links[n - 1].hash) if n else self.start

    def write(self, *what: Happening) -> None:
        for one in what:
            now = self.seat.hotline.clock.now()
            entry = Entry.of(len(self.links) + 1, now, self.seat.ticket.operator.id, self.workstation, one)
            text = canonical(to_document(entry))
            place = following(self.place(len(self.links)), text)
            self.links.append(Link(place.n, text, place.head))

    def read(self, *notes: str) -> None:
        self.write(*(Happening(Act.READ, "note", note) for note in notes))

    def stretch(self, after: int = 0, until: int | None = None) -> Stretch:
        end = len(self.links) if until is None else until
        entries: tuple[Mapping[str, Any], ...] = tuple(json.loads(one.text) for one in self.links[after:end])
        place = self.place(self.kept)
        return Stretch(self.epoch, self.workstation, place, self.place(after), entries, self.place(end).head)

    def push(self, stretch: Stretch, seat: Workstation | None = None) -> Pushed:
        desk = seat or self.seat
        message = Push(app="test", epoch=desk.epoch, ops=(), audit=trace.Stretch.of(stretch))
        answer = desk.hotline.desks.push.push(desk.ticket, message)
        assert isinstance(answer, Pushed)
        return answer

    def held(self, stretch: Stretch) -> int:
        receipt = self.push(stretch).receipt
        assert receipt is not None
        return receipt.n


def sender(hotline: Hotline, *notes: str) -> Sender:
    made = Sender(hotline.seat())
    made.read(*notes)
    return made
