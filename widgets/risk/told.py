"""The story of an assessment as points on a line, in the words of the instruments that are in use."""

from collections.abc import Mapping

from models.risk.assessment import Assessment
from models.risk.questionnaire import Instruments
from models.risk.quick_screen import AskState
from models.risk.standing import SCREEN
from models.risk.story import Step, story, value_of
from models.risk.trail import Answer, Ground, Judgement, Lowering, Rating, Response, Score, Second
from resources.instruments import Screen
from resources.texts import language, t
from widgets.base.levels import level_text
from widgets.base.timeline import Point
from widgets.risk.screen import wording


class StoryTexts:
    """Writes steps out; `names` are the names of people by their ids, who is not in it goes by the id."""

    def __init__(self, screen: Screen, instruments: Instruments, names: Mapping[str, str]) -> None:
        self._instruments = instruments
        self._names = names
        self._items = {one.id: wording(one) for one in screen.items}
        self._dials = {one.id: wording(one) for one in screen.ratings}

    def points(self, assessment: Assessment) -> tuple[Point, ...]:
        """All steps in order; one with which another level stands has it beside it."""
        points = []
        before = None
        for step in story(assessment):
            rose = step.level is not before
            points.append(self._point(step, step.level.value if rose and step.level else ""))
            before = step.level
        return tuple(points)

    def _point(self, step: Step, level: str) -> Point:
        text = self._text(step)
        if step.mended:
            text = t("risk.step_mended", text=text)
        other = isinstance(step.entry, (Lowering, Second))
        tone = "care" if other else "plain" if step.mended else "accent"
        return Point(f"{step.entry.at.astimezone():%H:%M:%S}", text, tone, self._note(step), level)

    def _text(self, step: Step) -> str:
        entry = step.entry
        match entry:
            case Answer():
                return self._changed(step, self._items.get(entry.item, entry.item), SCREEN, entry.item)
            case Response():
                return self._changed(step, self._item(entry), entry.instrument, entry.item)
            case Rating():
                named = {
                    "dial": self._dials.get(entry.dial, entry.dial),
                    "phase": t(f"risk.phase_{entry.phase}"),
                }
                return t("risk.step_rating", **named, value=_before(str(entry.value), step.before))
            case Judgement(ground=Ground.IMMINENT):
                return t("risk.step_imminent", level=level_text(entry.level))
            case Judgement():
                own = _before(level_text(entry.level), level_text(step.before) if step.before else "")
                return t("risk.step_own", level=own)
            case Score():
                said = _before(str(entry.points), step.before)
                return t("risk.step_score", name=self._short(entry.instrument), points=said)
            case Lowering():
                levels = {"stood": level_text(entry.stood), "to": level_text(entry.to)}
                return t("risk.step_lowering", who=self._who(step), **levels, reason=entry.reason)
            case Second():
                return t("risk.step_agreed" if entry.agrees else "risk.step_refused", who=self._who(step))

    def _changed(self, step: Step, item: str, instrument: str, code: str) -> str:
        now = self._value(instrument, code, value_of(step.entry))
        before = self._value(instrument, code, step.before) if step.before else ""
        return t("risk.step_item", item=item, value=_before(now, before))

    def _note(self, step: Step) -> str:
        """Under an entry of an instrument that is not here, or not in that version."""
        if not isinstance(step.entry, (Response, Score)):
            return ""
        known = self._instruments.find(step.entry.instrument)
        if known is None:
            return t("risk.instrument_gone")
        other = known.version != step.entry.version
        return t("risk.instrument_other", version=step.entry.version) if other else ""

    def _item(self, entry: Response) -> str:
        asked = self._instruments.find(entry.instrument)
        labels = {one.code: one.label(language()) for one in asked.items} if asked else {}
        return labels.get(entry.item, f"{entry.instrument} {entry.item}")

    def _value(self, instrument: str, item: str, value: str) -> str:
        if value in set(AskState):
            return t(f"risk.state_{value}")
        asked, weights = self._instruments.find(instrument), self._instruments.weights
        offered = asked.answers if asked else ()
        if not offered and weights is not None:
            offered = weights.answers.get(item, ())
        return {one.code: one.label(language()) for one in offered}.get(value, value)

    def _short(self, instrument: str) -> str:
        found = self._instruments.find(instrument)
        return found.short.label(language()) if found else instrument

    def _who(self, step: Step) -> str:
        return self._names.get(step.who, step.who)


def _before(now: str, before: str) -> str:
    return t("risk.step_before", value=now, before=before) if before and before != now else now
