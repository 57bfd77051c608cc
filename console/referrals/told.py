"""The minimum that is told to who is brought in, prefilled and shown before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.notes.note import Value
from models.risk.quick_screen import AskState, Item, judge
from resources.enumerations import Enumerations, label
from resources.texts import Texts

_CHINESE = "zh_CN"
_TELLING = ("sex", "age_band")
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Told:
    """The text, and the parts of it that are personal information."""

    text: str
    personal: tuple[str, ...]


def tell(
    values: Mapping[str, Value],
    answers: Mapping[Item, AskState],
    place: str,
    number: str,
    names: Enumerations,
) -> Told:
    """What helps to find and protect the person, nothing else: no earlier calls, no name, no problem.

    `place` is the city with what is known beyond it ("" while unknown), `number` the one to call back.
    """
    texts = Texts(_CHINESE)
    who = [
        label(names, key, str(values[key]), _CHINESE)
        for key in _TELLING
        if values.get(key) not in (None, "", _UNKNOWN)
    ]
    comma = texts.text("told.comma")
    person = texts.text("told.person", who=comma.join(who)) if who else texts.text("told.person_unknown")
    where = texts.text("told.where", place=place) if place else texts.text("told.where_unknown")
    dangers = [texts.text(f"told.{item}") for item in _dangers(answers)]
    companions = str(values.get("companions", "")).strip()
    beside = [texts.text("told.companions", who=companions)] if companions else []
    back = [texts.text("told.call_back", number=number)] if number else []
    parts = [person, where, *dangers, *beside, texts.text("told.on_line"), *back]
    personal = [*who, place, *dangers, companions, number]
    text = comma.join(parts) + texts.text("told.stop")
    return Told(text, tuple(part for part in personal if part))


def _dangers(answers: Mapping[Item, AskState]) -> list[Item]:
    fired = judge(answers).fired
    means = [Item.MEANS] if answers.get(Item.MEANS) is AskState.YES else []
    return [*([fired] if fired else []), *means]
