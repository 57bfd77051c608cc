"""Checking a hotline's own data file before it is used: all that is wrong in it, each with its line."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from os.path import isdir
from pathlib import Path

from models.notes.form import Field
from resources import (
    access,
    directory,
    enumerations,
    followups,
    forms,
    instruments,
    ladders,
    marks,
    packs,
    safety_plan,
    sites,
)
from resources.enumerations import Enumerations
from resources.forms.installed import check_beside
from resources.instruments import questionnaires, questions, weights
from resources.practice import scripts
from resources.reading import ResourceError, Table, read_table
from resources.signed import SUFFIX, check
from resources.texts import t


class Kind(StrEnum):
    """What a file holds, told by its parts."""

    FORM = "form"
    ENUMERATIONS = "enumerations"
    SCREEN = "screen"
    INSTRUMENT = "instrument"
    WEIGHTS = "weights"
    PACK = "pack"
    QUESTIONS = "questions"
    SAFETY_PLAN = "safety_plan"
    FOLLOW_UP = "follow_up"
    SCRIPT = "script"
    MARKS = "marks"
    LADDER = "ladder"
    TARGETS = "targets"
    RIGHTS = "rights"
    SITE = "site"


def check_file(path: Path, keys: tuple[bytes, ...] = ()) -> tuple[ResourceError, ...]:
    """All that is wrong with a file or with the folder of a pack, in the order of the lines.

    A form is held against the forms that ship and against the enumerations beside it or above it. With
    `keys` (Ed25519, raw) a pack or weight file must be signed by one of them too. A file that is no TOML has
    one fault only: nobody can tell what stands behind it.
    """
    if isdir(path):
        return _check_pack(path, keys)
    found: list[ResourceError] = []
    try:
        table = read_table(path, found)
    except ResourceError as error:
        return (error,)
    kind = kind_of(table)
    if kind is None:
        return (ResourceError(path, 1, "", t("forms.cause_no_kind")),)
    if kind is Kind.PACK:
        return _check_pack(path.parent, keys)
    found += _unless(lambda: _READERS[kind](table))
    if kind is Kind.WEIGHTS and (keys or path.with_name(path.name + SUFFIX).exists()):
        found += _unless(lambda: check(path, keys))
    return _in_order(found)


def _in_order(found: Iterable[ResourceError]) -> tuple[ResourceError, ...]:
    alike = {(error.file, error.line, error.field, error.cause): error for error in found}
    return tuple(sorted(alike.values(), key=lambda error: error.line))


def kind_of(table: Table) -> Kind | None:
    """What a file holds: told by its folder, its name or its parts, None where nothing tells.

    Where folder and name speak of two kinds, its parts say which of them it is.
    """
    folder, name = _FOLDERS.get(table.file.parent.name), _NAMES.get(table.file.name)
    if folder is None and name is None:
        return _kind_by_parts(table.content)
    return name if folder is None or (name and name is _kind_by_parts(table.content)) else folder


def _kind_by_parts(content: Mapping[str, object]) -> Kind | None:
    lists = {part for part, value in content.items() if isinstance(value, list)}
    told = next((kind for part, kind in _TOLD_BY.items() if part in lists), None)
    marks = {
        **({told: True} if told else {}),
        Kind.WEIGHTS: "element" in content,
        Kind.SCREEN: "item" in content and "rating" in content,
        Kind.INSTRUMENT: "item" in content,
        Kind.FORM: "section" in content or "category" in content,
        Kind.ENUMERATIONS: bool(content) and all(isinstance(one, dict) for one in content.values()),
    }
    return next((kind for kind, so in marks.items() if so), None)


_FOLDERS = {
    "forms": Kind.FORM,
    "followups": Kind.FOLLOW_UP,
    "scripts": Kind.SCRIPT,
    "sites": Kind.SITE,
}
"""Where files of one kind lie, whatever they are called."""
_NAMES = {
    packs.MANIFEST: Kind.PACK,
    enumerations.SHIPPED.name: Kind.ENUMERATIONS,
    instruments.SHIPPED.name: Kind.SCREEN,
    **{questionnaires.shipped(name).name: Kind.INSTRUMENT for name in questionnaires.NAMES},
    weights.NAME: Kind.WEIGHTS,
    questions.NAME: Kind.QUESTIONS,
    safety_plan.NAME: Kind.SAFETY_PLAN,
    safety_plan.SHIPPED.name: Kind.SAFETY_PLAN,
    marks.NAME: Kind.MARKS,
    ladders.NAME: Kind.LADDER,
    directory.SHIPPED.name: Kind.TARGETS,
    access.NAME: Kind.RIGHTS,
}
"""What the program looks for by its name: however broken it is, this is what it was meant to be."""
_TOLD_BY = {
    "question": Kind.QUESTIONS,
    "days": Kind.FOLLOW_UP,
    "call": Kind.SCRIPT,
    "mark": Kind.MARKS,
    "step": Kind.LADDER,
    "target": Kind.TARGETS,
    "rule": Kind.RIGHTS,
    "lines": Kind.SITE,
}
"""Lists that only one kind of file has, looked for in this order."""


def names_for(path: Path) -> Enumerations:
    """The enumerations that count for a form: what ships, and `enumerations.toml` beside it or above it."""
    names = enumerations.load()
    for folder in (path.parent.parent, path.parent):
        own = folder / enumerations.SHIPPED.name
        if own.exists() and own != enumerations.SHIPPED:
            try:
                names = {**names, **enumerations.load(own)}
            except ResourceError:
                # It has its own check; the form is held against what ships.
                continue
    return names


def _check_form(table: Table) -> None:
    names = names_for(table.file)
    form = forms.reading.read(table, names)
    known: dict[str, Field] = {}
    for name in forms.names():
        if forms.shipped(name).resolve() != table.file.resolve():
            known |= {one.key: one for one in forms.load(forms.shipped(name), enumerations.load()).fields}
    check_beside(table, form, known, {})


def _check_questions(table: Table) -> None:
    """Each is about an item that there is: one about another would be shown nowhere."""
    screen = instruments.load()
    items = {(screen.id, item.id) for item in screen.items}
    for name in questionnaires.NAMES:
        asked = questionnaires.load(questionnaires.shipped(name))
        items |= {(name, item.code) for item in asked.items}
    for question, one in zip(questions.read(table), table.tables("question"), strict=True):
        if (question.instrument, question.item) not in items:
            one.wrong("item", t("forms.cause_no_item", value=f"{question.instrument} {question.item}"))


def _check_ladder(table: Table) -> None:
    ladders.read(table, {choice.code for choice in names_for(table.file)["call_category"]})


def _check_wording(table: Table, official: bool) -> None:
    """A file in no pack cannot call its wording official."""
    if official and not any((folder / packs.MANIFEST).exists() for folder in table.file.parents):
        table.wrong("official_text", t("forms.cause_official"))


def _check_pack(folder: Path, keys: tuple[bytes, ...]) -> tuple[ResourceError, ...]:
    """The pack's own faults and those of each file that it brings."""
    found: list[ResourceError] = []
    try:
        manifest = read_table(folder / packs.MANIFEST, found)
    except ResourceError as error:
        found.append(error)
    else:
        packs.head(manifest)
        if keys:
            packs.check_content(manifest)
            found += _unless(lambda: check(manifest.file, keys))
    told = list(_in_order(found))
    for name in packs.inside(folder):
        if name.endswith(".toml"):
            told += check_file(folder / name)
    return tuple(told)


def _unless(act: Callable[[], object]) -> list[ResourceError]:
    try:
        act()
    except ResourceError as error:
        return [error]
    return []


_READERS: Mapping[Kind, Callable[[Table], object]] = {
    Kind.FORM: _check_form,
    Kind.ENUMERATIONS: enumerations.read,
    Kind.SCREEN: lambda table: _check_wording(table, instruments.read(table).official_text),
    Kind.INSTRUMENT: lambda table: _check_wording(table, questionnaires.read(table).official_text),
    Kind.WEIGHTS: weights.read,
    Kind.QUESTIONS: _check_questions,
    Kind.SAFETY_PLAN: safety_plan.read,
    Kind.FOLLOW_UP: followups.read,
    Kind.SCRIPT: scripts.read,
    Kind.MARKS: marks.read,
    Kind.LADDER: _check_ladder,
    Kind.TARGETS: directory.read,
    Kind.RIGHTS: access.read,
    Kind.SITE: sites.read,
}
