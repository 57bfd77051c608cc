"""The city that a person at risk is said to be in, read from what was typed: one that is sure, or none."""

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from resources.places import City, all_cities, find


def city_in(text: str) -> str:
    """The full name of the city that a text names; "" where it names none, or several that it may mean.

    A wrong city brings the wrong police, so only what is unmistakable counts: a full name before a short
    one, a municipality before what else stands beside it, and nothing where two cities are left.
    """
    named = [city for name in all_cities() if (city := find(name)) and _names(text, city)]
    named = [city for city in named if not any(_inside(city, other) for other in named)]
    for surer in (_in_full(text), _is_municipality):
        if len(named) > 1:
            named = [city for city in named if surer(city)] or named
    return named[0].name if len(named) == 1 else ""


def _inside(city: City, other: City) -> bool:
    """True for a name that is part of another one's (Anshan in Ma'anshan)."""
    return city is not other and (city.short or city.name) in (other.short or other.name)


def _in_full(text: str) -> Callable[[City], bool]:
    return lambda city: city.name in text


def _is_municipality(city: City) -> bool:
    return city.name == city.province


def _names(text: str, city: City) -> bool:
    if city.name in text:
        return True
    found = re.finditer(re.escape(city.short), text) if city.short else ()
    return any(not _called_after().match(text, one.end()) for one in found)


@cache
def _called_after() -> re.Pattern[str]:
    words = tomllib.loads(Path(__file__).with_name("spoken.toml").read_text(encoding="utf-8"))
    return re.compile(f"(?:{'|'.join(words['sides'])})?(?:{'|'.join(words['not_the_city'])})")
