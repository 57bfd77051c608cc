"""Rule: names say what a thing is, in the words of the hotline."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.structure.project import Breach, Source

_SAYS_NOTHING = {"manager", "helper", "util", "handler", "controller"}
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def find_breaches(source: Source) -> Iterator[Breach]:
    """Yield the module and each class whose name holds a word that says nothing."""
    path = PurePosixPath(source.path)
    for part in (*path.parent.parts, path.stem):
        if _empty_words(part):
            yield source.breach(1, "name", f"{part} says nothing about what it is")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and _empty_words(node.name):
            yield source.breach(node.lineno, "name", f"{node.name} says nothing about what it is")


def _empty_words(name: str) -> set[str]:
    words = {word.lower() for word in _WORD.findall(name)}
    return {word for word in words if word.removesuffix("s") in _SAYS_NOTHING}
