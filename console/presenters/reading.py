"""A whole record as text to be read."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from console.lead.service import FullRecord
from console.presenters.asked import asked_of
from console.presenters.form_words import FormWords
from console.presenters.times import local
from models.people.number import mask
from models.risk.assessment import Assessment
from models.risk.quick_screen import AskState, Item
from models.risk.safety_plan import SafetyPlan
from models.risk.trail import Dial, Phase
from resources import instruments
from resources.hotline import Hotline
from resources.texts import language, t
from widgets.base.timeline import Point
from widgets.lead.view import RecordText, ScreenAnswer
from widgets.risk.reasons import reasons
from widgets.risk.screen import wording
from widgets.risk.told import StoryTexts

NO_NAMES: Mapping[str, str] = MappingProxyType({})
_TONES = {AskState.YES: "care", AskState.NO: "plain"}


class RecordTexts:
    """Writes records out in the words of a hotline's form, enumerations and instruments."""

    def __init__(self, hotline: Hotline) -> None:
        self._words = FormWords(hotline.forms, hotline.enumerations)
        self._instruments = hotline.instruments
        self._plan = hotline.safety_plan

    def of(
        self,
        record: FullRecord,
        who: str,
        shown: frozenset[str],
        until: str = "",
        names: Mapping[str, str] = NO_NAMES,
    ) -> RecordText:
        """The text of a record by somebody; `shown` are the calls whose whole number is in sight, `names`
        what people are called by their ids.
        """
        note, assessment, call = record.note, record.assessment, record.call
        log: tuple[tuple[datetime, str], ...] = tuple((local(one.at), one.text) for one in note.body.log)
        number = call.number if call else ""
        hidden = call is None or call.id not in shown
        return RecordText(
            id=note.id,
            heading=t("lead.record_heading", who=who, time=f"{local(note.opened_at):%H:%M}"),
            level=(assessment.peak if assessment else None) or "RX",
            reason="\n".join(reasons(assessment)) if assessment else "",
            number=mask(number) if hidden else number,
            masked=hidden and mask(number) != number,
            until=until,
            fields=self._words.of(note),
            log=log,
            screen=_answers(record),
            ratings=_ratings(record),
            asked=asked_of(self._instruments, assessment) if assessment else (),
            plan=self._planned(record),
            trail=self._trail(assessment, names) if assessment else (),
            referral=tuple(
                Point(f"{local(entry.at):%H:%M}", t(f"referrals.step_{entry.step}"), note=entry.detail)
                for referral in record.referrals
                for entry in referral.timeline
            ),
            call=note.call,
        )

    def _trail(self, assessment: Assessment, names: Mapping[str, str]) -> tuple[Point, ...]:
        return StoryTexts(instruments.load(), self._instruments, names).points(assessment)

    def _planned(self, record: FullRecord) -> tuple[tuple[str, str], ...]:
        """The steps of the safety plan that have words."""
        plans = [one for one in record.beside if isinstance(one, SafetyPlan) and one.note == record.note.id]
        texts = plans[0].texts if plans else {}
        parts = (part for part in self._plan.parts if part.step in texts)
        return tuple((part.name.label(language()), texts[part.step]) for part in parts)

    def name(self, choices: str, code: str) -> str:
        """The label of a code; the code itself where it belongs to no enumeration."""
        return self._words.name(choices, code)


def _answers(record: FullRecord) -> tuple[ScreenAnswer, ...]:
    current: Mapping[Item, AskState] = record.assessment.current if record.assessment else {}
    words = {one.id: wording(one) for one in instruments.load().items}
    answers = ((item, current.get(item, AskState.NOT_ASKED)) for item in Item)
    return tuple(
        ScreenAnswer(words[item], t(f"risk.state_{state}"), _TONES.get(state, "unsure"))
        for item, state in answers
    )


def _ratings(record: FullRecord) -> tuple[tuple[str, str], ...]:
    assessment = record.assessment
    if assessment is None:
        return ()
    words = {one.id: wording(one) for one in instruments.load().ratings}
    pairs = [
        (dial, assessment.rating(dial, Phase.BEFORE), assessment.rating(dial, Phase.AFTER)) for dial in Dial
    ]
    return tuple(
        (words[dial], " → ".join(str(value) for value in (before, after) if value is not None))
        for dial, before, after in pairs
        if before is not None or after is not None
    )
