"""Rule: every sentence stands in the catalogue, in each language, complete, used, and nowhere else."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from tests.structure.project import Breach, Source

FOLDER = "resources/texts"
LANGUAGES = ("zh_CN", "en")
_HAN = "\u3400-\u9fff"
_HALF_WIDTH = re.compile(rf"[{_HAN}][,;:?!()]|[,;:?!()][{_HAN}]|[{_HAN}]\.(?:\s|$)")
_OTHER_ELLIPSIS = re.compile(r"⋯|\.{3}|……")
_ADDRESS = re.compile(r"\w+://\S+")
_COMPOUND = re.compile(r"\w{3,}\(\\w\+\)\w*")
_KEY_PATTERN = re.compile(r"[a-z_]+\\\.[\w\\+()]+")


@dataclass
class Uses:
    """Which keys the program asks for, and every word of its code and data."""

    exact: dict[str, tuple[Source, int]] = field(default_factory=dict)
    patterns: dict[str, tuple[Source, int]] = field(default_factory=dict)
    compounds: set[str] = field(default_factory=set)
    strings: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def ask_for(self, key: str) -> bool:
        """Whether the program can ask for a key: as it stands, or made of parts that occur somewhere."""
        if key in self.strings or key in self.exact:
            return True
        made = (re.fullmatch(pattern, key) for pattern in self.patterns)
        return any(one and (len(one.groups()) > 1 or self._occurs(one[1])) for one in made)

    def _occurs(self, word: str) -> bool:
        """Whether a word stands somewhere, or is put together of a fixed part and one that does."""
        parts = (re.fullmatch(pattern, word) for pattern in self.compounds)
        return word.lower() in self.words or any(one and one[1].lower() in self.words for one in parts)


def find_breaches(root: Path, project: Iterable[Source]) -> Iterator[Breach]:
    """Yield keys that are missing, unused, differently filled in, or punctuated like another language."""
    product = [source for source in project if not source.is_test]
    catalogues = {language: read_catalogue(root, language) for language in LANGUAGES}
    yield from _differences(catalogues)
    yield from _punctuation(catalogues["zh_CN"])
    for language, texts in catalogues.items():
        yield from _ellipses(language, texts)
    uses = find_uses(product)
    for path in (root / "resources").rglob("*.toml"):
        if FOLDER not in path.as_posix():
            uses.words |= _words(path.read_text(encoding="utf-8"))
    yield from _uses_against(uses, catalogues["zh_CN"])
    for source in product:
        yield from _literals(source)


def read_catalogue(root: Path, language: str) -> dict[str, str]:
    """Return all texts of one language by `capability.key`."""
    texts: dict[str, str] = {}
    for path in sorted((root / FOLDER / language).glob("*.toml")):
        with path.open("rb") as file:
            texts |= {f"{path.stem}.{key}": str(value) for key, value in tomllib.load(file).items()}
    return texts


def find_uses(project: Iterable[Source]) -> Uses:
    """Collect the keys given to `t(…)` or following from a problem's code, and what keys are made of."""
    uses = Uses()
    for source in project:
        uses.words |= _words(source.text)
        for node in ast.walk(source.tree):
            match node:
                case ast.Constant(value=str(text)):
                    uses.strings.add(text)
                case ast.JoinedStr() if _KEY_PATTERN.fullmatch(_pattern(node)):
                    uses.patterns.setdefault(_pattern(node), (source, node.lineno))
                case ast.JoinedStr() if _COMPOUND.fullmatch(_pattern(node)):
                    uses.compounds.add(_pattern(node))
                case ast.Call():
                    uses.exact |= dict.fromkeys(_keys_of(node), (source, node.lineno))
    return uses


def _words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"\w+", text)}


def _keys_of(call: ast.Call) -> Iterator[str]:
    called = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
    given = _constants(call.args[0]) if call.args else ()
    if called == "t":
        yield from given
    elif called in ("Problem", "arise"):
        for code in given:
            yield from (f"problems.{code}_what", f"problems.{code}_do")


def _constants(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(key)):
            yield key
        case ast.IfExp(body=body, orelse=orelse):
            yield from _constants(body)
            yield from _constants(orelse)


def _pattern(node: ast.JoinedStr) -> str:
    """Return a regular expression for what an f-string may become."""
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"(\w+)" for part in node.values
    )


def _differences(catalogues: dict[str, dict[str, str]]) -> Iterator[Breach]:
    for language, texts in catalogues.items():
        for other, others in catalogues.items():
            for key in sorted(texts.keys() - others.keys()):
                yield _in_catalogue(other, key, f"missing, though {language} has it")
    chinese, english = (catalogues[language] for language in LANGUAGES)
    for key in sorted(chinese.keys() & english.keys()):
        if _placeholders(chinese[key]) != _placeholders(english[key]):
            yield _in_catalogue("en", key, "has other placeholders than zh_CN")


def _placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _punctuation(chinese: dict[str, str]) -> Iterator[Breach]:
    for key, text in chinese.items():
        if _HALF_WIDTH.search(_ADDRESS.sub("", text)):
            yield _in_catalogue("zh_CN", key, f"half-width punctuation in {text!r}")


def _ellipses(language: str, texts: dict[str, str]) -> Iterator[Breach]:
    """One sign for what goes on. Behind Latin letters a Chinese text shows it lower than behind its own."""
    for key, text in texts.items():
        said = _ADDRESS.sub("", text)
        last = said.rstrip("…")
        behind = rf"[{_HAN}]" if language == "zh_CN" else r"\S"
        ends_well = last == said or (said == f"{last}…" and re.search(rf"{behind}$", last))
        if _OTHER_ELLIPSIS.search(said) or not ends_well:
            yield _in_catalogue(language, key, f"another ellipsis in {text!r}")


def _uses_against(uses: Uses, texts: dict[str, str]) -> Iterator[Breach]:
    for key, (source, line) in sorted(uses.exact.items()):
        if key not in texts:
            yield source.breach(line, "text", f"no text for {key}")
    for pattern, (source, line) in sorted(uses.patterns.items()):
        if not any(re.fullmatch(pattern, key) for key in texts):
            yield source.breach(line, "text", f"no text for {pattern}")
    for key in sorted(texts):
        if not uses.ask_for(key):
            yield _in_catalogue("zh_CN", key, "nothing uses it")


def _literals(source: Source) -> Iterator[Breach]:
    documentation = {
        node.value
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and node not in documentation and _is_sentence(node.value):
            yield source.breach(node.lineno, "text", f"{node.value!r} belongs in the catalogue")


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and re.search(rf"[{_HAN}]", value) is not None


def _in_catalogue(language: str, key: str, message: str) -> Breach:
    file, _, name = key.partition(".")
    return Breach(f"{FOLDER}/{language}/{file}.toml", 1, "text", f"{name}: {message}")
