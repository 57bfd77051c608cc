"""Whatever the network and the power do: nothing is lost, nothing is doubled, both sides end alike.

Which test shows which invariant of the protocol (paths below `tests/`; here: this file):

 1 saved words reach the server or are listed: here; faults/test_simulation; faults/test_console_killed
 2 each act at most once: here; server/central/test_push; faults/test_repeated_push
 3 each device in its order: server/central/test_push (gap, fork); console/storage/test_sending
 4 act, record, feed and last number commit together: faults/test_server_killed, test_postgres_restarted
 5 feeds gapless in the order of commits: server/central/test_feeds; faults/test_concurrent_pushes
 6 cursor and rows commit together, a page twice changes nothing: here; console/storage/test_pulling
 7 a pull never overwrites what waits: here; console/storage/test_pulling; test_standing (held acts)
 8 alike at rest, repaired and told where not: here; test_links; server/central/test_sharing
 9 nothing beyond the rights: console/storage/test_pulling; server/central/access; faults/test_simulation
10 clocks decide nothing, time never goes back: test_links; models/test_trusted_time; faults/test_wrong_clocks
11 a restored or cloned disk is noticed: here (restore_the_image); test_pump; faults/test_disk_image
12 a restored server gets everything again, witnesses for a lead: test_restored; faults/test_server_restored
13 a push from three schemas back, pull or not: test_links; server/central/test_push; models/sync
14 skew is estimated, shown, never used: test_links; faults/test_wrong_clocks

Held acts: test_standing, server/central/test_held. Unknown fields: test_carrying. Hints: test_hints.
"""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from models.codec import to_document
from models.operation import Outcome
from models.people.operator import Role
from models.sync.feeds import own_feed
from tests.console.sync.stage import Device, Fate
from tests.server.central.hotline import Hotline
from tests.support.sealed import open_sealed

DEVICES = st.integers(0, 1)
NOTES = st.sampled_from(["a" * 32, "a" * 32, "a" * 32, "b" * 32])
FATES = st.sampled_from(list(Fate))
LIMITS = st.sampled_from([1, 2, 500])


class TwoWorkstations(RuleBasedStateMachine):
    """One operator at two workstations, one of which may lose its disk, and a server."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name)
        self.engine = open_sealed(f"sqlite:///{root / 'central.db'}")
        self.hotline = Hotline(self.engine)
        ticket = self.hotline.ticket(Role.OPERATOR, name="zhang")
        self.devices = [Device(self.hotline, ticket, root / f"{number}.db") for number in range(2)]
        self.image = root / "image.db"
        self.devices[1].back_up(self.image)
        self.count = 0
        self.last: dict[tuple[int, str], tuple[str, str]] = {}
        self.eyes: dict[tuple[int, str], str] = {}
        self.drafts: dict[str, str] = {}
        # Texts that somebody had before the eyes and wrote over.
        self.replaced: set[str] = set()

    @rule(device=DEVICES, note=NOTES)
    def look(self, device: int, note: str) -> None:
        """Read the record again, as after a restart."""
        here = self.devices[device]
        found = here.storage.record("note", note)
        if found is None:
            here.perform(here.note_opened(note))
        text = found.entity.body.values.get("complaint", "") if found else ""
        self.eyes[device, note] = text

    @rule(device=DEVICES, note=NOTES)
    def write(self, device: int, note: str) -> None:
        """Type over what was last seen here, whatever was pulled since."""
        if (device, note) not in self.eyes:
            self.look(device, note)
        self.count += 1
        text = f"{device}:{self.count}"
        put = self.devices[device].draft(note, text)
        self.devices[device].perform(put)
        self.replaced.add(self.eyes[device, note])
        self.eyes[device, note] = self.drafts[put.op] = text
        self.last[device, note] = (put.op, text)

    @rule(device=DEVICES, note=NOTES)
    def assess(self, device: int, note: str) -> None:
        self.count += 1
        self.devices[device].perform(self.devices[device].answer(note, self.count))

    @rule(device=DEVICES, note=NOTES)
    def finish(self, device: int, note: str) -> None:
        here = self.devices[device]
        if here.storage.record("note", note) is not None:
            here.perform(here.act("note.finish", note))

    @rule(device=DEVICES, fate=FATES, limit=LIMITS, killed=st.booleans())
    def push(self, device: int, fate: Fate, limit: int, killed: bool) -> None:
        self.devices[device].push(fate, limit, killed)
        if killed:
            self.devices[device].kill()
            self.forget(device)

    @rule(device=DEVICES, fate=FATES, limit=LIMITS)
    def pull(self, device: int, fate: Fate, limit: int) -> None:
        self.devices[device].pull(fate, limit)

    @rule()
    def take_an_image(self) -> None:
        self.devices[1].back_up(self.image)
        self.forget(1)

    @rule()
    def restore_the_image(self) -> None:
        self.devices[1].roll_back(self.image)
        self.last = {key: value for key, value in self.last.items() if key[0] == 0}
        self.forget(1)

    def forget(self, device: int) -> None:
        """A program that starts again has nothing before the eyes."""
        self.eyes = {key: value for key, value in self.eyes.items() if key[0] != device}

    @invariant()
    def saved_words_are_in_sight(self) -> None:
        """While an act waits, its text is in the note or beside it as a draft version."""
        for (device, note), (op, text) in getattr(self, "last", {}).items():
            here = self.devices[device]
            if op not in here.waiting():
                continue
            found = here.note_unseen(note)
            bodies = [found.body, *(version.body for version in found.versions)]
            assert text in [body.values.get("complaint") for body in bodies]

    def teardown(self) -> None:
        if not hasattr(self, "devices"):
            return
        try:
            for _ in range(3):
                for device in self.devices:
                    device.settle()
            self.check_nothing_lost()
            self.check_no_words_lost()
            self.check_alike()
        finally:
            for device in self.devices:
                device.storage.close()
            self.engine.dispose()
            self.folder.cleanup()

    def check_nothing_lost(self) -> None:
        taken = [op for (op,) in self.hotline.stored("op_id")]
        assert len(taken) == len(set(taken))
        for device in self.devices:
            assert device.owed <= set(taken)
            refused = {one.op for one in device.storage.refused()}
            not_applied = {
                op for op, outcome in self.hotline.stored("op_id", "outcome") if outcome in _NOT_DONE
            }
            assert device.owed & not_applied <= refused | not_applied

    def check_no_words_lost(self) -> None:
        """Each text that arrived is in its note, or beside it, or was written over by somebody who saw it."""
        pulled = self.hotline.pulled(self.devices[0].ticket, {}, 500)
        notes = [one.doc for one in pulled.items if one.t == "note" and one.doc]
        bodies = [
            body for doc in notes for body in (doc["body"], *(lost["body"] for lost in doc["versions"]))
        ]
        there = {body["values"].get("complaint") for body in bodies}
        taken = {op for (op,) in self.hotline.stored("op_id")}
        assert {text for op, text in self.drafts.items() if op in taken} <= there | self.replaced

    def check_alike(self) -> None:
        pulled = self.hotline.pulled(self.devices[0].ticket, {}, 500)
        documents = {(one.t, one.id): (one.ver, one.doc) for one in pulled.items}
        for device in self.devices:
            assert device.storage.cursors()[own_feed("zhang")] == pulled.cursor[own_feed("zhang")]
            for (kind, entity), (version, document) in documents.items():
                found = device.storage.record(kind, entity)
                assert found is not None
                assert (found.version, found.pending) == (version, 0)
                assert to_document(found.entity) == document


_NOT_DONE = (Outcome.HELD, Outcome.REJECTED)


TestTwoWorkstations = TwoWorkstations.TestCase
TestTwoWorkstations.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)


@given(steps=st.lists(st.tuples(st.sampled_from(["write", "push", "pull", "kill"]), FATES), max_size=25))
@settings(max_examples=40)
def test_who_works_at_one_workstation_never_meets_himself(steps: list[tuple[str, Fate]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_sealed(f"sqlite:///{folder}/central.db")
        hotline = Hotline(engine)
        device = Device(hotline, hotline.ticket(Role.OPERATOR, name="zhang"), Path(folder) / "zhang.db")
        device.perform(device.note_opened("n"))
        for number, (step, fate) in enumerate(steps):
            match step:
                case "write":
                    device.perform(device.draft("n", str(number)))
                case "push":
                    device.push(fate)
                case "pull":
                    device.pull(fate)
                case "kill":
                    device.kill()
        device.settle()
        found = device.storage.record("note", "n")
        assert found is not None
        assert found.entity.versions == ()
        device.storage.close()
        engine.dispose()
