"""From the bytes of a data file to its values: what cannot be read is said in words, with its line."""

import re
import tomllib
from pathlib import Path
from typing import Any

from resources.texts import t

MOST_BYTES = 1 << 20
"""No data file of a hotline is nearly as long; what is longer is something else."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_ENDS_INSIDE_TEXT = ("Illegal character '\\n'", "Illegal character '\\r'", "Found invalid character '\\n'")
_SAID = {
    **dict.fromkeys(_ENDS_INSIDE_TEXT, "forms.toml_text"),
    "Unterminated string": "forms.toml_text",
    "Expected \"'": "forms.toml_text",
    "Expected '\"": "forms.toml_text",
    "Cannot ": "forms.toml_twice",
    "Duplicate inline table key": "forms.toml_twice",
    "Expected ']": "forms.toml_closed",
    "Unclosed": "forms.toml_closed",
    "Unescaped": "forms.toml_escape",
    "Invalid hex value": "forms.toml_escape",
    "Escaped character": "forms.toml_escape",
    "Invalid date or datetime": "forms.toml_date",
    "Invalid value": "forms.toml_value",
    "Expected '='": "forms.toml_statement",
    "Invalid statement": "forms.toml_statement",
    "Invalid initial character": "forms.toml_statement",
    "Expected newline": "forms.toml_line",
    "Illegal character": "forms.toml_character",
    "Found invalid character": "forms.toml_character",
}
"""How the reader of TOML begins what it says, and the sentence for it; the first that fits counts."""


class UnreadableError(Exception):
    """A file that gives no values at all: the line where reading stopped, and the cause in words."""

    def __init__(self, line: int, cause: str) -> None:
        super().__init__(cause)
        self.line, self.cause = line, cause


def parse(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file and its values; a byte order mark and any ends of lines are taken.

    Raises UnreadableError.
    """
    source = _text(_bytes(path))
    try:
        return source, tomllib.loads(source)
    except tomllib.TOMLDecodeError as cause:
        raise _no_toml(source, str(cause)) from cause
    except RecursionError as cause:
        raise UnreadableError(1, t("forms.cause_deep")) from cause
    except ValueError as cause:
        # A number of thousands of digits.
        raise UnreadableError(1, t("forms.cause_no_number")) from cause


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as cause:
        raise UnreadableError(1, t("forms.cause_no_file")) from cause
    except (OSError, ValueError) as cause:
        raise UnreadableError(1, t("forms.cause_unreadable")) from cause
    if len(content) > MOST_BYTES:
        raise UnreadableError(1, t("forms.cause_large", most=MOST_BYTES >> 10))
    return content


def _text(content: bytes) -> str:
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        # Behind a byte order mark it counts from there.
        before = cause.object[: cause.start]
        raise UnreadableError(before.count(b"\n") + 1, t("forms.cause_not_utf8")) from cause
    return source.replace("\r\n", "\n").replace("\r", "\n")


def _no_toml(source: str, said: str) -> UnreadableError:
    place = _PLACE.search(said)
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    else:
        written = source.rstrip()
        line, column = written.count("\n") + 1, len(written) - written.rfind("\n")
    key = next((key for start, key in _SAID.items() if said.startswith(start)), "forms.toml_other")
    return UnreadableError(line, t("forms.cause_no_toml", said=t(key), line=line, column=column))
