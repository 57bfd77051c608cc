"""All that a hotline may change, loaded and checked in one go at the start."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from models.access.matrix import Matrix
from models.followups.template import Templates
from models.notes.form import Form
from models.notes.ladder import Ladder
from models.people.site import Site
from models.referrals.target import Target
from models.risk.plan_form import PlanForm
from models.risk.questionnaire import Instruments, Weights
from resources import (
    access,
    directory,
    enumerations,
    followups,
    forms,
    instruments,
    ladders,
    safety_plan,
    sites,
)
from resources.instruments import questionnaires, questions, weights
from resources.last_good import load_own
from resources.reading import Loader, ResourceError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hotline:
    """A hotline's data; `broken` are its own files that could not be used and were stood in for."""

    enumerations: enumerations.Enumerations
    form: Form
    ladder: Ladder
    site: Site
    targets: tuple[Target, ...]
    screen: instruments.Screen
    instruments: Instruments
    rights: Matrix
    safety_plan: PlanForm
    followups: Templates
    broken: tuple[ResourceError, ...] = ()


def load(site: str, own: Path | None, kept: Path, form: str = "full") -> Hotline:
    """The hotline's data: each file from `own`, else its last good copy in `kept`, else as shipped.

    Its files are `sites/<site>.toml`, `forms/<form>.toml`, `enumerations.toml`, `targets.toml`,
    `silent.toml`, `quick_screen.toml`, `safety_plan.toml`, `access.toml`, `followups/<template>.toml`, one for each further
    instrument, and `elements12.weights.toml` with its signature, of which none ships. Raises ResourceError
    only where the shipped file is broken or the site is unknown.
    """
    broken: list[ResourceError] = []

    def one(loader: Loader[T], name: str, shipped: Path) -> T:
        value, error = load_own(loader, name, own, kept, shipped)
        if error is not None:
            broken.append(error)
        return value

    names = one(enumerations.load_own, "enumerations.toml", enumerations.SHIPPED)
    types = {choice.code for choice in names["call_category"]}
    place = one(sites.load, f"sites/{site}.toml", sites.shipped(site))
    templates, unusable = followups.load_all(place.follow_ups, own, kept)
    broken += unusable
    asked = tuple(
        one(questionnaires.load, f"{name}.toml", questionnaires.shipped(name))
        for name in questionnaires.NAMES
    )
    return Hotline(
        enumerations=names,
        form=one(lambda path: forms.load(path, names), f"forms/{form}.toml", forms.shipped(form)),
        ladder=one(lambda path: ladders.load(path, types), ladders.NAME, ladders.SHIPPED),
        site=place,
        targets=one(directory.load, "targets.toml", directory.SHIPPED),
        screen=one(instruments.load, "quick_screen.toml", instruments.SHIPPED),
        instruments=Instruments(
            asked,
            (("k10", place.k10_bands),),
            _weights(own, place, broken),
            one(questions.load, questions.NAME, questions.SHIPPED),
        ),
        rights=one(access.load, access.NAME, access.SHIPPED),
        safety_plan=one(safety_plan.load, safety_plan.NAME, safety_plan.SHIPPED),
        followups=templates,
        broken=tuple(broken),
    )


def _weights(own: Path | None, site: Site, broken: list[ResourceError]) -> Weights | None:
    """The licensed points of the twelve elements; none where there is no file, or it cannot be believed."""
    path = own / weights.NAME if own else None
    if path is None or not path.exists():
        return None
    try:
        return weights.load(path, site.pack_keys)
    except ResourceError as error:
        broken.append(error)
        return None
