"""The theme in use: one palette and one scale, applied to the whole application."""

from pathlib import Path

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from widgets.theme.palette import LIGHT, Palette
from widgets.theme.scale import Size
from widgets.theme.sheet import style_sheet

FONT_FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans SC")
_ICONS = Path(__file__).parents[2] / "resources" / "icons"


class _InUse:
    palette: Palette = LIGHT
    scale: float = 1.0


def colours() -> Palette:
    """Return the palette in use, for widgets that paint themselves."""
    return _InUse.palette


def colour(name: str) -> QColor:
    """Return a colour of the palette in use by its name in `Palette`."""
    return QColor(getattr(_InUse.palette, name))


def px(length: float) -> int:
    """Return a length of the 1366×768 design in pixels of this screen."""
    return round(length * _InUse.scale)


def font(size: Size = Size.TEXT, strong: bool = False) -> QFont:
    """Return the console's font with tabular figures, so that running times do not jiggle."""
    made = QFont(list(FONT_FAMILIES))
    made.setPixelSize(px(size))
    made.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def icon_path(name: str) -> str:
    """Return the file of an icon by its name, with forward slashes as style sheets want them."""
    return (_ICONS / f"{name}.svg").as_posix()


def _qt_palette(palette: Palette) -> QPalette:
    """Return the colours for what style sheets do not reach: selections, placeholders, pop-ups."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: palette.background,
        QPalette.ColorRole.WindowText: palette.text,
        QPalette.ColorRole.Base: palette.surface,
        QPalette.ColorRole.AlternateBase: palette.hover,
        QPalette.ColorRole.Text: palette.text,
        QPalette.ColorRole.Button: palette.surface,
        QPalette.ColorRole.ButtonText: palette.text,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.on_accent,
        QPalette.ColorRole.PlaceholderText: palette.text_faint,
        QPalette.ColorRole.ToolTipBase: palette.surface,
        QPalette.ColorRole.ToolTipText: palette.text,
        QPalette.ColorRole.Link: palette.accent,
    }
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    return made


def apply_theme(app: QApplication, palette: Palette, scale: float = 1.0) -> None:
    """Dress the whole application; colours may change while it runs, the scale only before building."""
    use_theme(app, palette, scale)
    dress(app)


def recolour(app: QApplication, palette: Palette) -> None:
    """Give what runs other colours, in the scale in use: every part stays, with all that is in it."""
    apply_theme(app, palette, _InUse.scale)


def use_theme(app: QApplication, palette: Palette, scale: float = 1.0) -> None:
    """Take colours and scale for what is built from now on, and the style sheet off; `dress` puts it on.

    A window is built in a third of the time before its sheet is on: each time a part moves into another
    one, Qt looks the rules of everything in it up again. And to exchange one sheet for another takes Qt
    some ten times as long as to take one off and put one on.
    """
    app.setStyleSheet("")
    _InUse.palette = palette
    _InUse.scale = scale
    if app.property("dressed") is None:  # widgets that are on their way out still point to the style
        app.setStyle("Fusion")
        app.setProperty("dressed", True)
    app.setPalette(_qt_palette(palette))
    app.setFont(font())


def dress(app: QApplication) -> None:
    """Put the style sheet of the theme in use on all there is."""
    app.setStyleSheet(style_sheet(_InUse.palette, px, icon_path))


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Set the properties that the style sheet looks at, and repaint only if one of them changed.

    A property that was never set is as good as a false one: a new widget is not dressed a second time.
    """
    changed = [name for name, value in properties.items() if (widget.property(name) or False) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
