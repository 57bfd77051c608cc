from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.widgets.window import assemble
from widgets.main_window import Page
from widgets.referrals.disclosure import Disclosure
from widgets.theme import (
    DARK,
    LIGHT,
    PALETTES,
    Palette,
    Size,
    apply_theme,
    colours,
    dress,
    font,
    icon_path,
    px,
    recolour,
    scale_for,
    use_theme,
)
from widgets.theme.sheet import style_sheet

READ = [
    ("text", "surface"),
    ("text", "background"),
    ("text_soft", "surface"),
    ("text_soft", "background"),
    ("text_soft", "tag"),
    ("text_faint", "surface"),
    ("text_faint", "background"),
    ("text_faint", "tag"),
    ("text_faint", "urgent_soft"),
    ("text_faint", "care_soft"),
    ("text", "mark"),
    ("accent", "surface"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("urgent_text", "surface"),
    ("on_urgent", "urgent"),
    ("care", "surface"),
    ("care", "care_soft"),
    ("text", "care_soft"),
    ("on_care", "care"),
    ("unsure", "unsure_soft"),
    ("good", "good_soft"),
    ("good", "surface"),
    ("on_chosen", "chosen"),
    ("bar_text", "bar"),
    ("bar_text", "bar_state"),
    ("bar_soft", "bar"),
    ("bar_care", "bar"),
    ("on_bar_care", "bar_care"),
]


def _light(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize(("front", "back"), READ)
def test_text_can_be_read_on_its_ground(palette: Palette, front: str, back: str) -> None:
    values = asdict(palette)
    assert _contrast(values[front], values[back]) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_every_colour_is_one_and_the_sheet_names_no_other(palette: Palette) -> None:
    values = {key: value for key, value in asdict(palette).items() if key != "name"}
    assert all(QColor.isValidColorName(value) for value in values.values())
    sheet = style_sheet(palette, px, icon_path)
    used = {word.strip(";") for word in sheet.split() if word.startswith("#")}
    assert used <= set(values.values())


def test_there_are_four_sizes_of_type() -> None:
    assert len(Size) == 4


def test_figures_are_as_wide_as_each_other(qapp: QApplication) -> None:
    for size in Size:
        metrics = QFontMetrics(font(size))
        assert len({metrics.horizontalAdvance(figure * 10) for figure in "0123456789"}) == 1


def test_labels_take_the_console_font_and_keep_tabular_figures(qapp: QApplication) -> None:
    label = QLabel("1")
    label.setProperty("type", "figure")
    label.ensurePolished()
    assert label.font().pixelSize() == Size.FIGURE
    assert len({label.fontMetrics().horizontalAdvance(figure * 10) for figure in "0123456789"}) == 1


def test_a_theme_can_be_changed_while_running(qapp: QApplication) -> None:
    apply_theme(qapp, PALETTES["dark"])
    assert colours().name == "dark"


def test_nothing_is_built_under_the_sheet_of_before(qapp: QApplication) -> None:
    use_theme(qapp, PALETTES["dark"])
    assert qapp.styleSheet() == ""
    dress(qapp)
    assert PALETTES["dark"].background in qapp.styleSheet()


@pytest.mark.parametrize("page", Page)
def test_a_window_looks_the_same_whether_it_was_dressed_before_or_after(
    qapp: QApplication, page: Page
) -> None:
    pictures = []
    for early in (True, False):
        qapp.setStyleSheet("")
        use_theme(qapp, PALETTES["light"])
        if early:
            dress(qapp)
        window = assemble()
        dress(qapp)
        window.resize(1366, 768)
        window.show()
        window.show_page(page)
        qapp.processEvents()
        pictures.append(window.grab().toImage())
        window.let_close()
        window.deleteLater()
    assert pictures[0] == pictures[1]


def test_a_4k_screen_that_is_not_scaled_gets_larger_type() -> None:
    assert scale_for(1366, 768) == scale_for(1920, 1080) == 1.0
    assert scale_for(3840, 2160) == 2.0


@given(st.integers(800, 8000), st.integers(600, 5000))
def test_nothing_is_ever_drawn_smaller(width: int, height: int) -> None:
    assert scale_for(width, height) >= 1.0


def test_what_is_open_takes_other_colours_as_if_it_had_been_made_in_them(
    qapp: QApplication, qtbot: QtBot
) -> None:
    """Marks in a text too, which are set once."""

    def opened() -> Disclosure:
        shown = Disclosure()
        qtbot.addWidget(shown)
        shown.show_text("一人（女），在太原市。", ("太原市",), "姓名", True)
        shown.resize(400, 160)
        return shown

    apply_theme(qapp, LIGHT)
    before = opened()
    recolour(qapp, DARK)
    seen = [shown.grab().toImage() for shown in (before, opened())]
    assert seen[0] == seen[1]
    assert before.text() == "一人（女），在太原市。"
    apply_theme(qapp, LIGHT)
