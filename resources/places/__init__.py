"""Where a number was issued and what an area code stands for, from tables made at build time.

A number says where it was issued, never where its owner is.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.people.number import NumberKind, kind_of, normalise

_FOLDER = Path(__file__).parent
_THREE_DIGITS = ("010", "02")


@dataclass(frozen=True, slots=True)
class Issue:
    """The city that a number was issued in; None where it is unknown or several come into question.

    `cities` are all that come into question; `shared`: they have one area code in common.
    """

    city: str | None
    province: str
    cities: tuple[str, ...]
    shared: bool = False


UNKNOWN = Issue(None, "", ())


@dataclass(frozen=True, slots=True)
class City:
    """A prefecture, or a place of that rank, with its area codes, the usual one first.

    `short` is its name without its rank, "" where a province or a district elsewhere is called so too.
    """

    name: str
    province: str
    area_codes: tuple[str, ...]
    english: str
    short: str


def city_of_issue(number: str) -> Issue:
    """Where a mobile or landline number was issued; any spelling of the number is accepted."""
    digits = normalise(number)
    if kind_of(digits) is NumberKind.MOBILE:
        return _issue(_mobile(digits), shared=False)
    if digits.startswith("0") and not digits.startswith("00"):
        code = digits[: 3 if digits.startswith(_THREE_DIGITS) else 4]
        cities = cities_of(code)
        return _issue(cities, shared=len(cities) > 1)
    return UNKNOWN


def area_code_of(city: str) -> str:
    """The area code of a city by its full or short name (晋中市, 晋中); "" where the tables have none."""
    found = find(city)
    return found.area_codes[0] if found else ""


def cities_of(area_code: str) -> tuple[str, ...]:
    """The cities that an area code stands for; more than one where it is shared, none if unknown."""
    return _by_code().get(area_code, ())


def find(city: str) -> City | None:
    """The city of a full name, or of a short one that nothing else has (晋中, but not 朝阳)."""
    name = city.strip()
    return _cities().get(name) or _by_short().get(name)


def all_cities() -> tuple[str, ...]:
    """The full names of all cities, to choose from."""
    return tuple(_cities())


def english(city: str) -> str:
    """The English name of a city; the given name where the tables have none."""
    found = find(city)
    return found.english if found else city


def _issue(cities: tuple[str, ...], *, shared: bool) -> Issue:
    provinces = {_cities()[city].province for city in cities}
    province = provinces.pop() if len(provinces) == 1 else ""
    return Issue(cities[0] if len(cities) == 1 else None, province, cities, shared)


def _mobile(digits: str) -> tuple[str, ...]:
    block = _blocks().get(digits[:4], "")
    at = 2 * int(digits[4:7])
    return _marks().get(block[at : at + 2], ())


def _rows(name: str) -> list[list[str]]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@cache
def _cities() -> dict[str, City]:
    return {
        name: City(name, province, tuple(codes.split(",")), english, short)
        for name, province, codes, english, short in _rows("cities.tsv")
    }


@cache
def _by_short() -> dict[str, City]:
    return {city.short: city for city in _cities().values() if city.short}


@cache
def _by_code() -> dict[str, tuple[str, ...]]:
    by_code: dict[str, tuple[str, ...]] = {}
    for city in _cities().values():
        for code in city.area_codes:
            by_code[code] = (*by_code.get(code, ()), city.name)
    return by_code


@cache
def _marks() -> dict[str, tuple[str, ...]]:
    return {mark: tuple(cities.split("、")) for mark, cities in _rows("marks.tsv")}


@cache
def _blocks() -> dict[str, str]:
    return dict(_rows("prefixes.tsv"))
