"""A program that dies before one of its next statements: what it had not committed is gone."""

from typing import Any

from sqlalchemy import Engine, event


class Killed(Exception):
    """The program was killed here."""


class Fuse:
    """Counts the statements of a database and kills its program at a given one."""

    def __init__(self) -> None:
        self._left = 0

    def light(self, statements: int) -> None:
        """Kill before the statement of this number, counted from 1; 0: let it live."""
        self._left = statements

    def lead_to(self, engine: Engine) -> None:
        """Listen to a database."""
        event.listen(engine, "before_cursor_execute", self._burn)

    def _burn(self, *_statement: Any) -> None:
        if self._left:
            self._left -= 1
            if not self._left:
                raise Killed
