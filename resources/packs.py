"""Signed packs of a hotline: forms, choices and licensed wording with a version, an owner and a date."""

import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from resources import signed
from resources.reading import ResourceError, Table, read_table
from resources.texts import t

FOLDER = "packs"
MANIFEST = "pack.toml"
_FILES = re.compile(r"(?ms)^\[files\].*?(?=^\[|\Z)")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose signature was good; `files` are the names of what it brings."""

    folder: Path
    id: str
    version: int
    owner: str
    date: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Packs:
    """All packs of a hotline; where two bring the same file, that of the first counts."""

    installed: tuple[Pack, ...] = ()

    def path_of(self, name: str) -> Path | None:
        """Where the file of a name lies, None where no pack brings it."""
        return next((pack.folder / name for pack in self.installed if name in pack.files), None)

    def names_in(self, folder: str) -> tuple[str, ...]:
        """The names of all files that lie in a folder of the packs."""
        names = {name for pack in self.installed for name in pack.files}
        return tuple(sorted(name for name in names if PurePosixPath(name).parent.name == folder))


def load_all(own: Path | None, kept: Path, keys: Iterable[bytes], broken: list[ResourceError]) -> Packs:
    """The packs in the folder `packs`, each as it is or as it was last good; `broken` takes what is wrong."""
    there = sorted(own.joinpath(FOLDER).glob(f"*/{MANIFEST}")) if own else []
    trusted, packs = tuple(keys), list[Pack]()
    for manifest in there:
        pack = _last_good(manifest.parent, kept / FOLDER / manifest.parent.name, trusted, broken)
        if pack is None:
            continue
        for name in pack.files:
            if Packs(tuple(packs)).path_of(name) is not None:
                broken.append(ResourceError(manifest, 1, name, t("forms.cause_two_packs")))
        packs.append(pack)
    return Packs(tuple(packs))


def load(folder: Path, keys: Iterable[bytes]) -> Pack:
    """The pack of a folder, if one of the keys signed it and all is as it was then. Raises ResourceError."""
    manifest = folder / MANIFEST
    signed.check(manifest, keys)
    table = read_table(manifest)
    said = head(table)
    return Pack(folder, *said, check_content(table))


def check_content(manifest: Table) -> tuple[str, ...]:
    """The names of the files that a pack says it brings, each as it was when it was signed.

    Raises ResourceError, unless what is wrong is collected.
    """
    digests, folder = manifest.table("files"), manifest.file.parent
    for name in digests.content:
        if _is_outside(name):
            digests.wrong(name, t("forms.cause_outside"))
        elif _digest(folder / name) != digests.text(name):
            digests.wrong(name, t("forms.cause_digest"))
    for name in inside(folder):
        if name not in digests.content:
            digests.wrong(name, t("forms.cause_unsigned"))
    return tuple(digests.content)


def head(table: Table) -> tuple[str, int, str, str]:
    """Id, version, owner and date of a pack. Raises ResourceError."""
    table.only("id", "version", "owner", "date", "files")
    return table.text("id"), table.number("version"), table.text("owner"), table.text("date")


def sign(folder: Path, key: bytes) -> tuple[str, ...]:
    """Write the digest of each file into the pack and sign it (Ed25519, raw 32 bytes); gives their names.

    Raises ResourceError where `pack.toml` does not say id, version, owner and date.
    """
    manifest = folder / MANIFEST
    head(read_table(manifest))
    files = inside(folder)
    lines = "".join(f'"{name}" = "{_digest(folder / name)}"\n' for name in files)
    before = _FILES.sub("", manifest.read_text(encoding="utf-8")).rstrip()
    manifest.write_text(f"{before}\n\n[files]\n{lines}", encoding="utf-8")
    signed.sign(manifest, key)
    return files


def inside(folder: Path) -> tuple[str, ...]:
    """The names of the files that a pack brings, as they lie in its folder."""
    own = (MANIFEST, MANIFEST + signed.SUFFIX)
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return tuple(sorted(name for name in names if name not in own))


def _is_outside(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _last_good(folder: Path, copy: Path, keys: tuple[bytes, ...], broken: list[ResourceError]) -> Pack | None:
    try:
        pack = load(folder, keys)
    except ResourceError as error:
        broken.append(error)
        with suppress(ResourceError):
            return load(copy, keys)
        return None
    _keep(folder, copy)
    return pack


def _keep(folder: Path, copy: Path) -> None:
    """Keep a good pack; a folder that cannot be written costs the net below, not the start."""
    fresh = copy.with_name(copy.name + ".new")
    with suppress(OSError, shutil.Error):
        if _contents(folder) == _contents(copy):
            return
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(folder, fresh)
        shutil.rmtree(copy, ignore_errors=True)
        fresh.rename(copy)


def _contents(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
