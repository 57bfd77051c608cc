"""The rights matrix that a server works by: the hotline's own, its last good copy, or the one that ships."""

import logging
from pathlib import Path

from models.access.matrix import Matrix
from resources import access
from resources.last_good import load_own

_LOG = logging.getLogger(__name__)
OWN_FOLDER = "resources"
KEPT_FOLDER = "resources-kept"


def load_rights(folder: Path) -> Matrix:
    """The matrix of a server's folder; what is wrong with the hotline's own file is said with its line."""
    own, kept = folder / OWN_FOLDER, folder / KEPT_FOLDER
    rights, error = load_own(access.load, access.NAME, own, kept, access.SHIPPED)
    if error is not None:
        _LOG.error("the last good rights stand: %s", error)
    return rights
