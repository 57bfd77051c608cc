"""The wording of the safety plan's six steps that ships, and a hotline's own."""

from pathlib import Path

from models.risk.plan_form import PlanForm, PlanPart
from models.risk.safety_plan import PlanStep
from models.risk.worded import Worded
from resources.reading import Table, read_table, unique
from resources.texts import t

NAME = "safety_plan.toml"
SHIPPED = Path(__file__).parent / "steps.toml"
_PARTS = ("", "hint_", "ask_")


def load(path: Path = SHIPPED) -> PlanForm:
    """The steps of a file: wording may differ, steps and order may not. Raises ResourceError."""
    return read(read_table(path))


def read(table: Table) -> PlanForm:
    """The steps of a table. Raises ResourceError, unless what is wrong is collected."""
    table.only("version", "confirmed", "source", "step")
    steps = table.tables("step")
    unique(steps, "id")
    if [step.text("id") for step in steps] != list(PlanStep):
        table.wrong("step", t("forms.cause_steps", steps=", ".join(PlanStep)))
    return PlanForm(
        version=table.number("version"),
        confirmed=table.flag("confirmed", False),
        source=table.text("source"),
        parts=tuple(_part(step) for step in steps),
    )


def _part(table: Table) -> PlanPart:
    table.only("id", *(f"{before}{language}" for before in _PARTS for language in ("zh", "en")))
    step = table.choice("id", PlanStep)
    name, hint, ask = (_worded(table, step, before) for before in _PARTS)
    return PlanPart(step, name, hint, ask)


def _worded(table: Table, code: str, before: str) -> Worded:
    return Worded(code, table.worded(f"{before}zh"), table.worded(f"{before}en"))
