"""Style sheet template: what can be pressed, typed into, chosen from and scrolled."""

BUTTONS = """
QPushButton { background: $surface; color: $text; border: $hair solid $line; border-radius: $p4;
    padding: 0 $p10; min-height: $p32; outline: none; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $track; }
QPushButton:focus { border: $p2 solid $accent; padding: 0 $p9; }
QPushButton:disabled { color: $text_faint; background: $tag; border-color: $line; }
QPushButton[strong="true"] { font-weight: 600; }
QPushButton[tone="accent"] { background: $accent; color: $on_accent; border-color: $accent;
    font-weight: 600; }
QPushButton[tone="accent"]:focus { border: $p2 solid $text; }
QPushButton[tone="accent"]:disabled { background: $tag; color: $text_faint; border-color: $line; }
QPushButton[tone="soft"] { background: $accent_soft; color: $accent; border-color: $accent_line; }
QPushButton[tone="soft"][done="true"]:disabled { background: $accent_soft; color: $accent;
    border-color: $accent_line; }
QPushButton[tone="soft"]:focus { border: $p2 solid $accent; }
QPushButton[tone="soft"]:disabled { background: $tag; color: $text_faint; border-color: $line; }
QPushButton[tone="care"] { background: $care_soft; color: $care; border-color: $care_line; }
QPushButton[tone="care"]:focus { border: $p2 solid $care; }
QPushButton[tone="care"]:disabled { background: $tag; color: $text_faint; border-color: $line; }
QPushButton[tone="urgent"] { background: $urgent; color: $on_urgent; border-color: $urgent;
    font-weight: 600; }
QPushButton[tone="urgent"]:focus { border: $p2 solid $text; }
QPushButton[tone="urgent"]:disabled { background: $tag; color: $text_faint; border-color: $line; }
QPushButton[big="true"] { font-size: $size_title; font-weight: 600; min-height: $p44; }
QPushButton[compact="true"] { min-height: $p22; padding: 0 $p8; font-size: $size_small; }
QPushButton[compact="true"]:focus { padding: 0 $p7; }
QPushButton[tone="link"] { background: transparent; color: $accent; border: $hair solid transparent;
    min-height: $p20; padding: 0 $p4; text-align: left; }
QPushButton[tone="link"]:hover { background: $accent_soft; }
QPushButton[tone="link"]:focus { border: $hair solid $accent; padding: 0 $p4; }
QPushButton[tone="link"]:disabled { color: $text_faint; background: transparent; border-color: transparent; }
QPushButton[tone="status"] { background: transparent; color: $text_soft; border: $hair solid transparent;
    min-height: $p20; padding: 0 $p4; font-size: $size_small; }
QPushButton[tone="status"]:hover { color: $accent; }
QPushButton[tone="status"]:focus { border: $hair solid $accent; padding: 0 $p4; }
QPushButton[tone="bar"] { background: transparent; color: $bar_text; border: $hair solid transparent;
    min-height: $p26; padding: 0 $p8; }
QPushButton[tone="bar"]:hover { background: $bar_state; }
QPushButton[tone="bar"]:focus { border: $hair solid $bar_text; padding: 0 $p8; }
QPushButton[tone="bar"]:checked { background: $bar_state; }
QPushButton[tone="barcare"] { background: transparent; color: $bar_care; border: $hair solid $bar_care;
    min-height: $p24; padding: 0 $p8; }
QPushButton[tone="barcare"]:focus { border: $p2 solid $bar_text; padding: 0 $p7; }
QPushButton[chip="true"] { min-height: $p24; padding: 0 $p8; }
QPushButton[chip="true"]:focus { border: $p2 solid $accent; padding: 0 $p7; }
QPushButton[chip="true"]:checked { background: $accent_soft; border-color: $accent_line; color: $accent; }
QPushButton[chip="true"][missing="true"] { border-color: $care_line; }
QPushButton[chip="true"][missing="true"]:focus { border-color: $accent; }
QPushButton[chip="true"]:checked:focus { border-color: $accent; }
QPushButton[segment="true"] { min-height: $p22; min-width: $p20; padding: 0 $p3; border-radius: 0;
    font-size: $size_small; color: $text_soft; }
QPushButton[segment="true"][place="first"] { border-top-left-radius: $p4; border-bottom-left-radius: $p4; }
QPushButton[segment="true"][place="last"] { border-top-right-radius: $p4; border-bottom-right-radius: $p4; }
QPushButton[segment="true"][place="only"] { border-radius: $p4; }
QPushButton[segment="true"][place="middle"], QPushButton[segment="true"][place="last"] {
    border-left: none; padding-left: $p4; }
QPushButton[segment="true"][words="true"] { padding: 0 $p8; }
QPushButton[segment="true"][words="true"][place="middle"],
QPushButton[segment="true"][words="true"][place="last"] { padding-left: $p9; }
QPushButton[segment="true"]:focus { border: $p2 solid $accent; padding: 0 $p2; }
QPushButton[segment="true"][words="true"]:focus { padding: 0 $p7; }
QPushButton[segment="true"]:checked { background: $chosen; border-color: $chosen; color: $on_chosen; }
QPushButton[answer="accent"]:checked { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[answer="care"]:checked { background: $care; border-color: $care; color: $on_care; }
QPushButton[answer="unsure"]:checked { background: $unsure_soft; border: $hair solid $unsure;
    padding-left: $p3; color: $unsure; }
QPushButton[answer="unsure"][words="true"]:checked { padding-left: $p8; }
QPushButton[answer="urgent"]:checked { background: $urgent; border-color: $urgent; color: $on_urgent; }
QPushButton[segment="true"]:checked:focus { border: $p2 solid $text; }
QPushButton[icon_only="true"] { border: $hair solid transparent; background: transparent; padding: 0;
    min-width: $p26; max-width: $p26; min-height: $p26; max-height: $p26; }
QPushButton[icon_only="true"]:hover { background: $tag; }
QPushButton[icon_only="true"]:focus { border: $p2 solid $accent; }
"""

FIELDS = """
QLineEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit { background: $surface; color: $text;
    border: $hair solid $line; border-radius: $p4; padding: 0 $p7; min-height: $p26;
    placeholder-text-color: $text_faint; selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit, QTextEdit { background: $surface; color: $text; border: $hair solid $line;
    border-radius: $p4; padding: $p2 $p4; placeholder-text-color: $text_faint;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus {
    border: $p2 solid $accent; padding: 0 $p6; }
QPlainTextEdit:focus, QTextEdit:focus { border: $p2 solid $accent; padding: $p1 $p3; }
QLineEdit[missing="true"], QComboBox[missing="true"], QPlainTextEdit[missing="true"],
QSpinBox[missing="true"] {
    background: $care_soft; border-color: $care; placeholder-text-color: $care; }
QLineEdit[missing="true"]:focus, QComboBox[missing="true"]:focus, QPlainTextEdit[missing="true"]:focus,
QSpinBox[missing="true"]:focus { border-color: $accent; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QLineEdit[readOnly="true"] {
    background: $hover; color: $text_soft; }
QPlainTextEdit[bare="true"], QPlainTextEdit[bare="true"]:focus { background: transparent; border: none;
    padding: 0; }
QPlainTextEdit[bare="true"]:focus { background: $accent_soft; }
QComboBox { padding: 0 $p9; }
QComboBox:focus { padding: 0 $p8; }
QComboBox:editable { padding: 0 $p7; }
QComboBox:editable:focus { padding: 0 $p6; }
QComboBox::drop-down { border: none; width: $p20; }
QComboBox::down-arrow { image: url($icon_down); width: $p14; height: $p14; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: $hair solid $sheet_line;
    selection-background-color: $accent_soft; selection-color: $accent; outline: none; padding: $p2; }
QComboBox QAbstractItemView::item { min-height: $p26; padding: 0 $p6; }
QCheckBox, QRadioButton { spacing: $p6; background: transparent; border: $hair solid transparent;
    border-radius: $p3; padding: $p1 $p2; }
QCheckBox:focus, QRadioButton:focus { border: $hair solid $accent; }
QCheckBox::indicator, QRadioButton::indicator { width: $p14; height: $p14; border: $hair solid $text_faint;
    background: $surface; border-radius: $p3; }
QRadioButton::indicator { border-radius: $p8; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($icon_check); }
QRadioButton::indicator:checked { background: $surface; border: $p5 solid $accent;
    width: $p6; height: $p6; }
"""

VIEWS = """
QTabBar { background: transparent; border: none; qproperty-drawBase: 0; outline: none; }
QTabBar::tab { background: transparent; color: $text_soft; padding: $p5 $p12; border: none;
    border-bottom: $p2 solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom: $p2 solid $accent; font-weight: 600; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { background: $accent_soft; }
QTableView, QListView { background: $surface; color: $text; border: $hair solid $line; border-radius: $p4;
    padding: $hair; gridline-color: $tag; selection-background-color: $accent_soft; selection-color: $text;
    outline: none; }
QTableView:focus, QListView:focus { border: $p2 solid $accent; padding: 0; }
QTableView::item, QListView::item { padding: 0 $p5; border-bottom: $hair solid $tag; }
QListView::item { padding: $p4 $p5; }
QTableView::item:selected, QListView::item:selected { background: $accent_soft; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $text_soft; font-size: $size_small; border: none;
    border-bottom: $hair solid $line; padding: $p4 $p8; text-align: left; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[surface="scroll"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: $p10; margin: 0; border: none; }
QScrollBar::handle:vertical { background: $sheet_line; border-radius: $p3; min-height: $p24; margin: 0 $p2; }
QScrollBar:horizontal { background: transparent; height: $p10; margin: 0; border: none; }
QScrollBar::handle:horizontal { background: $sheet_line; border-radius: $p3; min-width: $p24; margin: $p2 0; }
QScrollBar::handle:hover { background: $text_faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $surface; color: $text; border: $hair solid $sheet_line; padding: $p4; }
QMenu::item { padding: $p5 $p20 $p5 $p10; border-radius: $p3; }
QMenu::item:selected { background: $accent_soft; color: $accent; }
QMenu::separator { height: $hair; background: $line; margin: $p4 0; }
"""

CONTROLS = BUTTONS + FIELDS + VIEWS
