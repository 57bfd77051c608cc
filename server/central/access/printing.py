"""The rights matrix as a table for people."""

from collections.abc import Iterator
from datetime import timedelta

from models.access.matrix import Cell, Entity, Matrix
from models.people.operator import Role
from resources.texts import t

_ROLES = (Role.OPERATOR, Role.LEAD, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.GATEWAY)
_DAY = timedelta(days=1)
_DAYS_FROM = 2


def printed(matrix: Matrix) -> str:
    """The matrix in Markdown, in the language in use: a row for each act, a column for each role."""
    kept = t("access.kept", years=matrix.retention_years, seconds=int(matrix.unmasked.total_seconds()))
    head = [t("access.what"), *(t(f"access.role_{role}") for role in _ROLES)]
    lines = [_line(head), _line(["---"] * len(head)), *_rows(matrix)]
    paragraphs = (
        f"# {t('access.title')}",
        t("access.generated"),
        t("access.reading"),
        kept,
        "\n".join(lines),
    )
    return "\n\n".join(paragraphs) + "\n"


def _rows(matrix: Matrix) -> Iterator[str]:
    order = list(Entity)
    kinds = dict.fromkeys((cell.entity, cell.part, cell.action) for cell in matrix.cells)
    for entity, part, action in sorted(kinds, key=lambda kind: order.index(kind[0])):
        what = t(
            "access.row",
            entity=t(f"access.entity_{entity}"),
            part=t(f"access.part_{part}"),
            action=t(f"access.action_{action}"),
        )
        cells = matrix.of(entity, part, action)
        of_role = ([cell for cell in cells if cell.role is role] for role in _ROLES)
        yield _line(
            [what, *(t("access.between").join(map(_cell, some)) or t("access.nothing") for some in of_role)]
        )


def _cell(cell: Cell) -> str:
    said = [t(f"access.of_{cell.of}")]
    if cell.window is not None:
        said.append(_span(cell.window))
    if cell.reason:
        said.append(t("access.with_reason"))
    if cell.longest is not None:
        said.append(t("access.longest", span=_span(cell.longest)))
    return t("access.separator").join(said)


def _span(span: timedelta) -> str:
    if span >= _DAYS_FROM * _DAY and span % _DAY == timedelta(0):
        return t("access.days", n=span // _DAY)
    return t("access.hours", n=int(span.total_seconds() // 3600))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
