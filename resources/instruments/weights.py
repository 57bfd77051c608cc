"""The points of the twelve elements that a licence holder brings: believed only with a signature."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from models.risk.elements import INSTRUMENT, MOST, Element
from models.risk.questionnaire import Offered, Weights
from resources.last_good import load_mine
from resources.reading import ResourceError, Table, read_table, said, unique
from resources.signed import check, copy_signature
from resources.texts import t

NAME = "elements12.weights.toml"


def load(path: Path, keys: Iterable[bytes]) -> Weights:
    """The weights of a file that one of these keys (Ed25519, raw) has signed. Raises ResourceError."""
    check(path, keys)
    return read(read_table(path))


def load_last_good(
    path: Path, copy: Path, keys: Sequence[bytes]
) -> tuple[Weights | None, ResourceError | None]:
    """The weights of a signed file, else of its last good copy, which needs its signature too."""
    points, error = load_mine(lambda one: load(one, keys), path, copy)
    if error is None:
        with suppress(OSError):
            copy_signature(path, copy)
    return points, error


def read(table: Table) -> Weights:
    """The weights of a table, whoever vouches for it. Raises ResourceError."""
    table.only("id", "version", "owner", "date", "element")
    if table.text("id") != INSTRUMENT:
        table.wrong("id", t("forms.cause_id", id=INSTRUMENT))
    elements = table.tables("element")
    unique(elements, "code")
    if said(elements, "code") != set(Element):
        table.wrong("element", t("forms.cause_items", items=", ".join(Element)))
    answers = {element.text("code"): _answers(element) for element in elements}
    if sum(max((answer.points for answer in offered), default=0) for offered in answers.values()) != MOST:
        table.wrong("element", t("forms.cause_highest", most=MOST))
    return Weights(table.number("version"), table.text("owner"), table.text("date"), answers)


def _answers(element: Table) -> tuple[Offered, ...]:
    element.only("code", "answer")
    offered = element.tables("answer")
    unique(offered, "code")
    if not offered or any(one.number("points") < 0 for one in offered):
        element.wrong("answer", t("forms.cause_points"))
    return tuple(
        Offered(one.text("code"), one.text("zh"), one.text("en"), one.number("points")) for one in offered
    )
