"""The form of the backup: a folder is needed, and one copy is made at a time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from resources.texts import t
from widgets.base.buttons import Chip, KeyButton
from widgets.upkeep.backup import BackupForm
from widgets.upkeep.view import BackupView


def made(qtbot: QtBot) -> tuple[BackupForm, list[str]]:
    form = BackupForm()
    qtbot.addWidget(form)
    form.show()
    wanted: list[str] = []
    form.back_up_wanted.connect(wanted.append)
    return form, wanted


def button(form: BackupForm, label: str) -> KeyButton:
    (found,) = [one for one in form.findChildren(KeyButton) if one.text() == label]
    return found


def folder(form: BackupForm) -> QLineEdit:
    return next(one for one in form.findChildren(QLineEdit) if one.accessibleName() == t("upkeep.folder"))


def test_a_drive_is_one_click_away(qtbot: QtBot) -> None:
    form, wanted = made(qtbot)
    begin = button(form, t("upkeep.back_up"))
    assert not begin.isEnabled()
    form.show_drives((("/media/usb", "KINGSTON"),))
    (chip,) = form.findChildren(Chip)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert folder(form).text() == "/media/usb"
    qtbot.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert wanted == ["/media/usb"]


def test_while_one_is_made_none_is_begun(qtbot: QtBot) -> None:
    form, wanted = made(qtbot)
    folder(form).setText("/media/usb")
    form.show_backup(BackupView(t("upkeep.stage_copying"), under_way=True))
    qtbot.keyClick(folder(form), Qt.Key.Key_Return)
    assert not wanted
    shown = [one.text() for one in form.findChildren(QLabel) if one.isVisible()]
    assert t("upkeep.stage_copying") in shown
    assert t("upkeep.way_back_how") in shown
    form.show_backup(BackupView("done", "good"))
    qtbot.keyClick(folder(form), Qt.Key.Key_Return)
    assert wanted == ["/media/usb"]


def test_choosing_a_folder_blocks_nothing(qtbot: QtBot) -> None:
    form, _ = made(qtbot)
    qtbot.mouseClick(button(form, t("upkeep.choose")), Qt.MouseButton.LeftButton)
    (dialog,) = form.findChildren(QFileDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    dialog.fileSelected.emit("/media/usb")
    dialog.close()
    assert folder(form).text() == "/media/usb"
