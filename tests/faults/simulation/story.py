"""A story told by a seed: who does what, what fails, and that in the end nothing is lost or doubled."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from unittest.mock import patch

from console.storage import opening
from console.sync import pump
from models import ids
from models.clock import ManualClock
from models.people.operator import Role
from server.central.people.proofs import NONCE_SECONDS
from tests.faults.broken import hold
from tests.faults.simulation.center import Center, empty
from tests.faults.simulation.compiled import sharing
from tests.faults.simulation.console import Console
from tests.faults.simulation.ending import check_end, texts_of
from tests.faults.simulation.people import Person
from tests.faults.simulation.weather import PAGE, Weather
from tests.support.soak import runs

STEPS = runs(30, 60)
_MOST_ROUNDS = 8
_CALM_PUSH = 20
Place = tuple[str, tuple[Role, ...]]
"""Who sits there, with which roles."""

SEATS: tuple[Place, ...] = (
    ("zhang", (Role.OPERATOR,)),
    ("zhang", (Role.OPERATOR,)),
    ("wang", (Role.OPERATOR,)),
    ("li", (Role.LEAD, Role.OPERATOR)),
    ("sun", (Role.SUPERVISOR,)),
)


@dataclass(frozen=True)
class Kind:
    """What happens more often, or less, than usual in a story; how much more often programs are killed."""

    emphasis: Mapping[str, int] = field(default_factory=dict)
    deadliness: float = 1.0
    steps: int = STEPS
    # How many acts a push takes at most; 0: as the seed says.
    push_limit: int = 0
    # How rough the network is, beside the usual: on a quiet one more pages arrive.
    roughness: float = 1.0


USUAL = Kind()


class World:
    """Workstations, their people, a server and the network between them."""

    def __init__(
        self, folder: Path, random: Random, runner: asyncio.Runner, seats: Sequence[Place] = SEATS
    ) -> None:
        self.random = random
        self.seats = seats
        self.center = Center(folder)
        self.weather = Weather(self.center, random, random.random() * 0.5)
        self.consoles = [
            Console(self.weather, self.center.ticket(who, *roles), folder / f"{number}.db", runner)
            for number, (who, roles) in enumerate(seats)
        ]
        self.people = [Person(console, random) for console in self.consoles]
        for person in self.people:
            person.console.meanwhile = person.act
        # Acts that were nowhere but on a disk that was destroyed.
        self.destroyed: set[str] = set()
        self._runner = runner

    @property
    def saved(self) -> set[str]:
        return set().union(*(console.saved for console in self.consoles))

    def act(self, number: int) -> None:
        self.center.clock.forward(1)
        self.people[number].act()

    def round(self, number: int) -> None:
        console = self.consoles[number]
        if console.round():
            console.check_view()

    def withdraw(self, number: int) -> None:
        """Take a leading role away, or give it back."""
        console = self.consoles[number]
        _, roles = self.seats[number]
        leads = console.ticket.operator.leads
        console.ticket = self.center.ticket(console.who, *((Role.OPERATOR,) if leads else roles))

    def put_image_back(self, number: int) -> None:
        with self._destroying():
            self.consoles[number].put_image_back()

    def restore_server(self, *, told: bool) -> None:
        with self._destroying():
            self.center.restore(told=told)

    def deliver_late(self) -> None:
        self._runner.run(self.weather.deliver_late())

    def set_watch(self, number: int) -> None:
        self.consoles[number].watch.skew = timedelta(hours=self.random.randint(-24, 24))

    def finish(self, push_limit: int = _CALM_PUSH) -> None:
        """The network is mended and everybody comes to rest; then all is looked at."""
        self.weather.calm = True
        with patch.object(pump, "_PUSH_LIMIT", push_limit):
            self._rest()
        check_end(self.center, self.consoles, self.people, self.saved - self.destroyed)

    def _rest(self) -> None:
        quiet: dict[Console, object] = {}
        for _ in range(_MOST_ROUNDS):
            # Who had nothing to do the last time has none until somebody writes to the server.
            busy = [one for one in self.consoles if quiet.get(one) != self.center.fingerprint()]
            for console in busy:
                before = console.fingerprint()
                hold("comes to rest", not console.round())
                if console.fingerprint() == before:
                    quiet[console] = self.center.fingerprint()

    def texts_in_sight(self) -> set[str]:
        """What is read in the notes and beside them, by anybody."""
        return {text for person in self.people for text in texts_of(self.center, person)}

    def close(self) -> None:
        for console in self.consoles:
            console.close()
        self.center.close()

    @contextmanager
    def _destroying(self) -> Iterator[None]:
        before = self._alive()
        yield
        self.destroyed |= before - self._alive()

    def _alive(self) -> set[str]:
        stored = {op for (op,) in self.center.stored("op_id")}
        return stored.union(*(console.disk.known() for console in self.consoles))


_HAPPENINGS: dict[str, tuple[int, Callable[[World, int], object]]] = {
    "act": (40, World.act),
    "round": (35, World.round),
    "restart": (3, lambda world, number: world.consoles[number].restart()),
    "image": (3, lambda world, number: world.consoles[number].take_image()),
    "image back": (2, World.put_image_back),
    "rights": (3, lambda world, number: world.withdraw(3 + number % 2)),
    "backup": (3, lambda world, _: world.center.back_up()),
    "restore": (2, lambda world, number: world.restore_server(told=number % 2 == 0)),
    "late": (6, lambda world, _: world.deliver_late()),
    "watch": (3, World.set_watch),
    "pause": (2, lambda world, _: world.center.clock.forward(NONCE_SECONDS + 1)),
}


def step(world: World, kind: Kind) -> None:
    """One thing happens."""
    weights = [kind.emphasis.get(name, weight) for name, (weight, _) in _HAPPENINGS.items()]
    _, happen = world.random.choices(list(_HAPPENINGS.values()), weights)[0]
    happen(world, world.random.randrange(len(world.consoles)))


@contextmanager
def by_seed(random: Random, push_limit: int = 0) -> Iterator[None]:
    """Ids of the story's own, small pushes, and no word of the trouble that a story is made of."""

    # Made once for all stories, so that none of them draws for it.
    empty()
    made = opening._engine
    drawn = SimpleNamespace(randbits=random.getrandbits)
    logging.disable(logging.ERROR)
    try:
        with (
            patch.object(ids, "secrets", drawn),
            patch.object(ids, "_CLOCK", ManualClock()),
            patch.object(pump, "_PUSH_LIMIT", push_limit or random.choice((1, 3))),
            patch.object(opening, "_engine", lambda *place: sharing(made(*place))),
        ):
            yield
    finally:
        logging.disable(logging.NOTSET)


def tell(seed: int, folder: Path, kind: Kind = USUAL) -> list[tuple[object, ...]]:
    """Tell a story; raises Broken where an invariant does not hold. Gives what the server took, in order."""
    random = Random(seed)
    with asyncio.Runner() as runner, by_seed(random, kind.push_limit):
        world = World(folder, random, runner)
        try:
            world.weather.deadliness, world.weather.roughness = kind.deadliness, kind.roughness
            for _ in range(kind.steps):
                step(world, kind)
            if kind is not USUAL:
                # What shows a wrong variant may come in the end as well.
                world.weather.calm_page = PAGE
            world.finish(_CALM_PUSH if kind is USUAL else pump._PUSH_LIMIT)
            return world.center.stored("epoch", "seq", "op_id", "outcome", "why")
        finally:
            world.close()
