"""Why a local database could not be opened; nothing is ever deleted or made anew for it."""

from pathlib import Path


class StorageError(Exception):
    """The database at `path` cannot be used; `code` is a problem code."""

    code = "storage_error"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{self.code}: {path}")
        self.path = path


class Unreadable(StorageError):
    """The key does not open the file, or its beginning is destroyed."""

    code = "storage_unreadable"


class Damaged(StorageError):
    """The key fits, but the content is not what a database holds."""

    code = "storage_damaged"


class NewerSchema(StorageError):
    """A newer program has written the file."""

    code = "storage_newer"


class OtherPurpose(StorageError):
    """A practice database where a real one is wanted, the other way round, or another operator's."""

    code = "storage_other_purpose"
