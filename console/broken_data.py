"""What is wrong with the hotline's own files, as one lasting problem that names the first of them."""

from collections.abc import Mapping, Sequence

from resources.reading import ResourceError
from resources.texts import t

TROUBLES = ("resource_broken", "resources_broken")
"""The problem of one file, and that of several."""
_MOST = 3
"""So many are told in full: more would fill the window. `xinqiao forms check` tells them all."""


def broken_data(broken: Sequence[ResourceError]) -> tuple[str, Mapping[str, str]]:
    """The code of the problem and what its words need: one file or more that could not be used."""
    if len(broken) > 1:
        told = [_worded(one) for one in broken[:_MOST]]
        rest = len(broken) - len(told)
        said = t("beside.separator").join([*told, *([t("problems.resources_more", n=rest)] if rest else [])])
        return TROUBLES[1], {"n": str(len(broken)), "faults": said}
    (one,) = broken
    params = {"file": str(one.file), "line": str(one.line), "field": one.field, "cause": one.cause}
    return TROUBLES[0], params


def _worded(one: ResourceError) -> str:
    key = "forms.fault_field" if one.field else "forms.fault"
    return t(key, file=str(one.file), line=one.line, field=one.field, cause=one.cause)
