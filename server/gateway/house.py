"""What a site's own data say of its queue: when it is open, where it sends callers, who hands them over."""

from dataclasses import dataclass
from pathlib import Path

from models.people.number import normalise
from models.people.site import Hours
from resources import sites
from resources.reading import ResourceError
from server.gateway.problems import GatewayError


@dataclass(frozen=True, slots=True)
class House:
    """The site's rules.

    From the numbers in `emergency`, normalised, 110 and 120 hand callers over; lines of ours among them are
    dialled by nobody else.
    """

    hours: Hours | None = None
    overflow: str = ""
    overflow_after: int = 120
    emergency: frozenset[str] = frozenset()


def house_of(site: str, own: Path | None) -> House:
    """The rules of a site; `own` is the folder of a hotline's own data, which counts before what ships.

    Without a file of the site it is always open and sends nobody on. Raises GatewayError.
    """
    path = sites.shipped(site)
    if own and (own / "sites" / path.name).exists():
        path = own / "sites" / path.name
    if not path.exists():
        return House()
    try:
        here = sites.load(path)
    except ResourceError as cause:
        raise GatewayError("hotline_data", why=str(cause)) from cause
    emergency = frozenset(normalise(number) for number in here.emergency)
    return House(here.hours, here.overflow, here.overflow_after, emergency)
