"""Ages and moments as people say them, so that a plain form can be offered beside what was typed.

Nothing is ever changed by it: who typed decides. What may mean two things is not understood.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMBER = r"(?:[0-9０-９]{1,3}|[零〇一二两三四五六七八九十百]{1,5})"
_AGE = re.compile(rf"(?P<n>{_NUMBER})\s*(?:周岁|岁|yo\b|years?\s+old\b)")
_BARE_AGE = re.compile(rf"\s*(?P<n>{_NUMBER})\s*")
_DAYS = {
    "大前天": -3,
    "前天": -2,
    "前晚": -2,
    "昨天": -1,
    "昨晚": -1,
    "昨夜": -1,
    "昨日": -1,
    "今天": 0,
    "今晚": 0,
}
_DAYS |= {"今早": 0, "今晨": 0, "明天": 1, "明晚": 1, "明早": 1, "后天": 2, "大后天": 3}
_WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_WEEKDAYS = {sign: place for place, sign in enumerate("一二三四五六")} | {"日": 6, "天": 6}
_WEEK = "周|星期|礼拜"
_MOMENT = re.compile(
    rf"(?P<day>{'|'.join(sorted(_DAYS, key=len, reverse=True))})"
    rf"|(?P<week>上上|下下|上|下|这|本)个?(?:{_WEEK})(?P<weekday>[一二三四五六日天])"
    rf"|(?P<n>{_NUMBER})\s*(?P<unit>天|日|周|个星期|星期|个月)(?P<way>前|之前|以前|后|之后|以后)"
)
_AFTER = re.compile(
    r"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|晚|早)?"
    rf"(?P<hour>{_NUMBER})(?:[点點时]|[:：])(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>{_NUMBER})分?)?"
)
_LATE = frozenset({"下午", "傍晚", "晚上", "晚"})
_NIGHT = frozenset({"夜里", "半夜"})
_OLDEST = 120
_MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that was meant, in the words in which it was said; `time` is HH:MM, "" where none was said.

    `about` says that it was counted in months, which are not all alike.
    """

    words: str
    day: date
    time: str = ""
    about: bool = False


def number_of(text: str) -> int | None:
    """A whole number below a thousand in Arabic or Chinese digits; None for anything else."""
    if re.fullmatch(r"[0-9０-９]{1,3}", text):
        return int(text)
    whole, digit = 0, None
    for sign in text:
        if sign in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[sign]
        elif sign in "十百":
            whole += (1 if digit is None else digit) * (10 if sign == "十" else 100)
            digit = None
        else:
            return None
    return whole + (digit or 0) if text else None


def age_in(text: str, alone: bool = False) -> int | None:
    """The age in years that a text says: "45岁", "四十五周岁"; with `alone` also a bare "四十五".

    None where it says none, or two.
    """
    ages = {number_of(found["n"]) for found in _AGE.finditer(text)}
    if not ages and alone and (bare := _BARE_AGE.fullmatch(text)):
        ages = {number_of(bare["n"])}
    known = ages.pop() if len(ages) == 1 else None
    return known if known is not None and 0 <= known <= _OLDEST else None


def moments_in(text: str, today: date) -> tuple[Moment, ...]:
    """The days and times that a text says relative to today, in its order; each wording once."""
    found: dict[str, Moment] = {}
    for said in _MOMENT.finditer(text):
        day, about = _day(said, today)
        if day is None:
            continue
        words, time = said[0], ""
        after = _AFTER.match(text, said.end())
        if after is not None:
            clock = _clock(after, said["day"] or "")
            if clock is not None:
                words, time = words + after[0], clock
        found.setdefault(words, Moment(words, day, time, about))
    return tuple(found.values())


def _day(said: re.Match[str], today: date) -> tuple[date | None, bool]:
    if said["day"]:
        return today + timedelta(days=_DAYS[said["day"]]), False
    if said["week"]:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(weeks=_WEEKS[said["week"]], days=_WEEKDAYS[said["weekday"]]), False
    count = number_of(said["n"])
    months = said["unit"] == "个月"
    days = 30 if months else 7 if said["unit"] in ("周", "个星期", "星期") else 1
    if count is None or count * days > _MOST_DAYS:
        return None, False
    way = -1 if "前" in said["way"] else 1
    return today + timedelta(days=way * count * days), months


def _clock(said: re.Match[str], day: str) -> str | None:
    hour = number_of(said["hour"])
    minute = 30 if said["half"] else {"一": 15, "三": 45}[said["quarter"]] if said["quarter"] else 0
    if said["minute"]:
        told = number_of(said["minute"])
        minute = 60 if told is None else told
    if hour is None or hour > 24 or minute > 59:
        return None
    part = said["part"] or ("晚上" if day.endswith(("晚", "夜")) else "")
    if part in _NIGHT and hour < 12 and hour > 5:
        hour += 12
    elif part in _LATE and hour < 12:
        # Twelve at night and the small hours of "昨晚" belong to the next day: that is left to who typed.
        if hour < 5 and part != "下午":
            return None
        hour += 12
    elif part == "中午" and hour < 3:
        hour += 12
    return None if hour > 23 else f"{hour:02}:{minute:02}"


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
