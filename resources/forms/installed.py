"""The forms in use: a hotline's own, those that ship, and every version that was ever in use."""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from models.codec import DocumentError, from_document, to_document
from models.notes.form import Field, Form
from models.notes.forms import Former, NoteForms
from resources import forms
from resources.enumerations import Enumerations
from resources.last_good import load_mine
from resources.packs import Packs
from resources.reading import ResourceError, Table, read_table
from resources.texts import t

_FOLDER = "forms"


@dataclass
class Installing:
    """Makes the forms of a hotline out of its folder (`own`), its packs and what ships.

    `kept` holds good copies and former versions; what is wrong goes to `broken`.
    """

    own: Path | None
    kept: Path
    packs: Packs
    names: Enumerations
    broken: list[ResourceError]
    _known: dict[str, Field] = field(default_factory=dict)
    _serves: dict[str, str] = field(default_factory=dict)

    def load(self) -> NoteForms:
        """All forms. Raises ResourceError only where a shipped one is broken."""
        shipped = [forms.load(forms.shipped(name), self.names) for name in forms.names()]
        for form in shipped:
            self._remember(form)
        self._serves.clear()
        former = _read_former(self.kept, self.broken)
        own = [self._own(name, path, former) for name, path in sorted(self._paths().items())]
        used = [*(form for form in own if form is not None), *shipped]
        return NoteForms(tuple(used), tuple(_keep_former(self.kept, used, former, self.names)))

    def _paths(self) -> dict[str, Path]:
        folder = self.own / _FOLDER if self.own else None
        paths = {path.name: path for path in folder.glob("*.toml")} if folder else {}
        for name in self.packs.names_in(_FOLDER):
            path = self.packs.path_of(name)
            if path is not None:
                paths[path.name] = path
        return paths

    def _own(self, name: str, path: Path, former: list[Former]) -> Form | None:
        form, error = load_mine(lambda mine: self._read(mine, former), path, self.kept / _FOLDER / name)
        if error is not None:
            self.broken.append(error)
        if form is not None:
            self._remember(form)
        return form

    def _read(self, path: Path, former: list[Former]) -> Form:
        table = read_table(path)
        form = forms.reading.read(table, self.names)
        check_beside(table, form, self._known, self._serves)
        before = next((one.form for one in former if _same(one.form, form)), form)
        if before != form:
            table.wrong("version", t("forms.cause_version_used", version=form.version))
        return form

    def _remember(self, form: Form) -> None:
        for one in form.fields:
            self._known.setdefault(one.key, one)
        for served in form.serves:
            self._serves.setdefault(served.category, form.id)


def check_beside(table: Table, form: Form, known: dict[str, Field], serves: dict[str, str]) -> None:
    """Hold an own form against the others: their fields by key, and which form serves which category.

    Raises ResourceError.
    """
    if form.id in forms.names() and table.file.resolve() != forms.shipped(form.id).resolve():
        table.wrong("id", t("forms.cause_shipped_id", value=form.id))
    tables = [one for section in _tables(table, "section") for one in _tables(section, "field")]
    for one, inside in zip(form.fields, tables, strict=False):
        other = known.get(one.key)
        if other is not None and (other.type, other.choices) != (one.type, one.choices):
            inside.wrong("type", t("forms.cause_key_used", key=one.key, type=other.type))
    for served, inside in zip(form.serves, _tables(table, "category"), strict=False):
        if serves.get(served.category, form.id) != form.id:
            inside.wrong("code", t("forms.cause_served", form=serves[served.category]))


def _tables(table: Table, name: str) -> tuple[Table, ...]:
    return table.tables(name) if name in table.content else ()


def _same(one: Form, other: Form) -> bool:
    return (one.id, one.version) == (other.id, other.version)


def _read_former(kept: Path, broken: list[ResourceError]) -> list[Former]:
    former = []
    for path in sorted((kept / forms.FORMER).glob("*.json")):
        try:
            former.append(from_document(Former, json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, TypeError, LookupError, DocumentError):
            broken.append(ResourceError(path, 1, "", t("forms.cause_unreadable")))
    return former


def _keep_former(kept: Path, used: list[Form], former: list[Former], names: Enumerations) -> list[Former]:
    """Keep what is in use now for the records that are made with it; what was kept before stays as it was."""
    here = list(former)
    for form in used:
        if any(one.form == form for one in here):
            continue
        here = [one for one in here if not _same(one.form, form)]
        needed = {one.choices for one in form.fields if one.choices} | {"call_category"}
        fresh = Former(form, {name: names[name] for name in names if name in needed})
        here.append(fresh)
        with suppress(OSError):
            folder = kept / forms.FORMER
            folder.mkdir(parents=True, exist_ok=True)
            new = folder / f"{form.id}-{form.version}.new"
            new.write_text(json.dumps(to_document(fresh), ensure_ascii=False), encoding="utf-8")
            new.replace(new.with_suffix(".json"))
    return here
