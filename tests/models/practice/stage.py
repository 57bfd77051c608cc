"""A caller and an exchange that does what the caller does; time is a number."""

from dataclasses import dataclass, field

from models.practice.facts import Fact, Kind
from models.practice.play import Deed, HangUp, Phase, Play, Ring, Said, advance, begin, due, hear
from models.practice.script import Does, Line, Mark, Scene, Script, When
from models.practice.script import Key as ScriptKey
from models.risk.worded import Worded

WORDS = Worded("", "演示", "Demo")
KEY = ScriptKey(("C1",), WORDS, None, WORDS, Mark.DECIDED, "domain.md")


def line(name: str, *when: When, after: float = 0, does: Does = Does.SPEAKS, trust: int = 0) -> Line:
    return Line(name, does, WORDS, when, after, trust=trust)


def script(*lines: Line, calls: int = 1, key: ScriptKey = KEY) -> Script:
    scene = Scene("13800000001", "12356", 4, 30, 100, lines)
    return Script("demo", 1, WORDS, WORDS, 1, WORDS, key, (scene,) * calls)


@dataclass
class Evening:
    """Plays a script; `answers` says whether a ring is picked up at once."""

    play: Play
    answers: bool = True
    now: float = 0.0
    deeds: list[tuple[float, Deed]] = field(default_factory=list)

    @classmethod
    def of(cls, played: Script, answers: bool = True) -> "Evening":
        return cls(begin(played), answers)

    def until(self, now: float) -> None:
        """Let time pass, with the exchange's answers at their moments."""
        at = due(self.play)
        while at is not None and at <= now:
            self.now = max(self.now, at)
            self.play, deeds = advance(self.play, at)
            for deed in deeds:
                self._follow(deed)
            at = due(self.play)
        self.now = now

    def happens(self, kind: Kind, value: str = "", state: str = "") -> None:
        self.play = hear(self.play, Fact(kind, value, self.now, self.play.call, state))

    def _follow(self, deed: Deed) -> None:
        self.deeds.append((self.now, deed))
        if isinstance(deed, HangUp):
            self.happens(Kind.ENDED, "E2")
        elif isinstance(deed, Ring) and self.answers:
            self.happens(Kind.ANSWERED)

    @property
    def said(self) -> list[str]:
        return [deed.line.id for _, deed in self.deeds if isinstance(deed, Said)]

    @property
    def over(self) -> bool:
        return self.play.phase is Phase.OVER
