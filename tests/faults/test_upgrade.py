"""A new program comes to a workstation that holds unsent acts of the first one: they reach the server."""

import asyncio
from pathlib import Path

from console.session.keys import open_vault
from console.session.secret_store import NoSecretStore
from console.storage.tables import SCHEMA_VERSION
from tests.console.stand import Place
from tests.console.storage.earlier import ROWS, write_earlier
from tests.faults.shifts import CHEAP, found_elsewhere, shift
from tests.support.hotline import PASSWORD, found_hotline

OPERATOR = "zhang"
TEXTS = ["服务器留待班长处理的一稿", "发出去之后又写的", "还没有上传的一句话"]


def test_what_the_first_program_left_unsent_reaches_the_server(tmp_path: Path) -> None:
    hotline = found_hotline(tmp_path / "hotline")
    hotline.add_operator(OPERATOR)
    folder = tmp_path / "workstation"
    vault = open_vault(folder, OPERATOR, PASSWORD, NoSecretStore(), CHEAP)
    write_earlier(vault.database, vault.key, version=1)
    assert SCHEMA_VERSION > 1
    waiting = [row["id"] for row in ROWS["record"] if row["type"] == "note"][1:]

    async def story(server: str) -> list[str]:
        place = Place(folder, server)
        notes = waiting + await shift(place, OPERATOR, "升级之后写的")
        return await found_elsewhere(place, OPERATOR, tmp_path / "elsewhere", notes)

    with hotline.running("server") as server:
        assert asyncio.run(story(server)) == [*TEXTS[1:], "升级之后写的"]
