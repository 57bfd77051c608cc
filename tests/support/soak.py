"""How long the long tests are: short in `make test`, whole in `make soak`. The one place that knows."""

import os

SOAKING = os.environ.get("XINQIAO_SOAK") == "1"


def runs(usual: int, soak: int) -> int:
    """How often something is tried: the second number in `make soak`."""
    return soak if SOAKING else usual
