"""How long to wait after failures in a row."""

FREE_FAILURES = 5
LONGEST_WAIT = 60


def wait_after(failures: int) -> int:
    """Seconds to wait after so many failures in a row: 2, 4, 8 … 60 from the fifth on."""
    if failures < FREE_FAILURES:
        return 0
    return min(LONGEST_WAIT, int(2 ** min(failures - FREE_FAILURES + 1, 10)))
