"""The sound of alerts as it was chosen at this workstation."""

from contextlib import suppress
from pathlib import Path

from console.alerts.remembered import remember, remembered
from console.presenters.alerts import AlertsPresenter
from console.presenters.attention import Attention
from console.presenters.window import Parts
from models.alerts.sounding import Sounding
from models.people.site import AlertRules
from resources.texts import t
from widgets.alerts.sound_form import SoundForm

_WIDTH = 480


class AlertSoundPresenter:
    """A sheet that leads open from the bar at the bottom; operators hear no alerts."""

    def __init__(
        self, parts: Parts, alerts: AlertsPresenter, rules: AlertRules, attention: Attention, folder: Path
    ) -> None:
        self._alerts = alerts
        self._usual = rules.sound
        self._attention = attention
        self._folder = folder
        self._form = SoundForm()
        self._form.chosen.connect(self._choose)
        self._form.try_wanted.connect(lambda: attention.alarm(alerts.sound))
        sheet = parts.window.add_sheet(t("alerts.sound"), self._form, _WIDTH)
        parts.window.status_bar.offer(t("alerts.sound"), sheet.open_sheet)
        chosen = remembered(folder)
        self._form.show_sounding(chosen)
        self._apply(chosen)

    def _choose(self, sounding: Sounding) -> None:
        self._apply(sounding)
        # What cannot be kept holds until the program ends.
        with suppress(OSError):
            remember(self._folder, sounding)
        self._attention.alarm(self._alerts.sound)

    def _apply(self, sounding: Sounding) -> None:
        self._alerts.sound = sounding.sound or self._usual
        self._attention.show_volume(sounding.volume)
