"""All that a hotline may change, loaded and checked in one go at the start."""

from dataclasses import dataclass
from pathlib import Path

from models.access.matrix import Matrix
from models.followups.template import Templates
from models.notes.forms import NoteForms
from models.notes.ladder import Ladder
from models.notes.mark import Marks
from models.people.site import Site
from models.referrals.target import Target
from models.risk.plan_form import PlanForm
from models.risk.questionnaire import Instruments
from resources import (
    access,
    directory,
    enumerations,
    followups,
    instruments,
    ladders,
    marks,
    safety_plan,
    sites,
)
from resources.forms.installed import Installing
from resources.instruments import questionnaires, questions
from resources.own_data import OwnData
from resources.reading import ResourceError


@dataclass(frozen=True, slots=True)
class Hotline:
    """A hotline's data; `broken` are its own files that could not be used and were stood in for."""

    enumerations: enumerations.Enumerations
    forms: NoteForms
    ladder: Ladder
    marks: Marks
    site: Site
    targets: tuple[Target, ...]
    screen: instruments.Screen
    instruments: Instruments
    rights: Matrix
    safety_plan: PlanForm
    followups: Templates
    broken: tuple[ResourceError, ...] = ()
    own: Path | None = None
    """Where its own files lie, None for nowhere."""


def load(site: str, own: Path | None, kept: Path) -> Hotline:
    """The hotline's data: each file from a signed pack, else from `own`, else as shipped.

    Its files are `sites/<site>.toml`, `forms/<form>.toml`, `enumerations.toml`, `targets.toml`,
    `silent.toml`, `marks.toml`, `quick_screen.toml`, `safety_plan.toml`, `access.toml`,
    `followups/<template>.toml`, one for each further instrument, and `elements12.weights.toml` with its
    signature, of which none ships; its packs lie in `packs`. Where one is broken, its last good copy in
    `kept` stands in. Raises ResourceError only where the shipped file is broken or the site is unknown.
    """
    data = OwnData(own, kept)
    one = data.one
    place = one(sites.load, f"sites/{site}.toml", sites.shipped(site))
    data.take_packs(place.pack_keys)
    names = one(enumerations.load_own, "enumerations.toml", enumerations.SHIPPED)
    types = {choice.code for choice in names["call_category"]}
    templates, unusable = followups.load_all(place.follow_ups, own, kept, data.packs)
    data.broken += unusable
    asked = tuple(
        data.instrument(questionnaires.load, f"{name}.toml", questionnaires.shipped(name))
        for name in questionnaires.NAMES
    )
    return Hotline(
        enumerations=names,
        forms=Installing(own, kept, data.packs, names, data.broken).load(),
        ladder=one(lambda path: ladders.load(path, types), ladders.NAME, ladders.SHIPPED),
        site=place,
        targets=one(directory.load, "targets.toml", directory.SHIPPED),
        screen=data.instrument(instruments.load, "quick_screen.toml", instruments.SHIPPED),
        instruments=Instruments(
            asked,
            (("k10", place.k10_bands),),
            data.points(place.pack_keys),
            one(questions.load, questions.NAME, questions.SHIPPED),
        ),
        marks=one(marks.load, marks.NAME, marks.SHIPPED),
        rights=one(access.load, access.NAME, access.SHIPPED),
        safety_plan=one(safety_plan.load, safety_plan.NAME, safety_plan.SHIPPED),
        followups=templates,
        broken=tuple(data.broken),
        own=own,
    )
