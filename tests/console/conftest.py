"""A founded hotline with its server running, and operators who have an account there."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from models.people.operator import Role
from tests.console.stand import Place
from tests.support.gateway import GatewayInThread, gateway_in_thread
from tests.support.hotline import SITE, Hotline, found_hotline


@pytest.fixture(autouse=True)
def _quick(quick_passwords: None, quick_tables: None) -> None:
    """What a guess of a password costs, and how tables come about, is tested elsewhere."""


@pytest.fixture(scope="session")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Hotline:
    return found_hotline(tmp_path_factory.mktemp("composition") / "hotline")


@pytest.fixture(scope="session")
def server(hotline: Hotline) -> Iterator[str]:
    with hotline.running("server") as url:
        yield url


@pytest.fixture(scope="session")
def hire(hotline: Hotline) -> Callable[..., str]:
    """Give a new operator, whom no other test knows, an account: tests share the server."""
    hired: list[str] = []

    def hire(*roles: Role) -> str:
        hired.append(f"operator-{len(hired) + 1}")
        hotline.add_operator(hired[-1], *roles)
        return hired[-1]

    return hire


@pytest.fixture
def line(hotline: Hotline) -> Iterator[GatewayInThread]:
    with gateway_in_thread(SITE, public_key=hotline.public_key) as gateway:
        yield gateway


@pytest.fixture
def place(tmp_path: Path, server: str, line: GatewayInThread) -> Place:
    """A workstation that reaches server and gateway."""
    return Place(tmp_path / "workstation", server, line.url)
