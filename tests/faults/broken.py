"""What a check says when an invariant does not hold."""


class Broken(AssertionError):
    """`check` names the invariant."""

    def __init__(self, check: str, what: object) -> None:
        super().__init__(f"{check}: {what}")
        self.check = check


def hold(check: str, wrong: object) -> None:
    """Raise Broken if there is anything wrong."""
    if wrong:
        raise Broken(check, wrong)
