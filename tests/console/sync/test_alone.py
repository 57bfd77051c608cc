"""Whatever network and power do: who works at one workstation never meets his own words as another's."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from models.people.operator import Role
from tests.console.sync.stage import Device, Fate
from tests.server.central.hotline import Hotline
from tests.support.sealed import open_sealed

FATES = st.sampled_from(list(Fate))


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
