import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from tests.widgets.samples import RECORDS
from widgets.records.panel import RecordList
from widgets.records.view import matches


@pytest.fixture
def records(qtbot: QtBot) -> RecordList:
    made = RecordList()
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show_records(RECORDS)
    made.show()
    return made


def table(records: RecordList) -> QTableView:
    (only,) = records.findChildren(QTableView)
    return only


def shown(records: RecordList) -> list[list[str]]:
    """What each cell says to who hears it; a level is painted as a tag."""
    spoken = Qt.ItemDataRole.AccessibleTextRole
    model = table(records).model()
    columns = range(model.columnCount())
    return [[model.index(row, column).data(spoken) for column in columns] for row in range(model.rowCount())]


def test_my_records_are_listed_in_words(records: RecordList) -> None:
    assert shown(records)[0] == ["02:32", "138 **** 8000", "C3 自杀风险来电", "R4 紧急", "未闭环"]
    assert shown(records)[2] == ["00:59", "未显示号码", "S1 沉默来电", "RX 未评估", "记录待补"]
    assert len(shown(records)) == len(RECORDS)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("8000", ["n1"]),
        ("0", ["n1", "n2", "n5"]),
        ("02:3", ["n1"]),
        ("2:3", ["n1"]),
        ("０２：３", ["n1"]),
        ("00:", ["n3", "n4", "n5"]),
        ("沉默", ["n3"]),
        ("c3", ["n1"]),
        ("  ", ["n1", "n2", "n3", "n4", "n5"]),
        ("138", []),
    ],
)
def test_search_takes_the_numbers_tail_a_time_or_a_type(wanted: str, found: list[str]) -> None:
    assert [record.id for record in RECORDS if matches(record, wanted)] == found


def test_typing_narrows_the_list_and_enter_opens_the_first(qtbot: QtBot, records: RecordList) -> None:
    search = records.findChild(QLineEdit)
    qtbot.keyClicks(search, "2210")
    assert len(shown(records)) == 1
    with qtbot.waitSignal(records.open_wanted) as wanted:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert wanted.args == ["n2"]
    qtbot.keyClicks(search, "999")
    with qtbot.assertNotEmitted(records.open_wanted):
        qtbot.keyClick(search, Qt.Key.Key_Return)


def test_a_row_is_opened_by_enter(qtbot: QtBot, records: RecordList) -> None:
    view = table(records)
    view.setCurrentIndex(view.model().index(3, 0))
    with qtbot.waitSignal(records.open_wanted) as wanted:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert wanted.args == ["n4"]


def test_ten_thousand_records_are_shown_and_searched(qtbot: QtBot, records: RecordList) -> None:
    records.show_records(RECORDS * 2000)
    qtbot.keyClicks(records.findChild(QLineEdit), "2210")
    assert len(shown(records)) == 2000
