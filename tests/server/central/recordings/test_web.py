"""The addresses of recordings as gateway and console meet them."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest

from models.ids import new_id
from models.people.operator import Role
from models.recordings.playing import PIECE_BYTES
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.server.central.recordings.stage import SOUND, Locked, case_of, gateway, hand_over, keeping, locked
from tests.server.central.web import client


@pytest.fixture
def hotline(hotline: Hotline, tmp_path: Path) -> Hotline:
    return keeping(hotline, tmp_path / "recordings")


@pytest.fixture
def case(hotline: Hotline) -> Case:
    return case_of(hotline)


def asked(seat: Workstation, method: str, path: str, **fields: Any) -> httpx2.Response:
    async def ask() -> httpx2.Response:
        async with client(seat.hotline, seat.token) as web:
            return await web.request(method, f"/recordings/v1{path}", **fields)

    return asyncio.run(ask())


def handed_over(hotline: Hotline, one: Locked) -> httpx2.Response:
    seat, name = gateway(hotline), one.label.id
    assert asked(seat, "GET", f"/{name}").json() == {"have": 0, "kept": False}
    half = len(one.body) // 2
    for start, piece in ((0, one.body[:half]), (half, one.body[half:])):
        answer = asked(seat, "PUT", f"/{name}", params={"start": str(start)}, content=piece)
        assert answer.json() == {"have": start + len(piece), "kept": False}
    return asked(seat, "POST", f"/{name}", json=one.handed.model_dump())


def test_from_the_gateway_to_the_console(hotline: Hotline, case: Case) -> None:
    one = locked(case)
    assert handed_over(hotline, one).json() == {"have": 0, "kept": True}
    (known,) = asked(case.at, "GET", f"/calls/{case.call}").json()["recordings"]
    assert known["id"] == one.label.id
    body = {"call": case.call, "reason": "complaint", "words": "投诉"}
    playing = asked(case.at, "POST", f"/{one.label.id}/plays", json=body).json()
    heard = b""
    while len(heard) < playing["size"]:
        params = {"start": str(len(heard)), "length": "100001"}
        part = asked(case.at, "GET", f"/plays/{playing['id']}/sound", params=params)
        assert part.status_code == 200
        assert part.headers["cache-control"] == "no-store"
        heard += part.content
    assert heard == SOUND


def test_what_is_refused_has_a_reason(hotline: Hotline, case: Case) -> None:
    one = locked(case)
    hand_over(hotline, one)
    body = {"call": case.call, "reason": "review"}
    stranger, elsewhere = hotline.seat(), hotline.seat(Role.SUPERVISOR, site="elsewhere")
    for seat, method, path, status, why in (
        (stranger, "POST", f"/{one.label.id}/plays", 403, "not_yours"),
        (elsewhere, "POST", f"/{one.label.id}/plays", 404, "no_record"),
        (case.at, "POST", f"/{new_id()}/plays", 404, "no_record"),
        (case.at, "GET", f"/plays/{new_id()}/sound", 404, "no_record"),
        (case.at, "GET", f"/{one.label.id}", 403, "role"),
        (case.at, "PUT", f"/{one.label.id}", 403, "role"),
    ):
        fields: dict[str, Any] = {"json": body} if method == "POST" else {}
        answer = asked(seat, method, path, **fields)
        assert (answer.status_code, answer.json()["why"]) == (status, why), (method, path)


@pytest.mark.parametrize("reason", ["", "curious", None])
def test_without_a_reason_of_the_list_nothing_is_given(
    hotline: Hotline, case: Case, reason: str | None
) -> None:
    one = locked(case)
    hand_over(hotline, one)
    body = {"call": case.call, "reason": reason}
    answer = asked(case.at, "POST", f"/{one.label.id}/plays", json=body)
    assert (answer.status_code, answer.json()["why"]) == (400, "malformed")


def test_without_a_ticket_nobody_is_told_anything(hotline: Hotline, case: Case) -> None:
    async def ask() -> list[int]:
        async with client(hotline) as web:
            paths = (f"/calls/{case.call}", f"/{new_id()}", f"/plays/{new_id()}/sound")
            return [(await web.get(f"/recordings/v1{path}")).status_code for path in paths]

    assert asyncio.run(ask()) == [401, 401, 401]


def test_a_piece_is_a_mebibyte_at_most(hotline: Hotline) -> None:
    seat, name = gateway(hotline), new_id()
    answer = asked(seat, "PUT", f"/{name}", content=bytes(PIECE_BYTES + 1))
    assert (answer.status_code, answer.json()["why"]) == (413, "too_large")
    assert asked(seat, "GET", f"/{name}").json()["have"] == 0


@pytest.mark.parametrize("name", ["..", "a" * 31, "G" * 32, "%2e%2e%2fserver.toml"])
def test_a_name_is_no_path(hotline: Hotline, name: str, tmp_path: Path) -> None:
    answer = asked(gateway(hotline), "PUT", f"/{name}", content=b"x")
    assert answer.status_code in (400, 404, 405)
    assert not list(tmp_path.rglob("*.coming"))


def test_pieces_with_gaps_and_forged_labels_are_refused(hotline: Hotline, case: Case) -> None:
    one, seat = locked(case), gateway(hotline)
    answer = asked(seat, "PUT", f"/{one.label.id}", params={"start": "10"}, content=b"x")
    assert answer.json() == {"have": 0, "kept": False}
    forged = one.handed.model_copy(update={"label": locked(case).handed.label})
    answer = asked(seat, "POST", f"/{one.label.id}", json=forged.model_dump())
    assert (answer.status_code, answer.json()["why"]) == (400, "malformed")
    answer = asked(seat, "POST", f"/{one.label.id}", json=one.handed.model_dump())
    assert (answer.status_code, answer.json()["why"]) == (400, "broken")
