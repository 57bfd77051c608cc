"""Known trouble of a command, as a value with a sentence and an exit code."""

from enum import IntEnum

from resources.texts import t


class ExitCode(IntEnum):
    """How a command ends."""

    DONE = 0
    USAGE = 2
    CONFIG = 3
    PORT = 4
    DATABASE = 5
    TRACE = 6


class CommandTrouble(Exception):
    """A command cannot go on. `code` names the sentence `server.<code>`, `params` fill it in."""

    def __init__(self, exit_code: ExitCode, code: str, **params: object) -> None:
        super().__init__(code)
        self.exit_code = exit_code
        self.code = code
        self.params = params

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, in the language in use."""
        return t(f"server.{self.code}", **self.params)
