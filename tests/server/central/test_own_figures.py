"""A hotline's own fields in the readable part of a note: the codes that its forms mark, and never words."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from server.central.sealing.vocabulary import load, shipped
from server.central.storage.engine import counting
from server.central.storage.tables import record
from tests.server.central.hotline import Case, Hotline

SITE = "jinzhong"
FORM = """id = "ours"
version = 1
zh = "本站"
en = "Ours"
source = "本站规范"
mark = "D"

[[category]]
code = "C4"

[[section]]
group = "own"
zh = "本站"
en = "Ours"

[[section.field]]
key = "how_heard"
type = "choice"
choices = "how_heard"
zh = "从哪里知道"
en = "How they heard of us"
figures = true

[[section.field]]
key = "asked_twice"
type = "yes_no"
zh = "问过两次"
en = "Asked twice"
figures = true

[[section.field]]
key = "secret_choice"
type = "choice"
choices = "how_heard"
zh = "不统计"
en = "Not counted"

[[section.field]]
key = "own_words"
type = "text"
zh = "原话"
en = "Words"
"""
LISTS = """[how_heard]
source = "本站规范"
mark = "D"
radio = ["广播", "Radio"]
friend = ["朋友", "A friend"]

[relation]
source = "本站规范"
mark = "D"
self = ["本人", "The person"]
monitor = ["网格员", "Neighbourhood monitor"]
"""
VALUES = {
    "how_heard": "radio",
    "asked_twice": "yes",
    "secret_choice": "friend",
    "own_words": "friend",
    "relation": "monitor",
    "sex": "女人的话",
}


def folder_with(tmp_path: Path, form: str = FORM) -> Path:
    """A server's folder with the hotline's own form and lists."""
    own = tmp_path / "resources"
    (own / "forms").mkdir(parents=True)
    (own / "forms" / "ours.toml").write_text(form, encoding="utf-8")
    (own / "enumerations.toml").write_text(LISTS, encoding="utf-8")
    return tmp_path


def test_marked_codes_are_counted_and_nothing_else_of_the_own_form(tmp_path: Path) -> None:
    known = load(folder_with(tmp_path), SITE)
    assert known.fields["how_heard"] == {"radio", "friend"}
    assert known.fields["asked_twice"] >= {"yes", "no"}
    assert "ours" in known.forms
    assert {"secret_choice", "own_words"}.isdisjoint(known.fields)
    # An own list in the place of one that ships brings its codes along; old ones are still understood.
    assert {"monitor", "self", *shipped().fields["relation"]} == known.fields["relation"]


def test_they_stay_readable_beside_the_sealed_note(tmp_path: Path, engine: Engine) -> None:
    hotline = Hotline(counting(engine, load(folder_with(tmp_path), SITE)))
    desk = hotline.seat()
    case = Case(desk)
    body = {"category": "C4", "form": "ours", "form_version": 1, "values": VALUES}
    desk.push(case.open(form="ours"), desk.act("note.draft.put", case.note, body, 1))
    with engine.connect() as connection:
        row = connection.execute(
            select(record).where(record.c.id == case.note, record.c.type == "note")
        ).one()
    coded = json.loads(row.coded) if isinstance(row.coded, str | bytes) else row.coded
    assert coded["values"] == {"how_heard": "radio", "asked_twice": "yes", "relation": "monitor"}
    assert (coded["category"], coded["form"]) == ("C4", "ours")
    assert "女人的话" not in json.dumps(coded, ensure_ascii=False)


@pytest.mark.expects_log("is not used")
def test_a_broken_own_form_is_told_and_what_was_good_counts(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    load(folder, SITE)
    path = folder / "resources" / "forms" / "ours.toml"
    path.write_text(FORM.replace('choices = "how_heard"', 'choices = "gone"'), encoding="utf-8")
    assert load(folder, SITE).fields["how_heard"] == {"radio", "friend"}


def test_without_own_files_what_ships_counts(tmp_path: Path) -> None:
    assert load(tmp_path, SITE) is shipped()
    assert load(tmp_path, "nowhere") is shipped()


def test_words_cannot_be_marked(tmp_path: Path) -> None:
    from resources.checking import check_file

    text = FORM.replace(
        'key = "own_words"\ntype = "text"', 'key = "own_words"\ntype = "text"\nfigures = true'
    )
    own = folder_with(tmp_path, text) / "resources" / "forms" / "ours.toml"
    assert [one.field for one in check_file(own)] == ["section[1].field[4].figures"]
