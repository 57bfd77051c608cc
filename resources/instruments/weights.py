"""The points of the twelve elements that a licence holder brings: believed only with a signature."""

from collections.abc import Iterable
from pathlib import Path

from models.risk.elements import INSTRUMENT, MOST, Element
from models.risk.questionnaire import Offered, Weights
from resources.reading import Table, read_table, unique
from resources.signed import check

NAME = "elements12.weights.toml"


def load(path: Path, keys: Iterable[bytes]) -> Weights:
    """The weights of a file that one of these keys (Ed25519, raw) has signed. Raises ResourceError."""
    check(path, keys)
    table = read_table(path)
    if table.text("id") != INSTRUMENT:
        raise table.error("id", f"{INSTRUMENT!r} expected")
    elements = table.tables("element")
    unique(elements, "code")
    if {element.text("code") for element in elements} != set(Element):
        raise table.error("element", f"the elements are {', '.join(Element)}")
    answers = {element.text("code"): _answers(element) for element in elements}
    if sum(max(answer.points for answer in offered) for offered in answers.values()) != MOST:
        raise table.error("element", f"the highest total is {MOST}")
    return Weights(table.number("version"), table.text("owner"), table.text("date"), answers)


def _answers(element: Table) -> tuple[Offered, ...]:
    offered = element.tables("answer")
    unique(offered, "code")
    if not offered or any(one.number("points") < 0 for one in offered):
        raise element.error("answer", "answers with points of 0 or more expected")
    return tuple(
        Offered(one.text("code"), one.text("zh"), one.text("en"), one.number("points")) for one in offered
    )
