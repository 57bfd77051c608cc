"""Which numbers a site's own data let its gateway dial, and which one it shows."""

from pathlib import Path

from models.calls.reach import Reach
from models.people.number import normalise
from resources import directory, sites
from resources.reading import ResourceError
from server.gateway.outward import Outlook
from server.gateway.problems import GatewayError


def outlook_of(site: str, own: Path | None, shown: str) -> Outlook:
    """The directory's and the site's numbers; `shown` is the site's first line where it is empty.

    `own` is the folder of a hotline's own data, which counts before what ships. Without a file of the site
    only emergency, ordinary and the directory's numbers are open. Raises GatewayError.
    """
    try:
        targets = directory.load(_first(own, "targets.toml", directory.SHIPPED))
        path = _first(own, f"sites/{site}.toml", sites.shipped(site))
        here = sites.load(path) if path.exists() else None
    except ResourceError as cause:
        raise GatewayError("hotline_data", why=str(cause)) from cause
    listed = frozenset(normalise(target.number) for target in targets)
    line = here.lines[0] if here and here.lines else ""
    return Outlook(Reach(listed, here.dials if here else ()), shown or line)


def _first(own: Path | None, name: str, shipped: Path) -> Path:
    return own / name if own and (own / name).exists() else shipped
