"""The search beside a plain reading of all records: the same hits in the same order, whatever is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.storage.finding import Finder
from console.storage.values import FeedItem, Page
from models.calls.call import Call
from models.cases.caller_plan import CallerPlan, PlanText, PlanVersion, plan_id
from models.cases.case import Case, Line, Task
from models.codec import to_document
from models.notes.note import LogLine, Note, NoteBody
from models.people.number import normalise
from models.people.person import Joining, Meeting, Naming, Person, Told, Undoing
from models.people.person import Part as PersonPart
from models.referrals.referral import LegalBasis, PlaceBasis, Referral
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.trail import Judgement
from models.search.known import KNOWN
from models.search.query import number_words, parse
from models.search.texts import parts_of
from models.search.wish import Filters, Wish
from tests.console.storage.acts import CLOCK, KEY, OPERATOR, opened

CALLS, PERSONS = 60, 20
PIECES = (
    "我",
    "的",
    "来电者",
    "失业",
    "桥边",
    "网贷",
    "今晚",
    "p12",
    "vod",
    "1",
    "8000",
    "，",
    "。 ",
    "１２",
)
CITIES = {"": "", "晋中市榆次区": "晋中市", "北京市朝阳区": "北京市"}
NOW = CLOCK.now()
AT = [NOW - timedelta(minutes=7 * n) for n in range(CALLS)]


@dataclass(frozen=True)
class Known:
    """A record as the plain reading sees it."""

    kind: str
    id: str
    at: datetime
    entity: Any
    author: str
    category: str
    level: str
    city: str
    number: str = ""


def fits(known: Known, wish: Wish) -> bool:
    query, filters = parse(wish.text), wish.filters
    narrowed = (
        (filters.author, known.author),
        (filters.category, known.category),
        (filters.level, known.level),
        (filters.city, known.city),
        (filters.kind, known.kind),
    )
    if any(wanted and wanted != has for wanted, has in narrowed):
        return False
    if (filters.since and known.at < filters.since) or (filters.until and known.at >= filters.until):
        return False
    if query.empty and not filters.kind and known.kind in KNOWN:
        return False
    if known.kind == "call":
        return bool(query.number) and query.number in number_words(known.number)
    return query.empty or query.found_in(parts_of(known.kind, to_document(known.entity))) is not None


def scanned(records: list[Known], wish: Wish) -> list[tuple[str, str]]:
    """What is found by reading everything, newest first."""
    if parse(wish.text).empty and (wish.text.strip() or not wish.filters.any):
        return []
    ordered = sorted(records, key=lambda known: known.at, reverse=True)
    return [(known.kind, known.id) for known in ordered if fits(known, wish)]


def found(finder: Finder, wish: Wish, page: int) -> list[tuple[str, str]]:
    hits: list[tuple[str, str]] = []
    before: int | None = None
    while True:
        told = finder.find(wish, before, page)
        hits += [(hit.type, hit.id) for hit in told.hits]
        before = told.before
        if before is None:
            return hits


def of_call(n: int, chance: Random) -> Iterator[Known]:
    """A call, its note, the danger, and at times a referral, each begun in a second of its own."""

    def said(most: int) -> str:
        return "".join(chance.choices(PIECES, k=chance.randrange(most)))

    author, category = chance.choice((OPERATOR, "wang")), chance.choice(("C1", "C3", ""))
    place = chance.choice(tuple(CITIES))
    level = chance.choice((None, Level.R1, Level.R4))
    number = f"138{chance.choice(('0000', '1234'))}{chance.choice(('8000', '1', '0001')):0>4}"
    beside = (author, category, level.value if level else "RX")
    call = Call(f"call-{n}", "beijing", number, "12356", entered_at=AT[n])
    yield Known("call", call.id, AT[n], call, *beside, CITIES[place], normalise(number))
    at = AT[n] + timedelta(seconds=1)
    body = NoteBody(category, {"complaint": said(9), "place": place}, (LogLine("l", at, said(4)),))
    note = Note(f"note-{n}", call.id, author, "beijing", "full", 1, at, body)
    yield Known("note", note.id, at, note, *beside, CITIES[place])
    if level:
        judged = (Judgement(1, "op", at, level),)
        risk = Assessment(note.id, note.id, call.id, author, "beijing", judgements=judged)
        yield Known("risk", risk.id, at, risk, *beside, "")
    if chance.random() < 0.3:
        at += timedelta(seconds=1)
        whom = ("police", "police", "110", "110", False)
        where = ("北京市", PlaceBasis.STATED, said(6), LegalBasis.EMERGENCY, at)
        told = Referral(f"referral-{n}", note.id, call.id, author, "beijing", *whom, *where)
        yield Known("referral", told.id, at, told, *beside, CITIES[place] or "北京市")


def of_people(chance: Random) -> Iterator[Known]:
    """Persons, at times one with the one before, at times with a case and a plan, each at its own second."""
    groups: list[list[int]] = []
    for n in range(PERSONS):
        if groups and chance.random() < 0.4:
            groups[-1].append(n)
        else:
            groups.append([n])
    for group in groups:
        levels = {n: chance.choice((None, Level.R1, Level.R4)) for n in group}
        whole = max((each.value for each in levels.values() if each), default="RX")
        for n in group:
            into = f"person-{n - 1}" if n > group[0] else ""
            yield from of_person(n, chance, levels[n], into, whole)


def of_person(n: int, chance: Random, level: Level | None, into: str, whole: str) -> Iterator[Known]:
    def said(most: int) -> str:
        return "".join(chance.choices(PIECES, k=chance.randrange(most)))

    at = AT[n] + timedelta(seconds=3)
    first, beside = NOW - timedelta(days=30), ("", "", whole, "")
    person = Person(
        f"person-{n}",
        "beijing",
        "wang",
        first,
        (Naming("a", first, "wang", said(4), said(3)), Naming("b", at, "wang", said(4))),
        meetings=(Meeting("m", first, "wang", f"call-{n}", PersonPart.SELF, first),) if level else (),
        told=(Told("t", first, "wang", f"call-{n}", "r", 60, level, level),) if level else (),
        joined=(Joining("j", first, "wang", into),) if into else (),
    )
    yield Known("person", person.id, at, person, *beside)
    at += timedelta(seconds=1)
    line, task = Line("l", at, "wang", said(7)), Task("t", first, "wang", said(5))
    undone = (Undoing("u", first, "wang", chance.choice(("l", "t", "nothing"))),)
    author = chance.choice((OPERATOR, "wang"))
    story = Case(
        f"case-{n}", "beijing", author, person.id, first, story=(line,), tasks=(task,), undone=undone
    )
    if chance.random() < 0.6:
        yield Known("case", story.id, at, story, author, *beside[1:])
    at += timedelta(seconds=1)
    plan = CallerPlan(
        plan_id(person.id),
        "beijing",
        "wang",
        person.id,
        versions=(PlanVersion("v", at, "wang", "", PlanText(said(5) or "我", said(5))),),
    )
    if chance.random() < 0.6:
        yield Known("caller_plan", plan.id, at, plan, *beside)


@pytest.fixture(scope="module", params=[1, 2, 3])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path: Path = tmp_path_factory.mktemp("scan") / "zhang.db"
    storage, chance = opened(path), Random(request.param)
    records = [known for n in range(CALLS) for known in of_call(n, chance)]
    records += of_people(chance)
    chance.shuffle(records)
    items = tuple(
        FeedItem("op:zhang", n, known.kind, known.id, 1, to_document(known.entity))
        for n, known in enumerate(records, 1)
    )
    storage.apply_page(Page(items, {"op:zhang": len(items)}, False, ("op:zhang",), {}, "epoch"))
    finder = Finder(path, KEY, OPERATOR)
    yield finder, [known for known in records if known.kind != "risk"]
    finder.close()
    storage.close()


MOMENTS = st.none() | st.sampled_from(AT).map(lambda at: at.replace(microsecond=0))
WISHES = st.builds(
    Wish,
    st.lists(st.sampled_from((*PIECES, " ", "者", "业桥", "p", "vo", "138")), max_size=4).map("".join),
    st.builds(
        Filters,
        since=MOMENTS,
        until=MOMENTS,
        author=st.sampled_from(("", "", OPERATOR, "wang", "nobody")),
        level=st.sampled_from(("", "", "RX", "R1", "R4", "R3")),
        category=st.sampled_from(("", "", "C1", "C3")),
        city=st.sampled_from(("", "", "晋中市", "北京市")),
        kind=st.sampled_from(("", "", "note", "call", "referral", *KNOWN)),
    ),
)


@settings(max_examples=150, deadline=None)
@given(wish=WISHES, page=st.integers(1, 9))
def test_the_search_finds_what_a_plain_reading_finds(filled: Any, wish: Wish, page: int) -> None:
    finder, records = filled
    assert found(finder, wish, page) == scanned(records, wish)


@pytest.mark.parametrize("typed", ["8000", "1", "13800008000", "我", "来电者"])
@pytest.mark.parametrize("kind", ["", "note", "call", "referral", *KNOWN])
def test_a_kind_alone_and_with_a_word_or_number(filled: Any, typed: str, kind: str) -> None:
    finder, records = filled
    wish = Wish(typed, Filters(kind=kind))
    assert found(finder, wish, 7) == scanned(records, wish)
