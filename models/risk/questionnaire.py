"""An instrument as data: what it is called, its items and answers in a version, where it comes from."""

from dataclasses import dataclass

from models.risk.scales import Scale
from models.risk.worded import Worded


@dataclass(frozen=True, slots=True)
class Offered(Worded):
    """An answer that may be chosen, and the points that it counts."""

    points: int = 0


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """An instrument in one version.

    `official_text`: its wording is a licensed or official one, else short labels of our own. `licence` and
    `attribution` say on what terms it may be used. `answers` are empty where each item has an ask-state.
    `caution` is what has to stand beside its result, so that nobody trusts it too much.
    """

    id: str
    version: int
    name: Worded
    short: Worded
    official_text: bool
    source: str
    licence: str
    attribution: str
    items: tuple[Worded, ...]
    answers: tuple[Offered, ...] = ()
    caution: Worded | None = None
    scales: tuple[Scale, ...] = ()
    """The sets of bands that there are for it; a hotline uses one, and each record says which."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a licensed file brings for the twelve elements: the answers of each and their points."""

    version: int
    owner: str
    date: str
    answers: dict[str, tuple[Offered, ...]]

    @property
    def name(self) -> str:
        """By which a record names it for ever."""
        return f"{self.owner} {self.version} ({self.date})"

    @property
    def points(self) -> dict[str, dict[str, int]]:
        """The points of each answer of each element."""
        return {
            element: {answer.code: answer.points for answer in offered}
            for element, offered in self.answers.items()
        }


@dataclass(frozen=True, slots=True)
class Question:
    """Words in which an operator may ask an item of an instrument: a help to speak, no wording of it."""

    instrument: str
    item: str
    words: Worded


@dataclass(frozen=True, slots=True)
class Instruments:
    """All that a hotline uses beside the quick screen: by id, with the set of bands for each that has some.

    `weights` are the licensed points of the twelve elements, None without; `questions` are words to ask the
    items of all instruments with, the quick screen's too.
    """

    questionnaires: tuple[Questionnaire, ...] = ()
    bands: tuple[tuple[str, str], ...] = ()
    weights: Weights | None = None
    questions: tuple[Question, ...] = ()

    def find(self, instrument: str) -> Questionnaire | None:
        """The instrument of this id."""
        return next((one for one in self.questionnaires if one.id == instrument), None)

    def scale(self, instrument: str) -> Scale | None:
        """The bands in use for an instrument: those named, else its first ones; None where it has none."""
        found = self.find(instrument)
        wanted = dict(self.bands).get(instrument, "")
        scales = found.scales if found else ()
        return next((one for one in scales if one.id == wanted), scales[0] if scales else None)

    def question(self, instrument: str, item: str) -> Question | None:
        """Words to ask an item with, None where there are none."""
        return next((one for one in self.questions if (one.instrument, one.item) == (instrument, item)), None)
