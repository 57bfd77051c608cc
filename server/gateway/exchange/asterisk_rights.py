"""What the gateway's account may do at an Asterisk, and what it needs."""

import re

from server.gateway.exchange.ami import AmiRefused
from server.gateway.exchange.asterisk_visit import Trial, Visit
from server.gateway.exchange.examination import Report, Subject

WRITE = frozenset({"call", "agent", "originate", "reporting"})
READ = frozenset({"call", "agent", "user"})
MAY_HEAR = frozenset({"dtmf", "reporting"})
"""The caller's keys and the quality of a call; without them everything else works."""
VARIABLES = frozenset(
    {
        "XINQIAO_DIALLED",
        "XINQIAO_SEAT",
        "XINQIAO_CALL",
        "XINQIAO_PARTY",
        "XINQIAO_DIAL",
        "XINQIAO_FETCHED",
        "XINQIAO_HOLDER",
        "XINQIAO_COLLEAGUE",
        "XINQIAO_ROUND",
        "XINQIAO_WATCH",
        "XINQIAO_TAPE",
        "XINQIAO_PAUSED",
        "XINQIAO_CALLEE",
        "XINQIAO_AWAY",
        "XINQIAO_TO",
    }
)

_PRIVILEGES = re.compile(r"\(Priv: ([a-z,]+)\)$")
_EVERYTHING = "all"
_HEARD_SECONDS = 5.0
"""It is waited so long only for what never comes; a busy exchange that tells late is not wrongly blamed."""
_REPORTED_SECONDS = 15.0
"""Telephones report every five seconds."""


async def look_at_orders(visit: Visit, report: Report) -> frozenset[str]:
    """Which rights to act the account has; an action is listed to those who may do it. Raises AmiRefused."""
    listed = (await visit.ami.ask("ListCommands")).fields.values()
    needs = [match[1].split(",") for one in listed if (match := _PRIVILEGES.search(one))]
    # Only an action that needs one right alone tells that the account has it.
    alone = [set(one) - {_EVERYTHING} for one in needs]
    held = frozenset(next(iter(one)) for one in alone if len(one) == 1)
    report.looked_at(Subject.RIGHTS)
    if WRITE - held:
        report.found(Subject.RIGHTS, "rights_to_act_missing", rights=_listed(WRITE - held))
    if held - WRITE:
        report.found(Subject.RIGHTS, "rights_to_act_excess", rights=_listed(held - WRITE))
    return held


async def look_at_passwords(visit: Visit, user: str, report: Report) -> None:
    """Whether the account can read the exchange's own configuration through a function. Raises AmiRefused."""
    if await visit.value(f"AST_CONFIG(manager.conf,{user},secret)"):
        report.found(Subject.RIGHTS, "passwords_readable", grave=False)


async def look_at_hearing(visit: Visit, trial: Trial, queue: str, report: Report) -> bool:
    """Which rights to hear the account has, told by a trial; whether it hears of trials."""
    began = await trial.event("Newchannel", _HEARD_SECONDS)
    told = {
        "call": began is not None,
        "user": await trial.event("UserEvent", _HEARD_SECONDS) is not None,
        "agent": await _hears_of_seats(visit, queue),
    }
    missing = frozenset(right for right, is_told in told.items() if not is_told)
    if missing:
        report.found(Subject.RIGHTS, "rights_to_hear_missing", rights=_listed(missing))
    heard = {right for _, one in visit.heard for right in one["Privilege"].split(",") if right}
    more = heard - READ - MAY_HEAR - {_EVERYTHING}
    if more:
        excess = _listed(frozenset(more))
        report.found(Subject.RIGHTS, "rights_to_hear_excess", rights=excess)
    if began and VARIABLES - began[1].variables.keys():
        report.found(Subject.RIGHTS, "variables_hidden", names=_listed(VARIABLES - began[1].variables.keys()))
    return bool(told["call"] and told["user"])


async def look_at_reports(visit: Visit, report: Report) -> None:
    """Whether the account hears how well a call goes: only while somebody talks. Raises AmiRefused."""
    calls = await visit.ami.collect("CoreShowChannels")
    if not any(one["Channel"].startswith("PJSIP/") and one["BridgeId"] for one in calls):
        report.note("reports", "")
    elif not await visit.heard_of("RTCPReceived", _REPORTED_SECONDS):
        report.found(Subject.RIGHTS, "quality_unheard", grave=False)


async def _hears_of_seats(visit: Visit, queue: str) -> bool:
    """Give a seat the rank it has: nothing changes, and who may hear of seats hears of it."""
    try:
        members = [one for one in await visit.ami.collect("QueueStatus", Queue=queue) if one["Location"]]
        if not members:
            return True
        seat = members[0]
        await visit.ami.ask(
            "QueuePenalty", Queue=queue, Interface=seat["Location"], Penalty=seat["Penalty"] or "0"
        )
    except AmiRefused:
        return True
    return await visit.heard_of("QueueMemberPenalty", _HEARD_SECONDS)


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
