"""The safety plan on paper: its words, room to write where there are none, nobody's name or number."""

from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QApplication

from console.presenters.plan_paper import plan_page, print_on, write_pdf
from resources.texts import t, use_language
from widgets.printing.paper import DOTS
from widgets.theme import LIGHT, apply_theme

STEPS = [("预警信号", "睡不着\n<b>不想吃</b>"), ("自己能做的", "")]


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    use_language("zh_CN")
    apply_theme(qapp, LIGHT)


def test_it_has_all_steps_as_they_were_typed_and_says_where_help_is() -> None:
    words = plan_page(STEPS, "12356", "2026-01-01 · 北京").toPlainText()
    for said in ("1. 预警信号", "睡不着", "<b>不想吃</b>", "2. 自己能做的", "12356", "2026-01-01 · 北京"):
        assert said in words
    assert t("safety_plan.paper_for") in words


def test_it_becomes_a_file_of_pages_of_a4(tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    long = [(f"步骤 {n}", "一行字\n" * 40) for n in range(6)]
    write_pdf(plan_page(long, "12356", ""), file)
    content = file.read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.count(b"/MediaBox [0 0 595") >= 1
    assert content.count(b"/Type /Page\n") >= 2


def test_its_words_take_all_the_room_between_the_margins_of_the_paper(tmp_path: Path) -> None:
    """And have no margins of their own within those."""
    page = plan_page([("步骤", "一行很长的字" * 40)], "12356", "")
    writer = QPdfWriter(str(tmp_path / "plan.pdf"))
    writer.setResolution(DOTS)
    assert print_on(page, writer)
    room = writer.pageLayout().paintRectPixels(DOTS)
    first = page.documentLayout().blockBoundingRect(page.begin())
    assert (first.x(), round(first.width())) == (0, room.width())
    assert abs(room.width() - 170 / 25.4 * DOTS) < 2


def test_where_it_cannot_be_written_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        write_pdf(plan_page(STEPS, "", ""), tmp_path / "none" / "plan.pdf")
