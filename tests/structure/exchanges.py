"""Rule: words of one make of exchange stay in its adapter; the document for others names the whole port."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.structure.project import PRODUCT, Breach, Source

DOCUMENT = "docs/exchanges.md"
PORT = "server/gateway/exchange"
FACTS = "models/calls/"
_MAKE = {"asterisk", "freepbx", "freeswitch"}
_WORDS = {
    *("ami", "ari", "agi", "pjsip", "confbridge", "chanspy", "mixmonitor", "dialplan", "astdb"),
    *("linkedid", "uniqueid", "channelvars", "channelvar", "userevent", "musiconhold"),
}
# Where a make is chosen and told where it is; nothing else of it is known there.
_CHOICE = ("server/gateway/app.py", "server/gateway/doctor.py", "server/gateway/settings.py")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def find_breaches(root: Path, project: Iterable[Source]) -> Iterator[Breach]:
    """Yield words of an exchange above the port, and what of the port the document does not name."""
    project = list(project)
    for source in project:
        if source.path.split("/")[0] in PRODUCT and not _is_adapter(source.path):
            yield from _foreign_words(source)
    document = root / DOCUMENT
    named = set(re.findall(r"`(\w+)`", document.read_text(encoding="utf-8"))) if document.exists() else set()
    for source in project:
        for node, word in _of_the_port(source):
            if word not in named:
                yield source.breach(node.lineno, "exchange", f"{word} does not stand in {DOCUMENT}")


def _foreign_words(source: Source) -> Iterator[Breach]:
    forbidden = _WORDS if source.path in _CHOICE else _WORDS | _MAKE
    for number, line in enumerate(source.text.splitlines(), start=1):
        words = {word.lower() for word in _WORD.findall(line)}
        # The template of the trunk is the one value of an adapter that its settings have to know.
        for word in sorted(words & forbidden - ({"pjsip"} if source.path in _CHOICE else set())):
            yield source.breach(number, "exchange", f"{word} is a word of one exchange")


def _is_adapter(path: str) -> bool:
    name = path.removeprefix(f"{PORT}/")
    return name != path and (name.startswith("asterisk") or name in ("ami.py", "__init__.py"))


def _of_the_port(source: Source) -> Iterator[tuple[ast.stmt, str]]:
    """Every verb of a Protocol at the port, every kind of event, every other news."""
    is_port = source.path.startswith(f"{PORT}/") and not _is_adapter(source.path)
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ClassDef):
            continue
        if is_port and any(ast.unparse(base) == "Protocol" for base in node.bases):
            verbs = [one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
            yield from ((one, one.name) for one in verbs)
        elif source.path == f"{PORT}/port.py":
            yield node, node.name
        elif source.path.startswith(FACTS):
            yield from _kinds(node)


def _kinds(node: ast.ClassDef) -> Iterator[tuple[ast.stmt, str]]:
    for one in node.body:
        is_kind = isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == "kind"
        if is_kind and isinstance(one, ast.AnnAssign) and isinstance(one.value, ast.Constant):
            yield one, str(one.value.value)
