"""Practice in the window: the choice of a caller, what is said, the sheet; marked as practice throughout."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from console.practice.archive import Archive, Kept
from console.practice.paper import Paper
from console.practice.speech import Speech
from console.practice.stage import OnStage, Stage
from console.practice.telling import Telling
from console.presenters.bridge import Bridge
from console.presenters.times import local
from console.presenters.window import Parts
from console.workstation import Workstation
from models.clock import Clock
from models.practice.facts import Kind
from models.practice.play import Phase, Play
from models.practice.script import Does, Script
from models.practice.sheet import Sheet, compare
from resources.hotline import Hotline
from resources.reading import ResourceError
from resources.texts import language, t
from widgets.base.keys import bind, key_for
from widgets.practice.chooser import Chooser
from widgets.practice.comparison import Comparison
from widgets.practice.view import ChoiceView, DoneView
from widgets.practice.voice import VoicePanel

T = TypeVar("T")
_WIDTH = 720
_SILENT = (Does.SOUND, Does.SILENT, Does.HANGS_UP)


class PracticePresenter:
    """A companion of the work: it ends with it, and the next one who signs in begins anew."""

    def __init__(
        self,
        stage: Stage,
        scripts: Sequence[Script],
        broken: Sequence[ResourceError],
        archive: Archive,
        hotline: Hotline,
        clock: Clock,
    ) -> None:
        self._stage, self._archive, self._clock = stage, archive, clock
        self._scripts = {script.id: script for script in scripts}
        self._broken = tuple(broken)
        self._telling = Telling(hotline)
        self.speech = Speech()
        self._clerk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="practice")
        self._done: tuple[Kept, ...] = ()
        self._shown = OnStage()
        self._last = ""

    def attend(self, bridge: Bridge, station: Workstation, parts: Parts) -> None:
        """Show the choice; what is played shows over the note."""
        self._bridge, self._station = bridge, station
        self.chooser, self.comparison, self.voice = Chooser(), Comparison(), VoicePanel()
        window = parts.window
        window.desk.add_above_note(self.voice)
        self._choosing = window.add_sheet(t("practice.title"), self.chooser, _WIDTH)
        self._comparing = window.add_sheet(t("practice.sheet_title"), self.comparison, _WIDTH)
        opener = window.status_bar.offer(t("practice.open"), self._toggle, rank=0)
        opener.show_label(t("practice.open"), key_for("practice"))
        bind(window.status_bar, "practice", self._toggle)
        self._connect()
        self._paper = Paper(bridge, self._clerk, self.comparison)
        self._stage.ended = [self._ended]
        bridge.wish(self._stage.attend, station)
        bridge.show(self._stage.view, self._show)
        bridge.wish(lambda: station.spawn(self._list()))
        self._show_trouble()
        if self._stage.can_play and not station.identity.operator.leads:
            self._open_chooser()

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The sheets that are listed, newest first."""
        return self._done

    def leave(self) -> None:
        """Nobody practises any more."""
        self.speech.hush()
        self._bridge.wish(self._stage.leave)

    def close(self) -> None:
        """The program ends: what is being kept is kept, nothing is spoken any more."""
        self.speech.hush()
        self._clerk.shutdown()

    def begin(self, script: str) -> None:
        """Play a script: it rings after its pause."""
        known = self._scripts.get(script)
        if known is None:
            return
        self._last = script
        self._choosing.close_sheet()
        self._comparing.close_sheet()
        self._bridge.wish(self._stage.begin, known)

    def _connect(self) -> None:
        self.chooser.chosen.connect(self.begin)
        self.chooser.random_wanted.connect(self._begin_any)
        self.chooser.done_wanted.connect(self._look_at)
        self.comparison.again_wanted.connect(lambda: self.begin(self._last))
        self.comparison.choose_wanted.connect(self._open_chooser)
        self.voice.asked.connect(lambda question: self._bridge.wish(self._stage.asked, question))
        self.voice.aloud_wanted.connect(self.speech.switch)
        self.voice.sheet_wanted.connect(self._look_so_far)
        self.voice.stop_wanted.connect(self._stop)
        self.voice.show_can_speak(self.speech.can, t("practice.aloud_missing"))

    def _begin_any(self) -> None:
        """Another one than the last, where there is another."""
        others = [name for name in self._scripts if name != self._last]
        self.begin(secrets.choice(others or list(self._scripts)))

    def _toggle(self) -> None:
        laid = next((one for one in (self._choosing, self._comparing) if not one.isHidden()), None)
        if laid is not None:
            laid.close_sheet()
        else:
            self._open_chooser()

    def _open_chooser(self) -> None:
        self._comparing.close_sheet()
        self._fill_chooser()
        self._choosing.open_sheet()

    def _fill_chooser(self) -> None:
        tongue = language()
        choices = tuple(
            ChoiceView(
                one.id, one.title.label(tongue), one.trains.label(tongue), one.minutes, len(one.scenes)
            )
            for one in self._scripts.values()
        )
        done = tuple(
            DoneView(one.id, one.sheet.title.label(tongue), f"{local(one.at):%m-%d %H:%M}", one.name)
            for one in self._done
        )
        self.chooser.show_all(choices, done, self._stage.can_play)

    def _show_trouble(self, more: str = "") -> None:
        told = [] if self._stage.can_play else [t("practice.no_directing")]
        for error in self._broken:
            place = {"file": error.file.name, "line": error.line, "field": error.field, "cause": error.cause}
            told.append(t("practice.broken_script", **place))
        self.chooser.show_trouble("\n".join([*told, *([more] if more else [])]))

    def _show(self, on_stage: OnStage) -> None:
        before, self._shown = self._shown, on_stage
        play = on_stage.play
        self.voice.show_voice(self._telling.voice(play, on_stage.done) if play else None)
        if play is None or play.phase is Phase.OVER:
            self.speech.hush()
        if play is not None:
            self._say(play, len(before.play.said) if before.play else 0)

    def _say(self, play: Play, heard: int) -> None:
        for said in play.said[heard:]:
            if said.line.does not in _SILENT:
                self.speech.say(said.line.words.label(language()), language())

    def _stop(self) -> None:
        """A practice that was begun leaves its sheet, also where it was not played to its end."""
        on_stage = self._shown
        facts = on_stage.play.facts if on_stage.play else ()
        if on_stage.play and not on_stage.done and any(fact.kind is Kind.ANSWERED for fact in facts):
            self._keep_soon(compare(on_stage.play), show=False)
        self._bridge.wish(self._stage.stop)

    def _look_so_far(self) -> None:
        if self._shown.play is not None:
            self._lay(self._kept(compare(self._shown.play)))

    def _look_at(self, name: str) -> None:
        found = next((one for one in self._done if one.id == name), None)
        if found is not None:
            self._lay(found)

    def _lay(self, kept: Kept) -> None:
        self._last = kept.sheet.script
        self._choosing.close_sheet()
        self.comparison.show_sheet(self._telling.sheet(kept), self._stage.can_play)
        self._comparing.open_sheet()

    def _kept(self, sheet: Sheet) -> Kept:
        me = self._station.identity.operator
        return Kept(self._clock.now(), me.id, me.name, sheet)

    def _ended(self, sheet: Sheet) -> None:
        """On the io thread: every call is over and every note handed in."""
        self._station.spawn(self._keep(self._kept(sheet), show=True))

    def _keep_soon(self, sheet: Sheet, show: bool) -> None:
        kept, station = self._kept(sheet), self._station
        self._bridge.wish(lambda: station.spawn(self._keep(kept, show)))

    async def _keep(self, kept: Kept, show: bool) -> None:
        try:
            await self._beside(partial(self._archive.keep, kept))
        except OSError as cause:
            why = t("practice.not_kept", why=cause.strerror or "")
            self._bridge.post(partial(self._show_trouble, why))
        await self._list()
        if show:
            self._bridge.post(partial(self._lay, kept))

    async def _beside(self, work: Callable[[], T]) -> T:
        """Read or write beside the io thread."""
        return await asyncio.get_running_loop().run_in_executor(self._clerk, work)

    async def _list(self) -> None:
        """A lead sees everybody's sheets, an operator the own ones."""
        me = self._station.identity.operator
        done = await self._beside(partial(self._archive.list, "" if me.leads else me.id))
        self._bridge.post(partial(self._show_done, done))

    def _show_done(self, done: tuple[Kept, ...]) -> None:
        self._done = done
        self._fill_chooser()
