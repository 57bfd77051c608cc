"""Which codes a note may hold that stay readable for figures: those that ship, and a hotline's own."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.notes.filling import YES_NO_STATES
from models.notes.form import Field, FieldType, Form
from resources import enumerations, forms, sites
from resources.enumerations import Enumerations
from resources.forms.installed import Installing
from resources.own_data import OwnData
from resources.reading import ResourceError
from server.central.access.rules import KEPT_FOLDER, OWN_FOLDER

_LOG = logging.getLogger(__name__)
_CHOICES = (FieldType.CHOICE, FieldType.MULTI_CHOICE)
_CATEGORY = "call_category"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes of each field that is counted, by its key; those of the categories; the ids of the forms."""

    fields: Mapping[str, frozenset[str]]
    categories: frozenset[str]
    forms: frozenset[str]


@cache
def shipped() -> Vocabulary:
    """What ships: every field of choice, and every question that is answered with yes or no."""
    names = enumerations.load()
    every = [field for name in forms.names() for field in forms.load(forms.shipped(name), names).fields]
    return Vocabulary(
        _codes(every, names),
        frozenset(choice.code for choice in names[_CATEGORY]),
        frozenset(forms.names()),
    )


def load(folder: Path, site: str) -> Vocabulary:
    """That of a server's folder: of a hotline's own fields those that its forms mark with `figures` count.

    Own files lie in `resources` as at a workstation. What is wrong with one is said with its line, and its
    last good copy counts, else what ships.
    """
    own, known = folder / OWN_FOLDER, shipped()
    if not own.is_dir():
        return known
    data = OwnData(own, folder / KEPT_FOLDER)
    names, installed = _installed(data, site)
    for error in data.broken:
        _LOG.error("a form or list of the hotline is not used: %s", error)
    counted = [field for form in installed for field in form.fields if field.figures]
    mine = {field: codes for field, codes in _codes(counted, names).items() if field not in known.fields}
    theirs = {
        key: codes | frozenset(choice.code for choice in names.get(_list_of(key), ()))
        for key, codes in known.fields.items()
    }
    return Vocabulary(
        {**theirs, **mine},
        known.categories | {choice.code for choice in names[_CATEGORY]},
        known.forms | {form.id for form in installed},
    )


def _installed(data: OwnData, site: str) -> tuple[Enumerations, tuple[Form, ...]]:
    try:
        data.take_packs(data.one(sites.load, f"sites/{site}.toml", sites.shipped(site)).pack_keys)
    except ResourceError as error:
        # A site that has no file trusts no key: its packs do not count.
        data.broken.append(error)
    names = data.one(enumerations.load_own, enumerations.SHIPPED.name, enumerations.SHIPPED)
    note_forms = Installing(data.own, data.kept, data.packs, names, data.broken).load()
    return names, (*note_forms.installed, *(one.form for one in note_forms.former))


@cache
def _lists() -> Mapping[str, str]:
    names = enumerations.load()
    every = [field for name in forms.names() for field in forms.load(forms.shipped(name), names).fields]
    return {field.key: field.choices for field in every if field.choices}


def _list_of(key: str) -> str:
    return _lists().get(key, "")


def _codes(fields: Iterable[Field], names: Enumerations) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for field in fields:
        if field.type in _CHOICES:
            codes = frozenset(choice.code for choice in names.get(field.choices, ()))
            found[field.key] = found.get(field.key, frozenset()) | codes
        elif field.type is FieldType.YES_NO:
            found[field.key] = frozenset(YES_NO_STATES)
    return found
