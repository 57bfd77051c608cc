"""Chains for the tests: made of entries as a workstation makes them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import strategies as st

from models.codec import to_document
from models.trace.chain import Link, Place, beginning, canonical, following
from models.trace.entry import Act, Entry, Happening

START = beginning("epoch-1", "zhang", "desk-7")
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
codes = st.text("abcdef0123456789-.", max_size=12)
happenings = st.builds(
    Happening, st.sampled_from(Act), type=codes, id=codes, op=codes, where=codes, reason=codes
)


def entry(n: int, what: Happening) -> Entry:
    return Entry.of(n, NOON, "zhang", "desk-7", what)


def chained(what: Sequence[Happening], start: Place = START) -> list[Link]:
    links, at = list[Link](), start
    for one in what:
        text = canonical(to_document(entry(at.n + 1, one)))
        at = following(at, text)
        links.append(Link(at.n, text, at.head))
    return links


def end_of(links: Sequence[Link], start: Place = START) -> Place:
    return Place(links[-1].n, links[-1].hash) if links else start
