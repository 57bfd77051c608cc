"""Style sheet template: surfaces, bars and the roles of text."""

SURFACES = """
QMainWindow, QWidget[surface="page"], QDialog { background: $background; }
QFrame[surface="card"] { background: $surface; border: $hair solid $line; border-radius: $p6; }
QFrame[surface="card"][tone="care"] { background: $care_soft; border-color: $care_line; }
QFrame[surface="card"][tone="urgent"] { background: $urgent; border-color: $urgent; }
QFrame[surface="card"][tone="accent"] { background: $accent_soft; border-color: $accent_line; }
QFrame[surface="card"][tone="good"] { background: $good_soft; border-color: $good_soft; }
QFrame[surface="card"][edge="urgent"] { border-left: $p4 solid $urgent; }
QFrame[surface="card"][edge="care"] { border-left: $p4 solid $care; }
QFrame[surface="card"][focused="true"] { border-color: $accent; }
QFrame[surface="well"] { background: $hover; border: $hair solid $line; border-radius: $p4; }
QFrame[surface="rule"] { background: $line; border: none; }
QFrame[surface="top"] { background: $bar; border: none; }
QFrame[surface="top"] QLabel { color: $bar_text; }
QFrame[surface="top"] QLabel[tone="soft"] { color: $bar_soft; }
QFrame[surface="top"] QLabel[tone="warn"] { color: $bar_care; }
QFrame[surface="state"] { background: $bar_state; border: none; border-radius: $p4; }
QFrame[surface="status"] { background: $surface; border: none; border-top: $hair solid $line; }
QFrame[surface="practice"] { background: $bar_care; border: none; border-radius: $p3; }
QFrame[surface="practice"] QLabel { color: $on_bar_care; }
QFrame[surface="question"] { background: $care_soft; border: none; border-bottom: $hair solid $care_line; }
QFrame[surface="alerts"] { background: $care_soft; border: none; border-bottom: $p4 solid $urgent; }
QFrame[surface="popover"] { background: $surface; border: $hair solid $sheet_line; border-radius: $p6; }
QLabel { background: transparent; border: none; }
QLabel[type="small"] { font-size: $size_small; }
QLabel[type="title"] { font-size: $size_title; }
QLabel[type="figure"] { font-size: $size_figure; }
QLabel[strong="true"] { font-weight: 600; }
QLabel[tone="soft"] { color: $text_soft; }
QLabel[tone="faint"] { color: $text_faint; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="care"] { color: $care; }
QLabel[tone="urgent"] { color: $urgent_text; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="unsure"] { color: $unsure; }
QLabel[tone="on_urgent"] { color: $on_urgent; }
QLabel[surface="key"] { background: $tag; border: $hair solid $line; border-radius: $p3;
    padding: 0 $p6; color: $text_soft; font-size: $size_small; }
QToolTip { background: $surface; color: $text; border: $hair solid $line; padding: $p4; }
"""
