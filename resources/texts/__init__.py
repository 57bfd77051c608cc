"""The catalogue of every sentence a person reads, by key and language."""

import re
import tomllib
from pathlib import Path

_FOLDER = Path(__file__).parent


class TextError(Exception):
    """A text file that cannot be used, or a key or parameter it does not have; names file, line and key."""


def _line_of(source: str, key: str) -> int:
    """Return the line (from 1) on which a key is first set, 1 where it cannot be found."""
    found = re.search(rf"(?m)^\s*[\"']?{re.escape(key)}[\"']?\s*=", source)
    return source.count("\n", 0, found.start()) + 1 if found else 1


def load_texts(path: Path) -> dict[str, str]:
    """Read one text file.

    Raises TextError naming the file, and the line where known, if the file is missing, is not TOML,
    or holds anything but flat strings.
    """
    try:
        source = path.read_text(encoding="utf-8")
        entries = tomllib.loads(source)
    except OSError as error:
        raise TextError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TextError(f"{path}: {error}") from error
    for key, value in entries.items():
        if not isinstance(value, str):
            raise TextError(f"{path}:{_line_of(source, key)}: {key} is not a string")
    return entries


class Texts:
    """The texts of one language; a file is read when its first key is asked for."""

    def __init__(self, language: str, folder: Path = _FOLDER) -> None:
        if not (folder / language).is_dir():
            raise TextError(f"{folder / language}: no such language")
        self.language = language
        self._folder = folder / language
        self._files: dict[str, dict[str, str]] = {}

    def text(self, key: str, /, **params: object) -> str:
        """Return the text of a key such as ``calls.hold`` with its ``{placeholders}`` filled in.

        Raises TextError if the file, the key or a parameter is missing: all three are bugs.
        """
        file, _, name = key.partition(".")
        if file not in self._files:
            self._files[file] = load_texts(self._folder / f"{file}.toml")
        template = self._files[file].get(name)
        if template is None:
            raise TextError(f"{self._folder / file}.toml: no key {name}")
        try:
            return template.format(**params)
        except (KeyError, IndexError, ValueError) as error:
            raise TextError(f"{self._folder / file}.toml: {name} cannot be filled in: {error!r}") from error


class _Current:
    """The language in use; read lazily so that importing costs nothing."""

    texts: Texts | None = None


def available_languages(folder: Path = _FOLDER) -> tuple[str, ...]:
    """Return the languages that have texts, Chinese first."""
    names = {path.name for path in folder.iterdir() if any(path.glob("*.toml"))}
    return tuple(sorted(names, key=lambda name: (not name.startswith("zh"), name)))


def use_language(language: str) -> None:
    """Use one language from now on; widgets built before keep theirs. Raises TextError if there is none."""
    _Current.texts = Texts(language)


def language() -> str:
    """Return the language in use, Chinese (zh_CN) until another was chosen."""
    return _Current.texts.language if _Current.texts else "zh_CN"


def t(key: str, /, **params: object) -> str:
    """Return the text of a key in the language in use; see `Texts.text`."""
    if _Current.texts is None:
        _Current.texts = Texts("zh_CN")
    return _Current.texts.text(key, **params)
