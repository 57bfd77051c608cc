"""The states of the search, filled with practice texts."""

from datetime import timedelta

from resources.texts import t
from tests.widgets import samples
from widgets.lead.reading import Reading
from widgets.main_window import MainWindow
from widgets.search.view import FilterChoices, HitView, Standing

CHOICES = FilterChoices(
    (("C3", "C3 自杀风险来电"), ("C5", "C5 心理困扰")),
    (("0712", "林医生"), ("0715", "王老师")),
    (("晋中市", "晋中市"), ("北京市", "北京市")),
)
_TEXTS = (
    ("过程", "…来电者说今晚一个人走到桥边，站了很久，愿意继续通话。", "R4", "记录"),
    ("告知内容", "请到晋中市榆次区大桥桥边，人在护栏外。", "R4", "转介"),
    (
        "主诉",
        "（练习）投资失败后失眠，常到桥边坐着，家里人不知道，说了许多次想离开，又舍不得孩子…",
        "R2",
        "记录",
    ),
    ("小结", "约定明天下午回访；不再去桥边；药由姐姐保管。", "RX", "记录"),
)
HITS = tuple(
    HitView(
        str(n),
        f"c{n}",
        f"n{n}",
        samples.NOW - timedelta(days=n, minutes=7 * n),
        "林医生" if n % 2 == 0 else "王老师",
        kind,
        "C3 自杀风险来电",
        level,
        where,
        text,
        ((text.index("桥边"), text.index("桥边") + 2),),
    )
    for n, (where, text, level, kind) in enumerate(_TEXTS * 4)
)
_WORDS_OF_KNOWN = (
    ("kind_case", "story", "（练习）送她到姨妈家，约好周五一起去医院；雨天她不出门，改为通电话。"),
    ("kind_person", "alias", "小雨"),
    ("kind_caller_plan", "approach", "（练习）先问近况，再问雨天有没有去桥边；同一位咨询员接听。"),
)


def known() -> tuple[HitView, ...]:
    """A case, a person and a plan that hold the same sign."""
    return tuple(
        HitView(
            f"k{n}",
            "",
            "",
            samples.NOW - timedelta(days=n),
            "小雨",
            t(f"search.{kind}"),
            t("search.closed") if n == 2 else "",
            "R3",
            t(f"search.field_{field}"),
            text,
            ((text.index("雨"), text.index("雨") + 1),),
            "p1",
            "q1" if n == 2 else "",
        )
        for n, (kind, field, text) in enumerate(_WORDS_OF_KNOWN)
    )


KNOWN = known()
NUMBER = HitView("9", "c", "n", samples.NOW, "林医生", "来电号码", "C3 自杀风险来电", "R4", "", "138****8000")


def _open(window: MainWindow) -> None:
    window.status_bar.search_wanted.emit()
    window.parts.search.show_choices(CHOICES)


def search_empty(window: MainWindow) -> None:
    _open(window)
    window.parts.search.show_standing(Standing(t("search.stage_empty")))


def search_found(window: MainWindow) -> None:
    _open(window)
    panel = window.parts.search
    panel.box.setText("桥边")
    panel.filters.level.choose("R4")
    panel.show_hits(HITS, True)
    panel.show_standing(Standing(t("search.count_more", n=len(HITS))))
    panel.list.setCurrentIndex(panel.hits.index(1))


def search_known(window: MainWindow) -> None:
    _open(window)
    panel = window.parts.search
    panel.box.setText("雨")
    panel.show_hits(known(), False)
    panel.show_standing(Standing(t("search.count", n=3)))
    panel.list.setCurrentIndex(panel.hits.index(1))


def search_number(window: MainWindow) -> None:
    _open(window)
    panel = window.parts.search
    panel.box.setText("13800008000")
    panel.show_hits((NUMBER,), False)
    caller = t("search.caller", number="138****8000", n=5, level="R3 高")
    panel.show_standing(Standing(t("search.count", n=1), caller=caller, off_line=t("search.off_line")))


def search_none(window: MainWindow) -> None:
    _open(window)
    panel = window.parts.search
    panel.box.setText("河边")
    indexing = t("search.indexing", left=61_234, total=100_000)
    panel.show_standing(Standing(t("search.stage_none"), "plain", indexing=indexing))


def search_trouble(window: MainWindow) -> None:
    _open(window)
    window.parts.search.box.setText("，")
    window.parts.search.show_standing(Standing(t("search.stage_trouble"), "care"))


def search_reading(window: MainWindow) -> None:
    search_found(window)
    reader = Reading()
    reader.show_record(samples.RECORD)
    window.parts.search.take_reader(reader)
    window.parts.search.show_reading(True)


STATES = (
    search_empty,
    search_found,
    search_known,
    search_number,
    search_none,
    search_trouble,
    search_reading,
)
