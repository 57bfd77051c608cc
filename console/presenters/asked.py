"""What was asked with the instruments beside the quick screen, as text to be read."""

from collections.abc import Iterator, Mapping

from models.risk.assessment import Assessment
from models.risk.questionnaire import Instruments, Questionnaire
from models.risk.quick_screen import AskState
from models.risk.scoring import Result, latest, result_of
from resources.texts import language, t
from widgets.lead.view import AskedView, ScreenAnswer
from widgets.risk.result import said_of

_TONES = {AskState.YES.value: "care", AskState.NO.value: "plain"}


def asked_of(instruments: Instruments, assessment: Assessment) -> tuple[AskedView, ...]:
    """Each instrument that was begun, with all its items; one that is not here as it was recorded."""
    begun = [
        (asked, latest(assessment.responses, asked.id))
        for asked in instruments.questionnaires
        if any(one.instrument == asked.id for one in assessment.responses)
    ]
    here = tuple(
        AskedView(
            _name(asked, assessment),
            said_of(asked, _result(asked, instruments, assessment)),
            _answers(asked, instruments, values),
        )
        for asked, values in begun
    )
    return here + tuple(_gone(instruments, assessment))


def _name(asked: Questionnaire, assessment: Assessment) -> str:
    """What it is called, and by which version it was asked where that is not the one that is here."""
    name = asked.name.label(language())
    versions = {one.version for one in assessment.responses if one.instrument == asked.id}
    others = sorted(versions - {asked.version})
    return t("risk.asked_with", name=name, version=others[-1]) if others else name


def _gone(instruments: Instruments, assessment: Assessment) -> Iterator[AskedView]:
    """What was asked with instruments that are not here: codes and points as they were kept."""
    names = dict.fromkeys(one.instrument for one in assessment.responses)
    for name in (one for one in names if instruments.find(one) is None):
        values = latest(assessment.responses, name)
        kept = [str(one.points) for one in assessment.scores if one.instrument == name]
        answers = (ScreenAnswer(item, _plain(value), _tone(value)) for item, value in values.items())
        said = t("risk.instrument_gone")
        yield AskedView(name, t("risk.separator").join((*kept[-1:], said)), tuple(answers))


def _plain(value: str) -> str:
    return t(f"risk.state_{value}") if value in set(AskState) else value


def _result(asked: Questionnaire, instruments: Instruments, assessment: Assessment) -> Result | None:
    """What was kept at the time; what it comes to now where nothing was."""
    kept = [one for one in assessment.scores if one.instrument == asked.id]
    if not kept:
        return result_of(instruments, asked.id, assessment)
    return Result(kept[-1].points, 0, kept[-1].weights, kept[-1].band, kept[-1].level)


def _answers(
    asked: Questionnaire, instruments: Instruments, values: Mapping[str, str]
) -> tuple[ScreenAnswer, ...]:
    weights = instruments.weights
    offered = {
        (item, answer.code): answer.label(language())
        for item in (one.code for one in asked.items)
        for answer in (weights.answers.get(item, ()) if weights and not asked.answers else asked.answers)
    }
    return tuple(
        ScreenAnswer(
            item.label(language()), _word(offered, item.code, values), _tone(values.get(item.code, ""))
        )
        for item in asked.items
    )


def _word(offered: Mapping[tuple[str, str], str], item: str, values: Mapping[str, str]) -> str:
    value = values.get(item, "")
    if (item, value) in offered:
        return offered[item, value]
    return t(f"risk.state_{value}") if value in set(AskState) else t("risk.state_not_asked")


def _tone(value: str) -> str:
    return _TONES.get(value, "unsure" if not value or value in set(AskState) else "plain")
