"""The sound of alerts that was chosen at this workstation, whoever sits there."""

import json
from pathlib import Path

from console.session.files import write_private
from models.alerts.sounding import Sounding

_FILE = "alert_sound.json"


def remembered(folder: Path) -> Sounding:
    """The choice; the hotline's own sound, loud, where none was made or the file cannot be read."""
    try:
        content = json.loads((folder / _FILE).read_bytes())
    except (OSError, ValueError):
        return Sounding()
    return Sounding.of(content) if isinstance(content, dict) else Sounding()


def remember(folder: Path, sounding: Sounding) -> None:
    """Keep a choice. Raises OSError."""
    write_private(folder / _FILE, json.dumps(sounding.named()).encode())
