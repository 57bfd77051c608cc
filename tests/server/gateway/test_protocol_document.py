"""The written protocol names every frame, every field and every event that the programs speak."""

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from models.calls.events import EVENTS
from models.wire.commands import Command
from models.wire.line import Hello, News

DOCUMENT = (Path(__file__).parents[3] / "docs" / "protocol-line.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`[^`]+`", DOCUMENT))))
FRAMES = [Hello, *get_args(get_args(Command)[0]), *get_args(get_args(News)[0])]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: str(frame.__name__))
def test_every_frame_stands_there_with_its_fields(frame: type[Hello]) -> None:
    kind = frame.model_fields["kind"].default
    assert {kind, *frame.model_fields} <= WORDS


@pytest.mark.parametrize("kind", EVENTS)
def test_every_event_stands_there_with_its_fields(kind: str) -> None:
    assert {kind, *(field.name for field in fields(EVENTS[kind]))} <= WORDS
