"""Keeps what is not needed out of the start: garbage collection, and PySide's reading of all sources."""

import gc
import importlib


def lean() -> None:
    """Call it before anything else of the console is imported.

    Nothing of what is made at the start becomes garbage: Python does not look for it until the window's own
    collection begins. PySide looks into the source of each module for its switchable features, which this
    program does not use; that costs a tenth of the start and twenty megabytes. Without this private function
    nothing changes.
    """
    gc.disable()
    importlib.import_module("PySide6.QtCore")
    feature = importlib.import_module("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = _never


def _never(_module: object) -> bool:
    return False
