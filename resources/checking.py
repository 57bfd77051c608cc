"""Checking a hotline's own data file before it is used: all that is wrong in it, each with its line."""

from collections.abc import Callable, Mapping
from enum import StrEnum
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
    if path.is_dir():
        return _check_pack(path, keys)
    found: list[ResourceError] = []
    try:
        table = read_table(path, found)
    except ResourceError as error:
        return (error,)
    kind = kind_of(table)
    if kind is None:
        return (ResourceError(path, 1, "", t("forms.cause_no_kind")),)
    found += _unless(lambda: _READERS[kind](table))
    if kind is Kind.WEIGHTS and (keys or path.with_name(path.name + SUFFIX).exists()):
        found += _unless(lambda: check(path, keys))
    alike = {(error.file, error.line, error.field, error.cause): error for error in found}
    return tuple(sorted(alike.values(), key=lambda error: error.line))


def kind_of(table: Table) -> Kind | None:
    """What a file holds, None where nothing tells."""
    content = table.content
    lists = {part for part, value in content.items() if isinstance(value, list)}
    told = next((kind for part, kind in _TOLD_BY.items() if part in lists), None)
    marks = {
        Kind.PACK: table.file.name == packs.MANIFEST,
        Kind.SAFETY_PLAN: "step" in content and table.file.name in _PLANS,
        **({told: True} if told else {}),
        Kind.WEIGHTS: "element" in content,
        Kind.SCREEN: "item" in content and "rating" in content,
        Kind.INSTRUMENT: "item" in content,
        Kind.FORM: "section" in content or "category" in content or table.file.parent.name == "forms",
        Kind.ENUMERATIONS: bool(content) and all(isinstance(one, dict) for one in content.values()),
    }
    return next((kind for kind, so in marks.items() if so), None)


_PLANS = (safety_plan.NAME, safety_plan.SHIPPED.name)
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
    ladders.load(table.file, {choice.code for choice in names_for(table.file)["call_category"]})


def _check_manifest(table: Table) -> None:
    for error in _check_pack(table.file.parent, ()):
        if table.found is not None:
            table.found.append(error)


def _check_pack(folder: Path, keys: tuple[bytes, ...]) -> tuple[ResourceError, ...]:
    """The pack's own faults and those of each file that it brings."""
    found = _unless(lambda: packs.load(folder, keys)) if keys else []
    found += _unless(lambda: packs.head(read_table(folder / packs.MANIFEST)))
    for name in packs.inside(folder):
        if name.endswith(".toml"):
            found += check_file(folder / name)
    return tuple(found)


def _unless(act: Callable[[], object]) -> list[ResourceError]:
    try:
        act()
    except ResourceError as error:
        return [error]
    return []


_READERS: Mapping[Kind, Callable[[Table], object]] = {
    Kind.FORM: _check_form,
    Kind.ENUMERATIONS: enumerations.read,
    Kind.SCREEN: instruments.read,
    Kind.INSTRUMENT: questionnaires.read,
    Kind.WEIGHTS: weights.read,
    Kind.PACK: _check_manifest,
    Kind.QUESTIONS: _check_questions,
    Kind.SAFETY_PLAN: safety_plan.read,
    Kind.FOLLOW_UP: followups.read,
    Kind.SCRIPT: scripts.read,
    Kind.MARKS: lambda table: marks.load(table.file),
    Kind.LADDER: _check_ladder,
    Kind.TARGETS: lambda table: directory.load(table.file),
    Kind.RIGHTS: lambda table: access.load(table.file),
    Kind.SITE: lambda table: sites.load(table.file),
}
