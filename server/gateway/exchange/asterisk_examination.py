"""The examination of an Asterisk: one subject after another, with the gateway's own account."""

import re
from contextlib import suppress
from datetime import UTC, datetime

from models.clock import Clock
from server.gateway.exchange.ami import AmiLost, AmiRefused, NotAdmitted, Packet
from server.gateway.exchange.asterisk_rights import (
    look_at_hearing,
    look_at_orders,
    look_at_passwords,
    look_at_reports,
)
from server.gateway.exchange.asterisk_trials import try_hold, try_recording, try_room
from server.gateway.exchange.asterisk_visit import EXAMINATION, Visit, visiting
from server.gateway.exchange.examination import Examined, Report, Subject
from server.gateway.settings import AsteriskSettings

TRIED_VERSIONS = ("22",)
CONTEXTS = (
    "xinqiao-in",
    "xinqiao-hours",
    "xinqiao-closed",
    "xinqiao-wait",
    "xinqiao-any-seat",
    "xinqiao-staffed",
    "xinqiao-overflow",
    "xinqiao-overflowed",
    "xinqiao-seat",
    "xinqiao-talk",
    "xinqiao-telephone",
    "xinqiao-auto-answer",
    "xinqiao-answer",
    "xinqiao-room-caller",
    "xinqiao-room-party",
    "xinqiao-hold",
    "xinqiao-listen",
    "xinqiao-whisper",
    "xinqiao-help",
    "xinqiao-transfer",
    "xinqiao-back",
    "xinqiao-out",
    "xinqiao-callee",
    "xinqiao-together",
    EXAMINATION,
)
_LOGIN = {"line_login_refused": "login_refused", "line_config": "not_understood"}
_MOST_APART_SECONDS = 2.0
_UNREACHABLE, _INVALID = "5", "4"
_TRUNK = re.compile(r"(PJSIP)/\{number\}@([\w.-]+)")
_REGISTERED = "Registered"


class AsteriskExamination:
    """See `examination.Examination`."""

    def __init__(self, settings: AsteriskSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    async def examine(self) -> Examined:
        """Look and try; whatever an account may not ask for is left out."""
        report = Report()
        report.looked_at(Subject.LOGIN)
        try:
            async with visiting(self._settings) as visit:
                await self._look(visit, report)
        except AmiLost as lost:
            self._not_in(report, _LOGIN.get(lost.why, "unreachable"))
        except AmiRefused:
            # What every account may ask was refused.
            self._not_in(report, "not_understood")
        return report.examined()

    def _not_in(self, report: Report, code: str) -> None:
        there = self._settings
        report.found(Subject.LOGIN, code, host=there.host, port=str(there.port), user=there.user)

    async def _look(self, visit: Visit, report: Report) -> None:
        held = await look_at_orders(visit, report)
        with suppress(AmiRefused, NotAdmitted):
            await look_at_passwords(visit, self._settings.user, report)
        for look in (self._version, self._time, self._queue, self._trunk):
            # What the account may not ask is told by its rights.
            with suppress(AmiRefused):
                await look(visit, report)
        with suppress(AmiRefused):
            if await _plan(visit, report) and "originate" in held:
                await self._try(visit, report)

    async def _try(self, visit: Visit, report: Report) -> None:
        async with visit.trying("room-caller") as trial:
            hears_all = await look_at_hearing(visit, trial, self._settings.queue, report)
        if hears_all:
            await try_room(visit, "caller", report)
            await try_room(visit, "party", report)
            await try_hold(visit, report)
            await try_recording(visit, self._settings.host, report)
            await look_at_reports(visit, report)

    async def _version(self, visit: Visit, report: Report) -> None:
        version = (await visit.ami.ask("CoreSettings"))["AsteriskVersion"]
        report.looked_at(Subject.VERSION)
        report.note("version", version)
        if version.partition(".")[0] not in TRIED_VERSIONS:
            tried = ", ".join(TRIED_VERSIONS)
            report.found(Subject.VERSION, "version_untried", grave=False, version=version, tried=tried)

    async def _time(self, visit: Visit, report: Report) -> None:
        before = self._clock.now()
        told = (await visit.ami.ask("Ping"))["Timestamp"]
        between = before + (self._clock.now() - before) / 2
        with suppress(ValueError):
            apart = (datetime.fromtimestamp(float(told), UTC) - between).total_seconds()
            report.looked_at(Subject.TIME)
            report.note("apart", f"{apart:.2f}")
            if abs(apart) > _MOST_APART_SECONDS:
                report.found(Subject.TIME, "clocks_apart", seconds=f"{abs(apart):.0f}")

    async def _queue(self, visit: Visit, report: Report) -> None:
        queue = self._settings.queue
        listed = await visit.ami.collect("QueueStatus", Queue=queue)
        report.looked_at(Subject.QUEUE)
        if not any(one["Event"] == "QueueParams" for one in listed):
            report.found(Subject.QUEUE, "queue_absent", queue=queue)
            return
        seats = [one for one in listed if one["Event"] == "QueueMember"]
        if not seats:
            report.found(Subject.QUEUE, "queue_empty", queue=queue)
            return
        report.looked_at(Subject.SEATS)
        _alike(seats, queue, report)
        reachable = 0
        for one in seats:
            seat, telephone = one["Name"], one["StateInterface"]
            if one["Location"] != f"Local/{seat}@xinqiao-seat/n":
                report.found(Subject.SEATS, "seat_otherwise", seat=seat, member=one["Location"], queue=queue)
            elif one["Status"] == _INVALID:
                report.found(Subject.SEATS, "seat_without_telephone", seat=seat, telephone=telephone)
            elif one["Status"] == _UNREACHABLE:
                report.found(Subject.SEATS, "seat_unreachable", seat=seat, telephone=telephone)
            else:
                reachable += 1
        report.note("seats", f"{reachable}/{len(seats)}")

    async def _trunk(self, visit: Visit, report: Report) -> None:
        named = _TRUNK.fullmatch(self._settings.outgoing)
        if named:
            states = await visit.ami.collect("DeviceStateList")
            state = next((one["State"] for one in states if one["Device"] == f"PJSIP/{named[2]}"), "")
            report.looked_at(Subject.TRUNK)
            if not state or state == "INVALID":
                report.found(Subject.TRUNK, "trunk_absent", trunk=named[2])
            elif state == "UNAVAILABLE":
                report.found(Subject.TRUNK, "trunk_unreachable", trunk=named[2])
        for one in await visit.ami.collect("PJSIPShowRegistrationsOutbound"):
            if one["ObjectName"] and one["Status"] != _REGISTERED:
                report.found(
                    Subject.TRUNK, "trunk_unregistered", name=one["ObjectName"], status=one["Status"]
                )


def _alike(seats: list[Packet], queue: str, report: Report) -> None:
    """Seats of one penalty, or of none, cannot be rung one alone."""
    by_penalty: dict[str, list[str]] = {}
    for one in seats:
        by_penalty.setdefault(one["Penalty"], []).append(one["Name"])
    alike = [
        seat for penalty, known in by_penalty.items() if len(known) > 1 or penalty == "0" for seat in known
    ]
    if alike:
        report.found(Subject.SEATS, "seats_alike", seats=", ".join(sorted(alike)), queue=queue)


async def _plan(visit: Visit, report: Report) -> bool:
    """Whether everything that the gateway sends channels to is there, the place of trials among it."""
    missing = []
    for context in CONTEXTS:
        try:
            await visit.ami.collect("ShowDialPlan", Context=context)
        except AmiRefused as refused:
            if "ermission" in str(refused):
                raise
            missing.append(context)
    report.looked_at(Subject.PLAN)
    if missing:
        report.found(Subject.PLAN, "plan_missing", contexts=", ".join(missing))
    return not missing
