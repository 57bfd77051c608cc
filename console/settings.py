"""What a workstation must know before anybody signs in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from resources.texts import available_languages

_CHOICES = {"language": available_languages(), "theme": ("light", "dark")}


class SettingsError(Exception):
    """The settings file cannot be used; names file, field and what is wrong."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where server and gateway are and which seat this is; `ca` is the hotline's own CA as a PEM file.

    `softphone` is the exchange for the telephone inside the console (wss://…); "": one stands on the desk.
    """

    server: str = ""
    gateway: str = ""
    softphone: str = ""
    seat: str = ""
    site: str = "beijing"
    ca: str = ""
    proxy: str = ""
    language: str = "zh_CN"
    theme: str = "light"
    resources: str = ""
    data: str = ""
    practice: bool = False


def load(path: Path, overrides: Mapping[str, str | None]) -> Settings:
    """The settings of a file (no file: the defaults) with what the command line says on top.

    Raises SettingsError.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, ValueError) as cause:
        raise SettingsError(f"{path}: {cause}") from cause
    given = {name: value for name, value in overrides.items() if value is not None}
    return replace(Settings(), **{**_checked(path, content), **given})


def _checked(path: Path, content: Mapping[str, Any]) -> Mapping[str, Any]:
    known = {f.name: f.type for f in fields(Settings) if f.name != "practice"}
    for name, value in content.items():
        if name not in known:
            raise SettingsError(f"{path}: {name}: unknown; known are {', '.join(sorted(known))}")
        if not isinstance(value, str):
            raise SettingsError(f"{path}: {name}: text expected")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise SettingsError(f"{path}: {name}: {value!r} is none of {', '.join(_CHOICES[name])}")
    return content
