"""Pictures of the note, the risk panel and the referral sheet, in every language, theme and size.

``python -m tests.widgets.look_records [word]`` writes them to build/look/; a person looks at them.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from resources.texts import use_language
from tests.widgets import look_risk
from tests.widgets import look_samples as samples
from widgets.theme import PALETTES, apply_theme, px

OUT = Path("build/look")
SIZES = {"1366": (740, 318, 682), "1920": (1180, 420, 990)}
"""Width of the note column, of the risk column, and height of the columns on each screen."""


def page(widget: QWidget, width: int, height: int) -> QWidget:
    """Put a widget on the grey ground of the window."""
    ground = QWidget()
    ground.setProperty("surface", "page")
    column = QVBoxLayout(ground)
    column.setContentsMargins(px(8), px(8), px(8), px(8))
    column.addWidget(widget)
    ground.resize(width + px(16), height + px(16))
    return ground


def main() -> None:
    """Make all pictures, or those whose name holds the given word."""
    app = QApplication(sys.argv)
    word = sys.argv[1] if len(sys.argv) > 1 else ""
    OUT.mkdir(parents=True, exist_ok=True)
    for language in ("zh_CN", "en"):
        use_language(language)
        for theme, palette in PALETTES.items():
            apply_theme(app, palette)
            for screen, (note, risk, height) in SIZES.items():
                for name, make in {**samples.SCENES, **look_risk.SCENES}.items():
                    file = f"{name}-{language}-{theme}-{screen}"
                    if word in file:
                        save(app, make, note if name.startswith("note") else risk, height, file)


def save(app: QApplication, make: Callable[[], QWidget], width: int, height: int, file: str) -> None:
    """Show one scene, let it lay itself out, and keep its picture."""
    widget = make()
    ground = widget if file.startswith("referral") else page(widget, width, height)
    if ground is widget:
        ground.resize(px(740), height + px(16))
    ground.show()
    for _ in range(3):
        app.processEvents()
    ground.grab().save(str(OUT / f"{file}.png"))
    ground.close()
    ground.deleteLater()
    app.processEvents()


if __name__ == "__main__":
    main()
