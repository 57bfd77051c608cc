"""The sheets of practices, kept in the practice folder by operator, for whoever looks at them later."""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.codec import DocumentError, from_document, to_document
from models.practice.sheet import Sheet

FOLDER = "sheets"
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet with its moment and who practised."""

    at: datetime
    operator: str
    name: str
    sheet: Sheet

    @property
    def id(self) -> str:
        """A name that no other kept sheet has."""
        return f"{self.operator}/{self.at:%Y%m%d-%H%M%S-%f}-{self.sheet.script}"


class Archive:
    """One file a sheet; nothing of it ever leaves the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def keep(self, kept: Kept) -> None:
        """Write it whole or not at all. Raises OSError."""
        place = self._folder / f"{kept.id}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_suffix(".part")
        half.write_text(json.dumps(to_document(kept), ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(half, place)

    def list(self, operator: str = "") -> tuple[Kept, ...]:
        """The latest sheets of an operator, or of everybody, newest first; a broken file is passed over."""
        places = sorted(
            self._folder.glob(f"{operator or '*'}/*.json"), key=lambda place: place.name, reverse=True
        )
        read = (_read(place) for place in places)
        return tuple(one for one in read if one is not None)[:_SHOWN]


def _read(place: Path) -> Kept | None:
    try:
        return from_document(Kept, json.loads(place.read_text(encoding="utf-8")))
    except (OSError, ValueError, DocumentError):
        return None
