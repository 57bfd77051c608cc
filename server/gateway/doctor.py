"""`xinqiao gateway doctor`: the exchange examined, and what is wrong with it in sentences."""

import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path

from models.clock import SystemClock
from resources.texts import t
from server.gateway.exchange.asterisk import Asterisk
from server.gateway.exchange.examination import Examined, Finding, Report, Subject
from server.gateway.exchange.unconfigured import Unconfigured
from server.gateway.problems import GatewayError
from server.gateway.recordings.looking import look_at_folders
from server.gateway.settings import RecordingsSettings, read_settings

_WELL, _WRONG = 0, 1


def examine(config_path: Path, as_json: bool) -> int:
    """Print what was found; 0 where nothing grave was, 1 where something was, else as for a gateway."""
    clock = SystemClock()
    try:
        settings = read_settings(config_path, practice=False)
    except GatewayError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return error.exit_code
    known = settings.exchange
    examination = Asterisk(known, clock).examination if known else Unconfigured().examination
    examined = asyncio.run(examination.examine())
    if settings.recordings:
        examined = _with_folders(examined, settings.recordings)
    lines = [_json(examined)] if as_json else _lines(examined)
    sys.stdout.write("\n".join(lines) + "\n")
    return _WRONG if any(one.grave for one in examined.findings) else _WELL


def _with_folders(examined: Examined, told: RecordingsSettings) -> Examined:
    report = Report()
    look_at_folders(told, examined.noted.get("recordings", ""), report)
    own = report.examined()
    return replace(
        examined,
        looked_at=examined.looked_at + own.looked_at,
        findings=examined.findings + own.findings,
    )


def _lines(examined: Examined) -> list[str]:
    lines = []
    for subject in Subject:
        if subject is Subject.FOLDERS and subject not in examined.looked_at:
            # A gateway that was told of no recordings has none.
            continue
        name = t(f"doctor.subject_{subject}")
        findings = [one for one in examined.findings if one.subject is subject]
        for one in findings:
            sentence = _sentence(one)
            if one.grave:
                lines.append(t("doctor.wrong", subject=name, sentence=sentence))
            else:
                lines.append(t("doctor.hint", subject=name, sentence=sentence))
        if subject not in examined.looked_at:
            lines.append(t("doctor.unseen", subject=name))
        elif not findings:
            lines.append(t("doctor.well", subject=name))
    return lines + [t(f"doctor.noted_{name}", value=value) for name, value in examined.noted.items()]


def _json(examined: Examined) -> str:
    findings = [
        {
            "subject": one.subject,
            "code": one.code,
            "grave": one.grave,
            "params": dict(one.params),
            "sentence": _sentence(one),
        }
        for one in examined.findings
    ]
    found = {"looked_at": examined.looked_at, "findings": findings, "noted": dict(examined.noted)}
    return json.dumps(found, ensure_ascii=False)


def _sentence(finding: Finding) -> str:
    return t(f"doctor.{finding.code}", **finding.params)
