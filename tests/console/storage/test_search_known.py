"""Persons, cases and caller plans in the search: found as they are now, with the level of whose they are."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from console.storage.finding import Finder
from console.storage.found import Hit
from console.storage.indexing import enqueue_all
from console.storage.storage import Storage
from console.storage.values import FeedItem, Page
from models.cases.caller_plan import plan_id
from models.clock import ManualClock
from models.ids import new_id
from models.operation import Operation
from models.search.wish import Filters, Wish
from tests.console.storage.acts import CLOCK, KEY, OPERATOR

START = CLOCK.now()


class Line:
    """One workstation; each act a minute after the one before."""

    def __init__(self, folder: Path, storage: Storage) -> None:
        self.storage = storage
        self.clock = ManualClock(START)
        self.finder = Finder(folder / "zhang.db", KEY, OPERATOR)

    def act(self, kind: str, entity: str, **body: Any) -> Operation:
        self.clock.forward(60)
        one = Operation(new_id(), kind, entity, OPERATOR, self.clock.now(), body)
        self.storage.perform([one])
        return one

    def person(self, name: str, alias: str, level: str = "") -> None:
        self.act("person.add", name, site="beijing", alias=alias, code_word="")
        if level:
            call, at = f"call-{name}", START.isoformat()
            self.act("person.meet", name, call=call, part="self", call_at=at)
            told = {"assessment": f"r-{name}", "seconds": 60, "level": level, "peak": level, "seen": []}
            self.act("person.tell", name, call=call, **told)

    def plan(self, about: str, approach: str, label: str = "") -> str:
        text = {"approach": approach, "limits": ""}
        plan = plan_id(about)
        self.act("caller_plan.put", plan, site="beijing", about=about, label=label, name="张", text=text)
        return plan

    def hits(self, text: str, **filters: Any) -> tuple[Hit, ...]:
        return self.finder.find(Wish(text, Filters(**filters)), None, 50).hits

    def found(self, text: str, **filters: Any) -> list[str]:
        return [hit.id for hit in self.hits(text, **filters)]


@pytest.fixture
def line(tmp_path: Path, storage: Storage) -> Iterator[Line]:
    made = Line(tmp_path, storage)
    yield made
    made.finder.close()


@pytest.mark.parametrize("typed", ["雨", "小雨", "蓝", "蓝山", "阿雨"])
def test_a_person_is_found_by_one_sign_of_any_alias_or_the_code_word(line: Line, typed: str) -> None:
    line.act("person.add", "p", site="beijing", alias="小雨", code_word="")
    last = line.act("person.name", "p", alias="阿雨", code_word="蓝山")
    line.act("person.add", "other", site="beijing", alias="老王", code_word="")
    (hit,) = line.hits(typed)
    assert (hit.type, hit.id, hit.note) == ("person", "p", None)
    assert hit.whose
    assert (hit.whose.person, hit.whose.name, hit.whose.site) == ("p", "阿雨", "beijing")
    assert hit.whose.at == last.at.replace(microsecond=0)
    assert hit.snippet
    assert hit.snippet.marks


def test_a_case_is_found_by_what_is_written_now_and_names_its_person(line: Line) -> None:
    line.person("p", "小雨", "R3")
    line.act("case.add", "k", site="beijing", person="p")
    wrong = line.act("case.write", "k", text="去了桥边", name="张")
    assert line.found("桥边") == ["k"]
    line.act("case.undo", "k", what=wrong.op)
    assert line.found("桥边") == []
    line.act("case.involve", "k", name="姨妈", relation="亲戚", may_know="")
    (hit,) = line.hits("姨妈", level="R3")
    assert hit.whose
    assert (hit.whose.person, hit.whose.name, hit.whose.own, hit.whose.closed) == ("p", "小雨", True, False)
    line.act("case.turn", "k", why="recovered", words="")
    (hit,) = line.hits("姨妈")
    assert hit.whose
    assert hit.whose.closed


def test_newest_first_is_by_the_last_change(line: Line) -> None:
    for name in "abc":
        line.person(name, "小雨" + name)
    assert line.found("小雨") == ["c", "b", "a"]
    line.act("person.name", "a", alias="小雨", code_word="")
    assert line.found("小雨") == ["a", "c", "b"]
    first = line.finder.find(Wish("小雨"), None, 2)
    assert [hit.id for hit in line.finder.find(Wish("小雨"), first.before, 2).hits] == ["b"]


def test_a_plan_is_found_under_a_name_or_the_masked_number(line: Line) -> None:
    line.person("p", "小雨", "R2")
    of_person = line.plan("p", "先问近况", "小雨")
    of_number = line.plan("keyed-hash", "先问药", "13800008000")
    (number, person) = line.hits("先问")
    assert (person.id, number.id) == (of_person, of_number)
    assert person.whose
    assert number.whose
    assert (person.whose.person, person.whose.name, person.level) == ("p", "小雨", "R2")
    assert (number.whose.person, number.whose.name, number.level) == ("", "138****8000", "RX")


def test_the_level_is_that_of_all_who_are_one_and_parts_with_them(line: Line) -> None:
    line.person("a", "小雨", "R1")
    line.person("b", "阿雨", "R4")
    line.act("case.add", "k", site="beijing", person="a")
    line.act("case.write", "k", text="雨天", name="张")
    plan = line.plan("a", "雨天也接")
    assert set(line.found("雨", level="R1")) == {"a", "k", plan}
    joined = line.act("person.join", "b", into="a")
    assert set(line.found("雨", level="R4")) == {"a", "b", "k", plan}
    # In the very moment of the joining, so that the one that goes stands where it stood.
    line.storage.perform([Operation(new_id(), "person.undo", "b", OPERATOR, joined.at, {"what": joined.op})])
    assert set(line.found("雨", level="R1")) == {"a", "k", plan}
    assert line.found("雨", level="R4") == ["b"]


def test_who_asks_for_a_day_asks_for_what_was_written_who_asks_for_a_kind_for_that(line: Line) -> None:
    line.person("p", "小雨", "R4")
    assert line.found("", level="R4") == []
    assert line.found("", level="R4", kind="person") == ["p"]
    assert line.found("", level="R1", kind="person") == []
    line.act("case.add", "k", site="beijing", person="p")
    assert line.found("", author=OPERATOR, kind="case") == ["k"]
    line.act("case.give", "k", to="wang", name="王")
    assert line.found("", author=OPERATOR, kind="case") == []
    assert line.found("", author="wang", kind="case") == ["k"], "whose it is now"


def count(storage: Storage, table: str) -> int:
    with storage._transaction() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def test_the_names_are_kept_apart_from_the_calls_and_follow_a_new_alias(line: Line) -> None:
    line.person("p", "小雨", "R3")
    line.act("case.add", "k", site="beijing", person="p")
    line.act("case.write", "k", text="经过", name="张")
    # Neither pairs nor single signs change with this one.
    line.act("person.name", "p", alias="小雨。", code_word="")
    for typed in ("小雨", "经过"):
        (hit,) = line.hits(typed)
        assert hit.whose
        assert hit.whose.name == "小雨。"
    with line.storage._transaction() as connection:
        kept = connection.exec_driver_sql("SELECT doc FROM search_person").scalar_one()
    assert "call-p" not in kept


def test_what_left_the_feeds_and_who_was_erased_leaves_the_hits(line: Line) -> None:
    at = (START - timedelta(days=1)).isoformat()
    case: dict[str, Any] = {"id": "k", "site": "beijing", "author": "wang", "person": "p", "opened_at": at}
    case |= {"story": [{"op": "l", "at": at, "by": "wang", "text": "桥边"}]}
    person: dict[str, Any] = {"id": "p", "site": "beijing", "author": "wang", "made_at": at}
    person |= {"names": [{"op": "a", "at": at, "by": "wang", "alias": "桥边的人"}]}
    mine, all_at_line = FeedItem("op:zhang", 1, "case", "k", 1, case), "line:beijing"
    known = FeedItem(all_at_line, 1, "person", "p", 1, person)
    seqs = {"op:zhang": 1, all_at_line: 1}
    line.storage.apply_page(Page((mine, known), seqs, False, tuple(seqs), {}, "epoch"))
    assert set(line.found("桥边")) == {"k", "p"}
    left = FeedItem("op:zhang", 2, "case", "k", 2, None)
    line.storage.apply_page(Page((left,), {"op:zhang": 2, all_at_line: 1}, False, tuple(seqs), {}, "epoch"))
    assert line.found("桥边") == ["p"]
    erased = FeedItem(all_at_line, 2, "person", "p", 2, None)
    line.storage.apply_page(Page((erased,), {"op:zhang": 2, all_at_line: 2}, False, tuple(seqs), {}, "epoch"))
    assert line.found("桥边") == []
    assert count(line.storage, "search_row") == count(line.storage, "search_person") == 0


def test_a_store_filled_anew_finds_them_again(line: Line) -> None:
    line.person("p", "小雨", "R3")
    line.act("case.add", "k", site="beijing", person="p")
    line.act("case.write", "k", text="小雨来过", name="张")
    plan = line.plan("p", "小雨的计划")
    with line.storage._transaction() as connection:
        connection.exec_driver_sql("DELETE FROM search_text")
        connection.exec_driver_sql("DELETE FROM search_row")
        enqueue_all(connection)
    assert line.found("小雨") == []
    while line.storage.search.index_some(1).left:
        pass
    assert set(line.found("小雨", level="R3")) == {"p", "k", plan}
