"""The sheet and the call of a practice in words."""

from collections.abc import Iterator

from console.practice.archive import Kept
from console.practice.sources import source_text
from console.presenters.times import local
from models.practice.facts import OTHERS, Kind
from models.practice.play import Phase, Play, Said
from models.practice.script import Does, Mark
from models.practice.sheet import ActRow, Decision, ItemRow, Outcome, Sheet
from models.risk.cssrs import INSTRUMENT
from models.risk.quick_screen import Item
from resources import enumerations
from resources.hotline import Hotline
from resources.texts import language, t
from widgets.base.durations import short_text
from widgets.base.levels import level_text
from widgets.practice.view import PartView, QuestionView, RowView, SheetView, SpokenView, VoiceView

_TONES = {
    Outcome.AS_KEY: "good",
    Outcome.HIGHER: "unsure",
    Outcome.NOT_ASKED_FOR: "plain",
    Outcome.OPEN: "unsure",
}


class Telling:
    """Words for one hotline, in the language in use."""

    def __init__(self, hotline: Hotline) -> None:
        self._hotline = hotline

    def voice(self, play: Play, done: bool) -> VoiceView:
        """The call as it goes."""
        script, tongue = play.script, language()
        here = [one for one in play.said if one.call == play.call]
        opening = play.scene.opening
        before = (SpokenView("", opening.label(tongue), True),) if opening else ()
        asked = {f.value for f in play.facts if f.call == play.call and f.kind in (Kind.ASKED, Kind.QUESTION)}
        return VoiceView(
            caller=script.caller.label(tongue),
            standing=_standing(play, done),
            spoken=(*before, *(self._spoken(play, one) for one in here)),
            questions=tuple(QuestionView(code, self.asked(code), code in asked) for code in (*OTHERS, *Item)),
            talks=play.phase is Phase.TALKS,
            over=play.phase is Phase.OVER,
        )

    def asked(self, code: str) -> str:
        """What an item of the quick screen, of the C-SSRS or another question is called."""
        if code in OTHERS:
            return t(f"practice.ask_{code}")
        name, _, item = code.partition(".")
        if name == INSTRUMENT:
            found = self._hotline.instruments.find(name)
            labels = [one.label(language()) for one in found.items if one.code == item] if found else []
            return f"C-SSRS · {labels[0]}" if labels else code
        label = next((one for one in self._hotline.screen.items if one.id == code), None)
        if label is None:
            return code
        return label.en if language() == "en" else label.zh

    def sheet(self, kept: Kept) -> SheetView:
        """The sheet: what was decided, asked and done, what is to be heeded."""
        sheet = kept.sheet
        about = t(
            "practice.about",
            who=kept.name,
            when=f"{local(kept.at):%Y-%m-%d %H:%M}",
            answered=sheet.answered,
            calls=sheet.calls,
            minutes=short_text(int(sheet.seconds)),
            lines=sheet.lines,
        )
        parts = (
            PartView(t("practice.part_well"), (self._well(sheet),)),
            PartView(t("practice.part_never"), tuple(_act(one, never=True) for one in sheet.never)),
            PartView(t("practice.part_decided"), tuple(self._decisions(sheet))),
            PartView(t("practice.part_asked"), tuple(self._item(one) for one in sheet.items)),
            PartView(t("practice.part_done"), tuple(_act(one) for one in sheet.acts)),
        )
        note = "" if sheet.confirmed else t("practice.unconfirmed")
        return SheetView(sheet.title.label(language()), about, note, tuple(one for one in parts if one.rows))

    def _well(self, sheet: Sheet) -> RowView:
        """What agrees with the key, in one row."""
        tongue = language()
        items = [self.asked(one.item) for one in sheet.items if one.outcome is Outcome.AS_KEY]
        acts = [one.words.label(tongue) for one in sheet.acts if one.outcome is Outcome.AS_KEY]
        if not items and not acts:
            return RowView("plain", t("practice.outcome_missed"), t("practice.well_none"))
        asked = t("practice.well_asked", items=t("practice.and").join(items)) if items else ""
        done = t("practice.well_done", acts=t("practice.and").join(acts)) if acts else ""
        return RowView("good", t("practice.outcome_done"), asked or done, done if asked else "")

    def _spoken(self, play: Play, said: Said) -> SpokenView:
        line = said.line
        heard = line.does is not Does.SPEAKS
        who = line.who or play.script.caller
        return SpokenView(who.label(language()), line.words.label(language()), heard)

    def _decisions(self, sheet: Sheet) -> Iterator[RowView]:
        category, level = sheet.category, sheet.level
        wanted = t("practice.or").join(self._category(code) for code in category.wanted)
        if category.chosen:
            text = t("practice.category_chosen", chosen=self._category(category.chosen), wanted=wanted)
        else:
            text = t("practice.category_none", wanted=wanted)
        yield _decision(category, text)
        yield _decision(level, _level(level), _about_level(sheet))

    def _category(self, code: str) -> str:
        label = enumerations.label(self._hotline.enumerations, "call_category", code, language())
        return f"{code} {label}"

    def _item(self, row: ItemRow) -> RowView:
        truth = t(f"practice.answer_{row.truth}")
        item = self.asked(row.item)
        if row.outcome is Outcome.MISSED:
            text = t("practice.item_missed", item=item, truth=truth)
        elif not row.ticked:
            text = t("practice.item_asked_aloud", item=item, truth=truth)
        else:
            ticked = t(f"practice.answer_{row.ticked}")
            text = t("practice.item_asked", item=item, ticked=ticked, truth=truth)
        outcome = t(f"practice.outcome_{row.outcome}")
        source = _source(row.mark, row.source)
        return RowView(_tone(row.outcome), outcome, text, _passed(row.seconds), source)


def _standing(play: Play, done: bool) -> str:
    if done:
        return t("practice.standing_done")
    if play.phase is Phase.WAITS and play.missed:
        return t("practice.standing_missed")
    if play.phase is Phase.WAITS and play.call:
        return t("practice.standing_next", n=play.call)
    return t(f"practice.standing_{play.phase}")


def _level(level: Decision) -> str:
    if level.outcome is Outcome.NOT_ASKED_FOR:
        return t("practice.level_free")
    wanted = level_text(level.wanted[0])
    if not level.chosen:
        return t("practice.level_none", wanted=wanted)
    return t("practice.level_chosen", chosen=level_text(level.chosen), wanted=wanted)


def _about_level(sheet: Sheet) -> str:
    told = {Outcome.HIGHER: "practice.higher_counts", Outcome.LOWER: "practice.lower_heed"}
    key = told.get(sheet.level.outcome)
    said = [t(key)] if key else []
    if sheet.alerted_after is not None:
        said.append(t("practice.alerted", passed=short_text(int(sheet.alerted_after))))
    return " ".join(said)


def _decision(decision: Decision, text: str, more: str = "") -> RowView:
    why = " ".join(one for one in (decision.why.label(language()), more) if one)
    outcome = t(f"practice.outcome_{decision.outcome}")
    return RowView(_tone(decision.outcome), outcome, text, why, _source(decision.mark, decision.source))


def _act(row: ActRow, never: bool = False) -> RowView:
    done = t("practice.outcome_heed" if never else "practice.outcome_done")
    outcome = done if never or row.outcome is Outcome.AS_KEY else t(f"practice.outcome_{row.outcome}")
    passed = _passed(row.seconds)
    why = " ".join(one for one in (row.why.label(language()), passed) if one)
    return RowView(
        _tone(row.outcome), outcome, row.words.label(language()), why, _source(row.mark, row.source)
    )


def _passed(seconds: float | None) -> str:
    return "" if seconds is None else t("practice.after", passed=short_text(int(seconds)))


def _source(mark: Mark, source: str) -> str:
    return t("practice.source", mark=mark, source=source_text(source))


def _tone(outcome: Outcome) -> str:
    return _TONES.get(outcome, "care")
