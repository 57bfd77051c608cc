"""A note in its form: the category opens it, the rest is listed, an old version is read as it was."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from console.notes.service import NotesService
from console.presenters.form import FormPresenter
from console.presenters.form_words import FormWords
from console.presenters.ladder import LadderPresenter
from models.notes.filling import LOG
from models.notes.form import Choice
from models.notes.forms import Former, NoteForms
from models.notes.note import LogLine, Note, NoteBody
from resources import hotline
from resources.hotline import Hotline
from resources.texts import t
from tests.console.desk import IDENTITY, MemoryJournal, never
from tests.console.presenters.conftest import Stage
from widgets.base.buttons import KeyButton
from widgets.base.labels import Label
from widgets.notes.head import Head
from widgets.notes.tabs import SectionTab

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
BODY = NoteBody("C3", {"sex": "female", "complaint": "睡不着", "companions.asked": "refused"})
NOTE = Note("n", "c", "op", "jinzhong", "full", 1, NOW, BODY)


@pytest.fixture
def data(tmp_path: Path) -> Hotline:
    return hotline.load("jinzhong", None, tmp_path)


def desk(stage: Stage, data: Hotline) -> NotesService:
    forms = data.forms
    notes = NotesService(MemoryJournal(), stage.clock, never, IDENTITY, forms.usual.stamp, forms=forms.stamps)
    presenter = FormPresenter(stage.parts.note, data)
    notes.desk.watch(lambda now: presenter.show_note(now.note) if now.note else None)
    stage.parts.note.category_chosen.connect(notes.choose_category)
    stage.parts.note.edited.connect(notes.edit)
    return notes


def tabs(stage: Stage) -> list[str]:
    return [one.text() for one in stage.parts.note.findChildren(SectionTab) if not one.isHidden()]


def test_the_category_opens_its_form_and_the_rest_is_listed(stage: Stage, data: Hotline) -> None:
    notes = desk(stage, data)
    notes.open_for("call")
    notes.edit("complaint", "睡不着")
    notes.edit("sex", "female")
    notes.choose_category("S7")
    assert tabs(stage) == ["1 回访", "2 过程", "3 处理"]
    said = [one.text() for one in stage.parts.note.elsewhere.findChildren(Label)]
    assert t("notes.elsewhere", n=2) in said
    stage.parts.note.elsewhere.findChildren(KeyButton)[0].click()
    assert t("notes.elsewhere_entry", name="主诉", text="睡不着") in said
    assert t("notes.elsewhere_entry", name="性别", text="女") in said
    notes.choose_category("C3")
    assert stage.parts.note.elsewhere.isHidden()
    assert tabs(stage)[0] == "1 来电者"


def test_a_choice_opens_its_form_before_the_note_has_heard_of_it(stage: Stage, data: Hotline) -> None:
    forms, panel = data.forms, stage.parts.note
    presenter = FormPresenter(panel, data)
    choices: list[int] = []
    panel.category_chosen.connect(lambda code: choices.append(presenter.choose(code)))
    presenter.show_note(replace(NOTE, body=NoteBody()))
    (head,) = panel.findChildren(Head)
    for category in ("C2", "S7", "C3"):
        head.chosen.emit(category)
        assert panel.papers.front.form == forms.of(category)
    # What the note was in between comes late; words that were typed meanwhile must find their fields.
    for category, choice in zip(("C2", "S7"), choices, strict=False):
        presenter.show_note(replace(NOTE, form=forms.of(category).id, body=NoteBody(category)))
        assert panel.papers.front.form == forms.of("C3")
        presenter.heard(choice)
        assert panel.papers.front.form == forms.of("C3")
    presenter.show_note(NOTE)
    presenter.heard(choices[-1])
    assert panel.papers.front.form == forms.of("C3")
    # From now on another type of call can only have come from elsewhere.
    presenter.show_note(replace(NOTE, form="follow_up", body=NoteBody("S7")))
    assert panel.papers.front.form == forms.of("S7")
    assert panel.papers.front.category == "S7"


@pytest.mark.parametrize("late", [(), ("C3",), ("C3", "C3")])
def test_chosen_there_and_back_at_once_the_form_between_is_never_shown_again(
    stage: Stage, data: Hotline, late: tuple[str, ...]
) -> None:
    """However many texts from before the first choice come late: they look like what was chosen last."""
    forms, panel = data.forms, stage.parts.note
    presenter = FormPresenter(panel, data)
    presenter.show_note(NOTE)
    between, back = presenter.choose("S7"), presenter.choose("C3")
    told: list[int | str] = [*late, "S7", between, "C3", back]
    for one in told:
        if isinstance(one, int):
            presenter.heard(one)
        else:
            presenter.show_note(replace(NOTE, form=forms.of(one).id, body=NoteBody(one)))
        assert panel.papers.front.form == forms.of("C3")
    assert panel.papers.front.category == "C3"


def test_the_last_words_of_a_note_are_known_once_its_category_is(stage: Stage, data: Hotline) -> None:
    panel = stage.parts.note
    presenter = FormPresenter(panel, data)
    presenter.show_note(replace(NOTE, body=NoteBody("C1")))
    choice = presenter.choose("C3")
    presenter.show_note(NOTE)
    assert "complaint" in panel.papers.front.missing
    presenter.heard(choice)
    assert "complaint" not in panel.papers.front.missing
    # Another note in front has its own form, whatever was chosen for the one before.
    presenter.choose("S7")
    presenter.show_note(replace(NOTE, id="other"))
    assert panel.papers.front.form == data.forms.of("C3")


def test_what_is_filled_in_is_not_missing_before_the_note_has_heard_of_it(
    stage: Stage, data: Hotline
) -> None:
    panel = stage.parts.note
    presenter, before = FormPresenter(panel, data), replace(NOTE, body=NoteBody("C3"))
    presenter.show_note(before)
    paper = panel.papers.front
    assert {"complaint", LOG} <= set(paper.missing)
    assert paper.pages.put_value("complaint", "睡不着")
    panel.show_log_line("line", NOW)
    assert LOG in paper.missing
    paper.pages.log_edited.emit("line", "她说睡不着")
    assert not {"complaint", LOG} & set(paper.missing)
    # What the note was before those words comes late.
    presenter.show_note(before)
    assert not {"complaint", LOG} & set(paper.missing)
    assert paper.pages.put_value("complaint", "")
    assert "complaint" in paper.missing


def test_a_category_that_a_mark_chose_is_shown(stage: Stage, data: Hotline) -> None:
    notes = desk(stage, data)
    notes.open_for("call")
    notes.choose_category("S1")
    assert stage.parts.note.papers.front.category == "S1"
    (head,) = stage.parts.note.findChildren(Head)
    (choice,) = head.findChildren(QComboBox)
    assert choice.currentData() == "S1"


def test_a_mark_on_the_form_is_a_line_of_the_course(stage: Stage, data: Hotline) -> None:
    notes = desk(stage, data)
    stage.station.notes = notes
    LadderPresenter(stage.bridge, stage.station, stage.parts, data)
    notes.open_for("call")
    notes.choose_category("S1")
    step = data.ladder.steps[0]
    stage.parts.note.marked.emit(step.id)
    front = notes.desk.value.note
    assert front
    assert [line.text for line in front.body.log] == [step.zh]
    shown = [one.text() for one in stage.parts.note.findChildren(KeyButton)]
    at = f"{front.body.log[0].at.astimezone():%H:%M:%S}"
    assert any(at in one and step.zh in one for one in shown)


def test_a_record_is_read_in_the_words_of_its_version(data: Hotline) -> None:
    full = data.forms.of("C3")
    first = full.sections[0]
    renamed = replace(first, fields=tuple(replace(one, zh=f"旧{one.zh}") for one in first.fields))
    old = Former(
        replace(full, version=7, sections=(renamed, *full.sections[1:])),
        {"sex": (Choice("female", "女士", "Lady"),)},
    )
    forms = NoteForms(data.forms.installed, (*data.forms.former, old))
    words = FormWords(forms, data.enumerations)
    assert dict(words.of(NOTE))["性别"] == "女"
    said = dict(words.of(replace(NOTE, form_version=7)))
    assert (said["旧性别"], said["主诉"], said["旧身边有谁"]) == ("女士", "睡不着", "拒答")


def test_a_record_of_a_form_that_is_not_here_is_shown_whole_with_a_sentence(data: Hotline) -> None:
    body = replace(BODY, values={**BODY.values, "unheard_of": ("a", "b"), "number": 3})
    words = FormWords(data.forms, data.enumerations).of(replace(NOTE, form="gone", form_version=9, body=body))
    assert words[0] == (t("notes.form"), t("notes.form_missing", form="gone", version=9))
    said = dict(words)
    assert (said["性别"], said["主诉"], said["unheard_of"], said["number"]) == ("女", "睡不着", "a、b", "3")
    assert said["身边有谁"] == "拒答"


def test_lines_that_a_form_has_no_place_for_are_listed(data: Hotline) -> None:
    bare = replace(data.forms.of("S5"), sections=())
    body = NoteBody("S5", {}, (LogLine("l", NOW, "说了话"),))
    assert FormWords(data.forms, data.enumerations).elsewhere(bare, body) == (("过程", "说了话"),)


def test_a_safe_number_is_masked_wherever_the_note_is_read(data: Hotline) -> None:
    body = NoteBody("C1", {"contact_consent": "agreed", "safe_number": "13834400009 晚上"})
    form = data.forms.of("C1")
    said = FormWords(data.forms, data.enumerations).of(
        replace(NOTE, form=form.id, form_version=form.version, body=body)
    )
    assert ("方便联系的号码", "138****0009 晚上") in said
