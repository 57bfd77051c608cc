"""Ages and moments as people say them, so that a plain form can be offered beside what was typed.

Nothing is ever changed by it: who typed decides. What may mean two things is not understood.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_OLDEST = 120
_MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a language; `digits` from nought to nine, `days` and `weeks` counted from this one."""

    digits: str
    zero: str
    two: str
    ten: str
    hundred: str
    classifier: str
    weekdays: str
    sunday: str
    minute: str
    half: str
    quarter: str
    afternoon: str
    noon: str
    years: tuple[str, ...]
    week_words: tuple[str, ...]
    ago: tuple[str, ...]
    hence: tuple[str, ...]
    day_units: tuple[str, ...]
    week_units: tuple[str, ...]
    month_units: tuple[str, ...]
    hours: tuple[str, ...]
    late: tuple[str, ...]
    night: tuple[str, ...]
    early: tuple[str, ...]
    evening_ends: tuple[str, ...]
    days: Mapping[str, int]
    weeks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that was meant, in the words in which it was said; `time` is HH:MM, "" where none was said.

    `about` says that it was counted in months, which are not all alike.
    """

    words: str
    day: date
    time: str = ""
    about: bool = False


class Speech:
    """Understands what a vocabulary has."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._digits = {sign: value for value, sign in enumerate(words.digits)}
        self._digits |= {words.zero: 0, words.two: 2}
        signs = "".join((*self._digits, words.ten, words.hundred))
        number = rf"(?:[0-9\uff10-\uff19]{{1,3}}|[{signs}]{{1,5}})"
        units = _any((*words.month_units, *words.week_units, *words.day_units))
        parts = _any((*words.late, *words.night, *words.early, words.noon))
        weekdays = f"[{words.weekdays}{words.sunday}]"
        self._age = re.compile(rf"(?P<n>{number})\s*{_any(words.years)}")
        self._bare = re.compile(rf"\s*(?P<n>{number})\s*")
        self._moment = re.compile(
            rf"(?P<day>{_any(words.days)})"
            rf"|(?P<week>{_any(words.weeks)}){words.classifier}?{_any(words.week_words)}(?P<on>{weekdays})"
            rf"|(?P<n>{number})\s*(?P<unit>{units})(?P<way>{_any((*words.ago, *words.hence))})"
        )
        self._after = re.compile(
            rf"(?P<part>{parts})?(?P<hour>{number}){_any(words.hours)}(?:(?P<half>{words.half})"
            rf"|(?P<quarter>{number}){words.quarter}|(?P<minute>{number}){words.minute}?)?"
        )

    def number_of(self, text: str) -> int | None:
        """A whole number below a thousand, in either kind of digits; None for anything else."""
        if re.fullmatch(r"[0-9\uff10-\uff19]{1,3}", text):
            return int(text)
        whole, digit = 0, None
        for sign in text:
            if sign in self._digits:
                if digit not in (None, 0):
                    return None
                digit = self._digits[sign]
            elif sign in (self._words.ten, self._words.hundred):
                whole += (1 if digit is None else digit) * (10 if sign == self._words.ten else 100)
                digit = None
            else:
                return None
        return whole + (digit or 0) if text else None

    def age_in(self, text: str, alone: bool = False) -> int | None:
        """The age in years that a text says; with `alone` a bare number is one too.

        None where it says none, or two.
        """
        ages = {self.number_of(found["n"]) for found in self._age.finditer(text)}
        if not ages and alone and (bare := self._bare.fullmatch(text)):
            ages = {self.number_of(bare["n"])}
        known = ages.pop() if len(ages) == 1 else None
        return known if known is not None and 0 <= known <= _OLDEST else None

    def moments_in(self, text: str, today: date) -> tuple[Moment, ...]:
        """The days and times that a text says relative to today, in its order; each wording once."""
        found: dict[str, Moment] = {}
        for said in self._moment.finditer(text):
            day, about = self._day(said, today)
            if day is None:
                continue
            words, time = said[0], ""
            after = self._after.match(text, said.end())
            if after is not None:
                time = self._clock(after, said["day"] or "")
                words += after[0] if time else ""
            found.setdefault(words, Moment(words, day, time, about))
        return tuple(found.values())

    def _day(self, said: re.Match[str], today: date) -> tuple[date | None, bool]:
        words = self._words
        if said["day"]:
            return today + timedelta(days=words.days[said["day"]]), False
        if said["week"]:
            monday = today - timedelta(days=today.weekday())
            place = words.weekdays.find(said["on"])
            on = place if place >= 0 else len(words.weekdays) - 1
            return monday + timedelta(weeks=words.weeks[said["week"]], days=on), False
        count, months = self.number_of(said["n"]), said["unit"] in words.month_units
        days = 30 if months else 7 if said["unit"] in words.week_units else 1
        if count is None or count * days > _MOST_DAYS:
            return None, False
        way = -1 if said["way"] in words.ago else 1
        return today + timedelta(days=way * count * days), months

    def _clock(self, said: re.Match[str], day: str) -> str:
        """The time of the day, "" where it may belong to the next day or is none."""
        hour, minute = self.number_of(said["hour"]), self._minute(said)
        if hour is None or minute > 59:
            return ""
        words = self._words
        part = said["part"] or (words.late[-1] if day.endswith(words.evening_ends) else "")
        if part in words.night and 5 < hour < 12:
            hour += 12
        elif part in words.late and hour < 12:
            if hour < 5 and part != words.afternoon:
                return ""
            hour += 12
        elif part == words.noon and hour < 3:
            hour += 12
        return "" if hour > 23 else f"{hour:02}:{minute:02}"

    def _minute(self, said: re.Match[str]) -> int:
        if said["half"]:
            return 30
        told = self.number_of(said["quarter"] or said["minute"] or self._words.digits[0])
        if told is None:
            return 60
        return told * 15 if said["quarter"] else told


def _any(words: Iterable[str]) -> str:
    """One of several words, the longest that fits."""
    return f"(?:{'|'.join(re.escape(one) for one in sorted(words, key=len, reverse=True))})"


def band_of(age: int, codes: Iterable[str]) -> str:
    """The band that has an age, by codes such as `under_14` and `from_35`; "" where none has it."""
    begins = {}
    for code in codes:
        kind, _, limit = code.partition("_")
        if not limit.isdigit():
            continue
        if kind == "under" and age < int(limit):
            return code
        if kind == "from" and age >= int(limit):
            begins[int(limit)] = code
    return begins[max(begins)] if begins else ""
