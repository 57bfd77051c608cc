"""A person's history and case as they are shown."""

from datetime import datetime

from console.cases.service import Listed, Opened
from console.presenters.times import local, local_or_none
from models.cases.case import Case, Step, Stepping, Task
from models.cases.history import Happened, Kind
from models.cases.named import counsellor_name
from models.cases.standing import standing_of
from models.people.operator import Operator
from models.people.together import Together
from models.risk.safety_plan import SafetyPlan
from resources.texts import t
from widgets.cases.view import (
    CaseRow,
    CaseView,
    EntryView,
    LineView,
    PersonView,
    SafetyPlanView,
    TaskView,
)


def person_view(opened: Opened, me: Operator, now: datetime) -> PersonView:
    """All that happened with a person, as it is shown to `me`."""
    together = opened.together
    return PersonView(
        together.id,
        name_of(together),
        together.code_word,
        len(together.callers),
        tuple(line_view(one) for one in opened.happened),
        opened.standing.level or "",
        local_or_none(opened.standing.at),
        tuple((one.id, one.alias) for one in together.persons[1:]),
        case_view(opened.case, me, now) if opened.case else None,
        plan_view(opened.plan) if opened.plan else None,
    )


def plan_view(plan: SafetyPlan) -> SafetyPlanView:
    """That there is a safety plan, without its words."""
    return SafetyPlanView(plan.id, local(plan.changed_at), len(plan.texts))


def name_of(together: Together | None) -> str:
    """All aliases of a person."""
    names = together.aliases if together else ()
    return t("persons.names_separator").join(names) or t("persons.nameless")


def line_view(happened: Happened) -> LineView:
    """One line of the timeline."""
    call = happened.kind is Kind.CALL
    return LineView(
        local(happened.at),
        happened.kind,
        _text(happened),
        (happened.level or "RX") if call else "",
        happened.peak,
        happened.part,
        happened.who,
        happened.call,
        happened.note if call else "",
        call and not happened.note,
        happened.record if happened.kind is Kind.REFERRAL else "",
    )


def _text(happened: Happened) -> str:
    match happened.kind:
        case Kind.CALL:
            if not happened.seconds:
                return ""
            minutes = round(happened.seconds / 60)
            return t("cases.minutes", n=minutes) if minutes else t("cases.under_minute")
        case Kind.REFERRAL:
            words = (happened.words, t(f"referrals.step_{happened.state}"))
        case Kind.FOLLOWUP:
            words = (t(f"followups.result_{happened.state}"), "")
        case Kind.TASK:
            target = t(f"cases.target_{happened.code}") if happened.code else ""
            words = (target, f"{t(f'cases.step_{happened.state}')} {happened.words}".strip())
    return t("cases.words_separator").join(one for one in words if one)


def case_view(case: Case, me: Operator, now: datetime) -> CaseView:
    """One case as it is shown to `me`: one's own entries may be struck out."""
    names = {one.by: one.name for one in case.story if one.name}
    return CaseView(
        case.id,
        counsellor_name(case),
        case.counsellor == me.id,
        local(case.opened_at),
        case.closing,
        case.counsellor,
        tuple(
            EntryView(one.op, one.text, _by(one.name or one.by, one.at), one.by == me.id)
            for one in case.standing(case.story)
        ),
        tuple(
            EntryView(
                one.op,
                _involved(one.name, one.relation, one.may_know),
                _by(names.get(one.by, one.by), one.at),
                one.by == me.id,
            )
            for one in case.standing(case.involved)
        ),
        tuple(task_view(one, case, me, now) for one in case.standing(case.tasks)),
    )


def task_view(task: Task, case: Case, me: Operator, now: datetime) -> TaskView:
    """One task with what came of it; `heeds` where `me` has to take note of it."""
    last = case.last_stepped.get(task.op)
    owed = case.is_owed(task)
    late = owed and task.due_at is not None and task.due_at <= now
    state = t("cases.state_overdue" if late else "cases.state_open")
    unheeded = {one.op for one in case.answers_for(me.id)}
    return TaskView(
        task.op,
        task.words,
        t(f"cases.target_{task.target}") if task.target else "",
        local_or_none(task.due_at),
        t(f"cases.step_{last.step}")
        if last and (not owed or last.step is Step.TAKEN) and not late
        else state,
        last.words if last else "",
        late,
        owed,
        last.op if last and last.op in unheeded else "",
    )


def case_row(listed: Listed) -> CaseRow:
    """One line of the list of cases."""
    case = listed.case
    level = standing_of(listed.together).level if listed.together else None
    return CaseRow(
        case.person,
        name_of(listed.together),
        counsellor_name(case),
        level or "RX",
        _due(listed.due),
        _news(listed.answers),
        local(case.opened_at),
    )


def _due(tasks: tuple[Task, ...]) -> str:
    first = next((one for one in tasks if one.due_at), None)
    if first is None or first.due_at is None:
        return ""
    return t("cases.due_at", at=f"{local(first.due_at):%m-%d}", words=first.words)


def _news(answers: tuple[Stepping, ...]) -> str:
    said = (f"{t(f'cases.step_{one.step}')} {one.words}".strip() for one in answers)
    return t("cases.words_separator").join(said)


def _by(name: str, at: datetime) -> str:
    return t("cases.by_at", name=name, at=f"{local(at):%Y-%m-%d %H:%M}")


def _involved(name: str, relation: str, may_know: str) -> str:
    who = t("cases.involved_line", name=name, relation=relation) if relation else name
    return t("cases.involved_knows", who=who, what=may_know) if may_know else who
