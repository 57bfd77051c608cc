"""Known trouble, as a value that the operator sees until it is over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Problem:
    """One trouble: `code` names the sentences `problems.<code>.what` and `problems.<code>.do`."""

    code: str
    since: datetime
    params: Mapping[str, str] = field(default_factory=dict)
