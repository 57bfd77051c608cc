"""What the sheets of syncing show in pictures."""

from resources.texts import t
from tests.widgets import samples
from widgets.main_window import MainWindow
from widgets.sync.view import ActView, DifferenceView, HeldView, LinkWords, TextsView

LONG = (
    "来电者说三天没有睡，反复提到上周与母亲的争吵，声音低，停顿多；问到有没有想过结束自己时沉默了很久，"
    "然后说“想过，但不会现在做”。家里有药，已请他交给室友保管，室友在场并同意。"
)


def _acts() -> tuple[ActView, ...]:
    draft, sent = t("sync.act_note_draft_put"), t("sync.state_sent_often", n=4)
    return (
        ActView("a", t("sync.act_referral_open"), samples.ago(700), sent, "care"),
        ActView("b", t("sync.act_risk_answer"), samples.ago(640), t("sync.state_sent")),
        ActView("c", draft, samples.ago(12), t("sync.state_unsent")),
    )


def fill(window: MainWindow) -> None:
    """Show acts that wait, acts that ended, held ones and two texts."""
    view = window.parts.unsent
    link = t("sync.link_unreachable", time="14:02", why=t("sync.why_certificate"))
    view.show_link(LinkWords(link, "care"))
    view.show_unsent(_acts(), 12)
    view.show_refused(
        (
            ActView("d", t("sync.act_note_draft_put"), samples.ago(4000), t("sync.held_too_large"), "care"),
            ActView("e", t("sync.act_note_finish"), samples.ago(3900), t("sync.held_behind"), "care"),
            ActView("f", t("sync.act_risk_rate"), samples.ago(9000), t("sync.ended_released"), ended=True),
        )
    )
    view.show_texts(2)
    words = (("主诉", LONG),)
    what = t("sync.act_note_draft_put")
    view.show_held(
        (
            HeldView("h", what, "zhang", samples.ago(5000), t("sync.held_not_yours"), words=words),
            HeldView(
                "i", t("sync.act_note_finish"), "zhang", samples.ago(4900), t("sync.held_behind"), False
            ),
        )
    )
    rows = (
        DifferenceView(t("sync.category"), "C3 自杀风险来电", "C2 心理危机来电"),
        DifferenceView("主诉", LONG, LONG[:60] + "室友不在。"),
        DifferenceView("所在位置", "", "太原市小店区"),
        DifferenceView("安全号码", "139****1111", "137****2222"),
        DifferenceView(t("sync.log"), "接通\n说明来意", "接通\n沉默两分钟\n说明来意"),
    )
    heading = t("sync.texts_heading", time="11-22 14:05")
    window.parts.texts.show_texts(
        TextsView("n", "v", heading, samples.ago(600), samples.ago(900), rows, more=1, masked=True)
    )
