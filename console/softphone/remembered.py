"""The devices that were chosen at this workstation, whoever sits there."""

import json
from pathlib import Path

from console.session.files import write_private
from models.softphone.devices import Choice

_FILE = "softphone.json"


def remembered(folder: Path) -> Choice:
    """The choice; the system's own where none was made or the file cannot be read."""
    try:
        content = json.loads((folder / _FILE).read_bytes())
    except (OSError, ValueError):
        return Choice()
    return Choice.of(content) if isinstance(content, dict) else Choice()


def remember(folder: Path, choice: Choice) -> None:
    """Keep a choice. Raises OSError."""
    write_private(folder / _FILE, json.dumps(choice.named(), ensure_ascii=False).encode())
