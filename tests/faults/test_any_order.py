"""Two consoles, a lead and the server, in any order of edits, drops, repeats, restarts and role changes.

In the end everybody has the same of what he may see, and every text that stood at a stop is found.
"""

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path
from random import Random

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from models.people.operator import Role
from tests.faults.broken import hold
from tests.faults.simulation.__main__ import FAST
from tests.faults.simulation.story import World, by_seed
from tests.faults.simulation.weather import Weather
from tests.support.soak import runs

_SEATS = (
    ("zhang", (Role.OPERATOR,)),
    ("zhang", (Role.OPERATOR,)),
    ("li", (Role.LEAD, Role.OPERATOR)),
)
_LEAD = 2
_ANY = st.integers(0, len(_SEATS) - 1)
_WRITERS = st.integers(0, _LEAD - 1)
_NOTES = st.sampled_from(["zhang-1", "zhang-1", "zhang-2"])


class AnyOrder(RuleBasedStateMachine):
    """What is drawn is what happens; the network itself is drawn from a seed of the example's own."""

    @initialize(seed=st.integers(0, 2**32), loss=st.sampled_from([0.0, 0.2, 0.5]))
    def begin(self, seed: int, loss: float) -> None:
        self.left = ExitStack()
        random = Random(seed)
        folder = self.left.enter_context(tempfile.TemporaryDirectory(dir=FAST))
        runner = self.left.enter_context(asyncio.Runner())
        self.left.enter_context(by_seed(random))
        self.world = World(Path(folder), random, runner, _SEATS)
        self.left.callback(self.world.close)
        self.weather: Weather = self.world.weather
        self.weather.loss = loss
        # The text of each note at each of its stops.
        self.stops: set[str] = set()

    @rule(number=_WRITERS, note=_NOTES)
    def write(self, number: int, note: str) -> None:
        self.world.center.clock.forward(1)
        self.world.people[number].write(note)

    @rule(number=_WRITERS, note=_NOTES)
    def look(self, number: int, note: str) -> None:
        self.world.people[number].look(note)

    @rule(number=_WRITERS, note=_NOTES)
    def stop(self, number: int, note: str) -> None:
        """The text at a stop is kept for ever."""
        person = self.world.people[number]
        before = set(person.texts)
        person.write(note)
        for op in set(person.texts) - before:
            self.stops.add(op)
        person.finish(note)

    @rule(number=_ANY)
    def act(self, number: int) -> None:
        self.world.act(number)

    @rule(number=_ANY)
    def round(self, number: int) -> None:
        self.world.round(number)

    @rule()
    def repeat(self) -> None:
        self.world.deliver_late()

    @rule(number=_ANY)
    def restart(self, number: int) -> None:
        self.world.consoles[number].restart()

    @rule(number=_ANY)
    def take_image(self, number: int) -> None:
        self.world.consoles[number].take_image()

    @rule(number=_ANY)
    def put_image_back(self, number: int) -> None:
        self.world.put_image_back(number)

    @rule()
    def restart_server(self) -> None:
        self.world.center.restart()

    @rule()
    def change_role(self) -> None:
        self.world.withdraw(_LEAD)

    @rule(number=_ANY)
    def set_watch(self, number: int) -> None:
        self.world.set_watch(number)

    def teardown(self) -> None:
        if not hasattr(self, "left"):
            return
        with self.left:
            self.world.finish()
            hold("texts at stops are found", self._missing_stops())

    def _missing_stops(self) -> set[str]:
        """The stops whose text is neither in the note, nor beside it, nor among the acts of the server."""
        bodies = dict(self.world.center.stored("op_id", "body"))
        texts = {op: text for person in self.world.people for op, text in person.texts.items()}
        in_sight = self.world.texts_in_sight()
        shown = {op for op in self.stops if texts[op] in in_sight}
        kept = {op for op in self.stops - shown if texts[op] in str(bodies.get(op))}
        saved = self.world.saved - self.world.destroyed
        return (self.stops & saved) - kept - shown


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=runs(12, 500), stateful_step_count=runs(30, 60), deadline=None)
