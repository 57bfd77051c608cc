"""A story told by a seed: who does what, what fails, and that in the end nothing is lost or doubled."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from unittest.mock import patch

from console.sync import pump
from models import ids
from models.clock import ManualClock
from models.people.operator import Role
from tests.faults.broken import hold
from tests.faults.simulation.center import Center
from tests.faults.simulation.console import Console
from tests.faults.simulation.ending import check_end
from tests.faults.simulation.people import Person
from tests.faults.simulation.weather import Weather

STEPS = 50
_MOST_ROUNDS = 8
TOLD = 9
_SEATS = (
    ("zhang", (Role.OPERATOR,)),
    ("zhang", (Role.OPERATOR,)),
    ("wang", (Role.OPERATOR,)),
    ("li", (Role.LEAD, Role.OPERATOR)),
    ("sun", (Role.SUPERVISOR,)),
)


class World:
    """Five workstations, four people, a server and the network between them."""

    def __init__(self, folder: Path, random: Random, runner: asyncio.Runner) -> None:
        self.random = random
        self.center = Center(folder)
        self.weather = Weather(self.center, random, random.random() * 0.5)
        self.consoles = [
            Console(self.weather, self.center.ticket(who, *roles), folder / f"{number}.db", runner)
            for number, (who, roles) in enumerate(_SEATS)
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
        _, roles = _SEATS[number]
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

    def finish(self) -> None:
        """The network is mended and everybody comes to rest; then all is looked at."""
        self.weather.calm = True
        before: object = None
        for _ in range(_MOST_ROUNDS):
            for console in self.consoles:
                hold("comes to rest", not console.round())
            now = (self.center.stored("op_id"), [console.disk.feeds() for console in self.consoles])
            if now == before:
                break
            before = now
        check_end(self.center, self.consoles, self.people, self.saved - self.destroyed)

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
    "restore": (2, lambda world, number: world.restore_server(told=number < TOLD)),
    "late": (6, lambda world, _: world.deliver_late()),
    "watch": (3, World.set_watch),
}


def step(world: World) -> None:
    """One thing happens."""
    weights = [weight for weight, _ in _HAPPENINGS.values()]
    _, happen = world.random.choices(list(_HAPPENINGS.values()), weights)[0]
    happen(world, world.random.randrange(len(world.consoles)))


@contextmanager
def _by_seed(random: Random) -> Iterator[None]:
    """Ids of the story's own, small pushes, and no word of the trouble that a story is made of."""

    drawn = SimpleNamespace(randbits=random.getrandbits)
    logging.disable(logging.WARNING)
    try:
        with (
            patch.object(ids, "secrets", drawn),
            patch.object(ids, "_CLOCK", ManualClock()),
            patch.object(pump, "_PUSH_LIMIT", 3),
        ):
            yield
    finally:
        logging.disable(logging.NOTSET)


def tell(seed: int, folder: Path, steps: int = STEPS) -> list[tuple[object, ...]]:
    """Tell a story; raises Broken where an invariant does not hold. Gives what the server took, in order."""
    random = Random(seed)
    with asyncio.Runner() as runner, _by_seed(random):
        world = World(folder, random, runner)
        try:
            for _ in range(steps):
                step(world)
            world.finish()
            return world.center.stored("epoch", "seq", "op_id", "outcome", "why")
        finally:
            world.close()
