"""What is asked for beyond the password, who may take the seat over, and the form for another password."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from widgets.base.buttons import KeyButton
from widgets.session.password import PasswordForm
from widgets.session.sign_in import SignInPage
from widgets.session.view import PasswordChange, SignIn


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def field(widget: QWidget, name: str) -> QLineEdit:
    return next(each for each in widget.findChildren(QLineEdit) if each.accessibleName() == name)


@pytest.fixture
def page(qtbot: QtBot) -> SignInPage:
    made = SignInPage(practice=False)
    qtbot.addWidget(made)
    made.show()
    made.show_last("0712", "3")
    return made


@pytest.fixture
def form(qtbot: QtBot) -> PasswordForm:
    made = PasswordForm()
    qtbot.addWidget(made)
    made.show()
    return made


def test_code_and_former_password_are_asked_for_only_where_needed(page: SignInPage) -> None:
    assert field(page, "动态验证码").isHidden()
    assert field(page, "以前的口令").isHidden()
    assert "动态验证码" not in words(page)


def test_the_code_goes_with_the_password_that_was_typed(qtbot: QtBot, page: SignInPage) -> None:
    qtbot.keyClicks(field(page, "口令"), "Secret1")
    page.show_busy(True)
    page.ask_code("还需要动态验证码。")
    assert page.focusWidget() is field(page, "动态验证码")
    with qtbot.assertNotEmitted(page.sign_in_wanted):
        qtbot.keyClick(field(page, "动态验证码"), Qt.Key.Key_Return)
    qtbot.keyClicks(field(page, "动态验证码"), "123456789")
    with qtbot.waitSignal(page.sign_in_wanted) as wanted:
        qtbot.keyClick(field(page, "动态验证码"), Qt.Key.Key_Return)
    assert wanted.args == [SignIn("0712", "Secret1", "3", code="123456")]
    assert "123456" not in repr(wanted.args)


def test_the_former_password_goes_with_the_new_one(qtbot: QtBot, page: SignInPage) -> None:
    qtbot.keyClicks(field(page, "口令"), "Secret2")
    page.ask_former("口令已在别处更改。")
    former = field(page, "以前的口令")
    assert former.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(former, "Secret1")
    with qtbot.waitSignal(page.sign_in_wanted) as wanted:
        qtbot.keyClick(former, Qt.Key.Key_Return)
    assert wanted.args == [SignIn("0712", "Secret2", "3", former="Secret1")]
    assert "Secret" not in repr(wanted.args)


def test_an_error_forgets_every_secret(qtbot: QtBot, page: SignInPage) -> None:
    page.ask_code("还需要动态验证码。")
    qtbot.keyClicks(field(page, "口令"), "Secret1")
    qtbot.keyClicks(field(page, "动态验证码"), "123456")
    page.show_error("工号或密码不对。")
    assert (field(page, "口令").text(), field(page, "动态验证码").text()) == ("", "")


def test_another_operator_is_offered_on_the_locked_page_only_and_by_keyboard(
    qtbot: QtBot, page: SignInPage
) -> None:
    (other,) = [button for button in page.findChildren(KeyButton) if button.text() == "换人登录"]
    assert other.isHidden()
    page.show_locked("0712", "3")
    assert other.isVisible()
    qtbot.waitUntil(lambda: page.focusWidget() is field(page, "口令"))
    for _ in range(3):
        if page.focusWidget() is other:
            break
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert page.focusWidget() is other
    with qtbot.waitSignal(page.other_wanted):
        qtbot.keyClick(other, Qt.Key.Key_Space)


def test_while_somebody_is_signed_out_nothing_can_be_pressed(page: SignInPage) -> None:
    page.show_locked("0712", "3")
    page.show_busy(True, "正在保存并退出…")
    assert [button.text() for button in page.findChildren(KeyButton) if button.isEnabled()] == []
    assert "正在保存并退出…" in [button.text() for button in page.findChildren(KeyButton)]


def typed(qtbot: QtBot, form: PasswordForm, old: str, new: str, again: str) -> None:
    names = ("现在的口令", "新口令", "再输入一次新口令")
    for name, text in zip(names, (old, new, again), strict=True):
        field(form, name).clear()
        qtbot.keyClicks(field(form, name), text)


def test_another_password_is_wished_for_by_typing_it_twice(qtbot: QtBot, form: PasswordForm) -> None:
    typed(qtbot, form, "Secret01", "Secret02", "Secret02")
    with qtbot.waitSignal(form.change_wanted) as wanted:
        qtbot.keyClick(field(form, "再输入一次新口令"), Qt.Key.Key_Return)
    assert wanted.args == [PasswordChange("Secret01", "Secret02")]
    assert "Secret" not in repr(wanted.args)


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [("short", "short", "新口令太短：至少 8 个字符。"), ("Secret02", "Secret03", "两次输入的新口令不一样。")],
)
def test_a_short_or_mistyped_one_is_not_sent(
    qtbot: QtBot, form: PasswordForm, new: str, again: str, said: str
) -> None:
    typed(qtbot, form, "Secret01", new, again)
    with qtbot.assertNotEmitted(form.change_wanted):
        qtbot.keyClick(field(form, "新口令"), Qt.Key.Key_Return)
    assert said in words(form)


def test_the_form_asks_for_a_code_and_forgets_everything_at_the_end(qtbot: QtBot, form: PasswordForm) -> None:
    typed(qtbot, form, "Secret01", "Secret02", "Secret02")
    form.ask_code("还需要动态验证码。")
    qtbot.keyClicks(field(form, "动态验证码"), "123456")
    with qtbot.waitSignal(form.change_wanted) as wanted:
        qtbot.keyClick(field(form, "动态验证码"), Qt.Key.Key_Return)
    assert wanted.args == [PasswordChange("Secret01", "Secret02", "123456")]
    form.show_changed()
    assert all(not each.text() for each in form.findChildren(QLineEdit))
    assert field(form, "动态验证码").isHidden()
    assert "口令已更改，从现在起用新口令登录和解锁。" in words(form)
