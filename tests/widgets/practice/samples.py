"""What the practice pages show, told from the shipped scripts in the language in use."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from console.practice.archive import Kept
from console.practice.telling import Telling
from models.practice.facts import Fact, Kind, Sign
from models.practice.play import Phase, Play, Said, begin, hear
from models.practice.script import Script
from models.practice.sheet import Sheet, compare
from resources import hotline
from resources.hotline import Hotline
from resources.practice.scripts import shipped
from resources.texts import language
from widgets.practice.view import ChoiceView, DoneView, SheetView, VoiceView

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
WHO = "练习员"


def script(name: str) -> Script:
    """A shipped script."""
    return next(one for one in shipped() if one.id == name)


def choices() -> tuple[ChoiceView, ...]:
    """All shipped scripts as they stand in the choice."""
    tongue = language()
    return tuple(
        ChoiceView(one.id, one.title.label(tongue), one.trains.label(tongue), one.minutes, len(one.scenes))
        for one in shipped()
    )


def done(count: int = 3) -> tuple[DoneView, ...]:
    """So many practices that were done."""
    titles = [one.title.label(language()) for one in shipped()]
    return tuple(DoneView(f"d{n}", titles[n % len(titles)], f"01-0{n + 1} 03:12", WHO) for n in range(count))


def talking(name: str = "bridge") -> Play:
    """A call that runs, where all that the caller ever says was said."""
    play = hear(replace(begin(script(name)), phase=Phase.RINGS), Fact(Kind.ANSWERED, "", 1.0, 0))
    said = tuple(Said(line, 2.0 + n, 0) for n, line in enumerate(play.scene.lines))
    asked = Fact(Kind.QUESTION, "place", 9.0, 0)
    return replace(hear(play, asked), phase=Phase.TALKS, said=said)


def voice(name: str = "bridge") -> VoiceView:
    """A call that runs."""
    return _telling().voice(talking(name), done=False)


def over(name: str = "bridge") -> VoiceView:
    """A call that is over and handed in."""
    return _telling().voice(replace(talking(name), phase=Phase.OVER), done=True)


def sheet(name: str = "bridge", well: bool = False) -> SheetView:
    """The sheet of somebody who did all that the key has, or of somebody who asked nothing."""
    return _telling().sheet(Kept(AT, "practice", WHO, _compared(name, well)))


def _compared(name: str, well: bool) -> Sheet:
    play = talking(name)
    key = play.script.key
    facts: list[Fact] = [fact for fact in play.facts if fact.kind is Kind.ANSWERED]
    if well:
        facts.append(Fact(Kind.CATEGORY, key.categories[0], 30.0, 0))
        facts += [Fact(Kind.ASKED, one.item, 60.0 + n, 0, one.truth) for n, one in enumerate(key.items)]
        facts += [Fact(Kind.LEVEL, key.level.value, 90.0, 0)] if key.level else []
        facts += [_fact(act.signs[0], 120.0) for act in key.acts]
        facts.append(Fact(Kind.LOGGED, "4", 200.0, 0))
    else:
        facts.append(Fact(Kind.CATEGORY, "S5", 12.0, 0))
        facts += [_fact(act.signs[0], 20.0) for act in key.never]
    facts.append(Fact(Kind.ENDED, "E4", 600.0, 0))
    return compare(replace(play, facts=tuple(facts)))


def _fact(sign: Sign, at: float) -> Fact:
    value, _, state = sign.value.partition("=")
    return Fact(sign.kind, value or ("1" if sign.kind is Kind.LOGGED else "x"), at, 0, state)


@cache
def _hotline() -> Hotline:
    with TemporaryDirectory() as kept:
        return hotline.load("beijing", None, Path(kept))


def _telling() -> Telling:
    return Telling(_hotline())
