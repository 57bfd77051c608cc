"""What callers of an Asterisk would meet, tried by calls that ring nobody."""

import os
import shutil
from ipaddress import ip_address
from pathlib import Path

from server.gateway.exchange.asterisk_visit import Visit
from server.gateway.exchange.examination import Report, Subject

_PATIENCE_SECONDS = 8.0
_MOST_SECONDS = 1.0
_MUSIC_SECONDS = 5.0
_LEAST_BYTES = 1 << 30
_OTHERS = 0o007


async def try_room(visit: Visit, who: str, report: Report) -> None:
    """Whether somebody is in the room at once, or hears a prompt outside first. Raises AmiRefused."""
    report.looked_at(Subject.ROOM)
    profile, seconds = f"xinqiao-{who}", await _entering(visit, who)
    if seconds is not None and seconds > _MOST_SECONDS:
        # A prompt plays every time, a busy moment passes.
        again = await _entering(visit, who)
        seconds = None if again is None else min(seconds, again)
    if seconds is None:
        report.found(Subject.ROOM, "room_closed", profile=profile)
        return
    report.note("room", f"{seconds * 1000:.0f}")
    if seconds > _MOST_SECONDS:
        report.found(Subject.ROOM, "room_late", profile=profile, seconds=f"{seconds:.1f}")


async def _entering(visit: Visit, who: str) -> float | None:
    """Seconds from the dial plan into the room; None: one does not get in."""
    async with visit.trying(f"room-{who}") as trial:
        up = await trial.event("UserEvent", _PATIENCE_SECONDS, UserEvent="XinqiaoExamined")
        joined = await trial.event("ConfbridgeJoin", _PATIENCE_SECONDS)
    return joined[0] - up[0] if up and joined else None


async def try_hold(visit: Visit, report: Report) -> None:
    """Whether a held caller hears music. Raises AmiRefused."""
    report.looked_at(Subject.HOLD)
    async with visit.trying("hold") as trial:
        if await trial.event("MusicOnHoldStart", _MUSIC_SECONDS) is None:
            report.found(Subject.HOLD, "hold_silent")


async def try_recording(visit: Visit, host: str, report: Report) -> None:
    """Whether the exchange writes a recording, and where. Raises AmiRefused."""
    folder = await visit.value("ASTSPOOLDIR") + "/monitor"
    async with visit.trying("recording") as trial:
        told = await trial.event("UserEvent", _PATIENCE_SECONDS, UserEvent="XinqiaoExamined")
    if told is None:
        return
    if not any(one["Event"] == "DTMFEnd" for _, one in visit.heard):
        report.found(Subject.RIGHTS, "keys_unheard", grave=False)
    report.looked_at(Subject.RECORDING)
    report.note("recordings", folder)
    if told[1]["Recorded"] != "1":
        report.found(Subject.RECORDING, "recording_unwritten", folder=folder)
    elif _is_here(host) and Path(folder).is_dir():
        look_at_folder(Path(folder), report)


def look_at_folder(folder: Path, report: Report) -> None:
    """Who may read it, what it lies on, how much room there is; for an exchange on this machine."""
    if folder.stat().st_mode & _OTHERS:
        report.found(Subject.RECORDING, "recording_open", folder=str(folder))
    kind = _file_system(folder)
    report.note("file_system", kind)
    free = shutil.disk_usage(folder).free
    report.note("free", f"{free / 1e9:.1f}")
    if free < _LEAST_BYTES:
        report.found(Subject.RECORDING, "recording_space", folder=str(folder), free=f"{free / 1e6:.0f}")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _file_system(folder: Path) -> str:
    """The kind of file system that holds the folder, empty where this machine does not tell."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    real = os.path.realpath(folder)
    held = [line.split()[1:3] for line in mounts]
    # The last one that was mounted over the longest path is the one that counts.
    above = [
        (len(place), order, kind)
        for order, (place, kind) in enumerate(held)
        if os.path.commonpath([real, place]) == place
    ]
    return max(above)[2] if above else ""
