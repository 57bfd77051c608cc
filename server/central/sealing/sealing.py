"""Sealing of records: AES-256-GCM, one key for all that belongs to one call.

Every record and every act in the ledger is one sealed text; beside it stand coded columns for figures. The
key is named by a number. Keys lie by the page, wrapped by the master key, in a database of their own, which
the backups of the records do not contain: to destroy a key makes what was sealed with it unreadable
everywhere, in old backups of the records too. Pages are made in advance, so that a push waits for no second
commit, and are on the disk before any of their keys is used.
"""

import hashlib
import os
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.clock import Clock
from server.central.sealing.pages import (
    KEYS_A_PAGE,
    Destroyed,
    Master,
    PageStore,
    Unsealable,
    key_number,
    key_on,
    new_page,
    page_name,
    without,
)

OPEN = 0
OWN_PAGE, OWN_NAME = 0, "database"
"""The key number of what is not sealed: views without words."""
PAGES_KEPT = 512
MOST_PAGES_AT_ONCE = 16
KEPT_SECONDS = 300.0
"""How long a process may go on to use a page without looking whether a key on it was destroyed."""
_NONCE_BYTES = 12
_CIPHERS_KEPT = 1024
_NONE = 0.0, None


class Sealing:
    """Seals and unseals; may be used by several threads at once."""

    def __init__(self, store: PageStore, master: Master, clock: Clock, secret: bytes) -> None:
        self._store = store
        self._clock = clock
        self._master = master
        self._secret = secret
        self._lock = threading.Lock()
        self._pages: OrderedDict[int, tuple[float, bytes]] = OrderedDict()
        self._unused: list[int] = []
        self._ciphers: dict[int, tuple[float, AESGCM]] = {}
        self._next_pages = 1

    @property
    def id(self) -> str:
        """Names the key database, so that records are not opened beside the keys of others."""
        return hashlib.sha256(self._secret).hexdigest()[:32]

    def new_keys(self, count: int) -> list[int]:
        """Numbers of so many keys that nothing was sealed with yet."""
        with self._lock:
            while len(self._unused) < count:
                self._make_pages()
            return [self._unused.pop() for _ in range(count)]

    def look_up(self, numbers: Iterable[int]) -> None:
        """Fetch the pages of many keys with one question, before they are used one by one."""
        with self._lock:
            self._fetch({number // KEYS_A_PAGE for number in numbers if number != OPEN})

    def has(self, number: int) -> bool:
        """False where the key was destroyed. Raises Unsealable where nobody knows."""
        try:
            self._cipher(number)
        except Destroyed:
            return False
        return True

    def seal(self, number: int, name: str, text: bytes) -> bytes:
        """A text sealed with a key under the name of what it belongs to. Raises Unsealable, Destroyed."""
        nonce = os.urandom(_NONCE_BYTES)
        until, known = self._ciphers.get(number, _NONE)
        cipher = known if known and self._clock.monotonic() < until else self._renewed(number)
        return nonce + cipher.encrypt(nonce, text, name.encode())

    def unseal(self, number: int, name: str, sealed: bytes) -> bytes:
        """The text again. Raises Destroyed, or Unsealable where this is not what was sealed so."""
        try:
            return self._cipher(number).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError) as error:
            raise Unsealable(name) from error

    def destroy(self, numbers: Collection[int]) -> None:
        """Destroy keys for ever. Other processes notice within five minutes."""
        pages: dict[int, set[int]] = defaultdict(set)
        for number in numbers:
            pages[number // KEYS_A_PAGE].add(number)
        for page, gone in sorted(pages.items()):
            self._store.rewrite(page, lambda wrapped, p=page, g=gone: self._without(wrapped, p, g))
        with self._lock:
            for page in pages:
                self._pages.pop(page, None)
            self._ciphers.clear()

    def check(self) -> None:
        """Look whether the key database is still the one that was opened. Raises Unsealable."""
        wrapped = self._store.find({OWN_PAGE}).get(OWN_PAGE, b"")
        if self._master.unwrap(OWN_NAME, wrapped) != self._secret:
            raise Unsealable(OWN_NAME)

    def was_used(self) -> bool:
        """True once keys were made for records: then there is, or was, a database with records."""
        return self._store.has_beside(OWN_PAGE)

    def close(self) -> None:
        """Let go of the key database until somebody asks again."""
        self._store.close()

    def mark(self, text: str) -> str:
        """A keyed digest, to know something again without keeping what it says: 32 hexadecimal digits."""
        return hashlib.blake2b(text.encode(), digest_size=16, key=self._secret).hexdigest()

    def wrap(self, name: str, secret: bytes) -> str:
        """A secret of the database as a whole, to be kept there."""
        return self._master.wrap(name, secret).hex()

    def unwrap(self, name: str, wrapped: str) -> bytes:
        """The secret again. Raises Unsealable."""
        return self._master.unwrap(name, bytes.fromhex(wrapped))

    def _cipher(self, number: int) -> AESGCM:
        until, known = self._ciphers.get(number, _NONE)
        return known if known and self._clock.monotonic() < until else self._renewed(number)

    def _renewed(self, number: int) -> AESGCM:
        page = number // KEYS_A_PAGE
        kept = self._pages.get(page)
        if kept is None or self._clock.monotonic() >= kept[0]:
            with self._lock:
                self._fetch({page})
                kept = self._pages[page]
        cipher = AESGCM(key_on(kept[1], number))
        # The acts of a push and the records that they changed are sealed with the same keys.
        if len(self._ciphers) >= _CIPHERS_KEPT:
            self._ciphers.clear()
        self._ciphers[number] = kept[0], cipher
        return cipher

    def _fetch(self, pages: set[int]) -> None:
        now = self._clock.monotonic()
        missing = {page for page in pages if now >= self._pages.get(page, (now, b""))[0]}
        if missing:
            found = self._store.find(missing)
            if len(found) < len(missing):
                raise Unsealable("page")
            for page, wrapped in found.items():
                self._keep(page, self._master.unwrap(page_name(page), wrapped))

    def _keep(self, page: int, keys: bytes) -> None:
        self._pages[page] = (self._clock.monotonic() + KEPT_SECONDS, keys)
        self._pages.move_to_end(page)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)

    def _make_pages(self) -> None:
        # The more are used up, the more are made at once: each time waits for the disk.
        made = dict(new_page() for _ in range(self._next_pages))
        self._next_pages = min(2 * self._next_pages, MOST_PAGES_AT_ONCE)
        self._store.add({page: self._master.wrap(page_name(page), keys) for page, keys in made.items()})
        for page, keys in made.items():
            self._keep(page, keys)
            self._unused += [key_number(page, place) for place in range(KEYS_A_PAGE)]

    def _without(self, wrapped: bytes, page: int, gone: Collection[int]) -> bytes:
        keys = self._master.unwrap(page_name(page), wrapped)
        return self._master.wrap(page_name(page), without(keys, gone))
