"""The known troubles of this workstation, lasting until they are over."""

from console.runtime.store import Store
from models.clock import Clock
from models.problems import Problem


class Problems:
    """One problem a code, with the moment it began."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.store: Store[tuple[Problem, ...]] = Store(())

    def arise(self, code: str, **params: str) -> None:
        """Show a problem; one that stands already keeps its beginning."""
        known = {problem.code: problem for problem in self.store.value}
        since = known[code].since if code in known else self._clock.now()
        known[code] = Problem(code, since, params)
        self.store.publish(tuple(known.values()))

    def settle(self, *codes: str) -> None:
        """Take problems away that are over."""
        self.store.publish(tuple(one for one in self.store.value if one.code not in codes))

    def keep(self, *codes: str) -> None:
        """Take all others away: they were somebody's who is gone."""
        self.store.publish(tuple(one for one in self.store.value if one.code in codes))

    def set(self, code: str, stands: bool, **params: str) -> None:
        """Let a problem stand or not."""
        if stands:
            self.arise(code, **params)
        else:
            self.settle(code)
