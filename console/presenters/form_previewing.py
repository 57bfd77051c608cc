"""The way to the preview of a form from inside the program, for who decides about forms."""

from pathlib import Path
from typing import TYPE_CHECKING

from console.presenters.window import Parts
from models.clock import Clock
from models.people.operator import Operator, Role
from resources import forms
from resources.hotline import Hotline
from resources.texts import language, t

if TYPE_CHECKING:
    from console.presenters.form_preview import PreviewPresenter
    from widgets.notes.preview import FormPreview


class FormPreviewing:
    """Offers the forms in use and any other file; the window is made when it is opened first."""

    def __init__(self, parts: Parts, me: Operator, hotline: Hotline, clock: Clock) -> None:
        self._hotline = hotline
        self._clock = clock
        self._window = parts.window
        self.view: FormPreview | None = None
        self._presenter: PreviewPresenter | None = None
        if me.leads or Role.ADMINISTRATOR in me.roles:
            parts.window.status_bar.offer(t("forms.preview"), self.open, rank=9)

    def open(self) -> None:
        """Show the window; a file that was changed meanwhile is read anew."""
        from console.presenters.form_preview import HEIGHT, WIDTH, PreviewPresenter
        from widgets.notes.preview import FormPreview

        if self.view is None or self._presenter is None:
            self.view = FormPreview()
            self.view.resize(WIDTH, HEIGHT)
            files = self._files()
            self.view.offer_files([(str(path), name) for path, name in files])
            self._presenter = presenter = PreviewPresenter(self.view, files[0][0], self._clock)
            self.view.file_chosen.connect(lambda path: presenter.open(Path(path)))
        self._presenter.read()
        self.view.show()
        self.view.raise_()
        self.view.activateWindow()

    def close(self) -> None:
        """Who signed in goes, and the window too."""
        if self.view is not None:
            self.view.close()
            self.view.deleteLater()
            self.view = self._presenter = None

    def _files(self) -> list[tuple[Path, str]]:
        """The hotline's own ones first, then what ships."""
        own = self._hotline.own
        mine = [*sorted(own.glob("forms/*.toml")), *sorted(own.glob("packs/*/forms/*.toml"))] if own else []
        named = {
            form.id: (form.en if language() == "en" else form.zh) for form in self._hotline.forms.installed
        }
        ours = [(path, t("forms.own_file", name=named.get(path.stem, path.stem))) for path in mine]
        return [*ours, *((forms.shipped(name), named.get(name, name)) for name in forms.names())]
