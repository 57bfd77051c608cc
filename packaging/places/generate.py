"""Makes the tables of resources/places from public data, at build time only; README.md says how."""

import argparse
import csv
import re
import struct
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from phonenumbers.geodata import GEOCODE_DATA

OUT = Path(__file__).parents[2] / "resources" / "places"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BLOCK = 1000
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_OF_PROVINCE = frozenset({"4190", "4290", "4690", "6590"})


class UnknownPlaceError(Exception):
    """A name in a source that no official name and no correction explains."""


@dataclass
class Names:
    """Official names of prefectures (GB/T 2260), and how the sources' names lead to them."""

    provinces: dict[str, str]
    cities: dict[str, str]
    counties: dict[tuple[str, str], str]
    corrected: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Any]
    short: set[str] = field(default_factory=set)

    def official(self, province: str, name: str) -> tuple[str, ...]:
        """The prefecture that a source calls so within a province; several where a correction says so.

        Raises UnknownPlaceError.
        """
        said = province + name
        if said in self.corrected:
            return self.corrected[said]
        code = next(code for code, full in self.provinces.items() if full.startswith(province[:2]))
        if code in _MUNICIPALITIES:
            return (self.provinces[code],)
        short = self._short(name)
        for adcode, city in self.cities.items():
            if adcode.startswith(code) and city.startswith(short):
                return (city,)
        for (adcode, county), city in self.counties.items():
            if adcode.startswith(code) and self._short(county) == short:
                return (city,)
        raise UnknownPlaceError(said)

    def all_in(self, text: str) -> tuple[str, ...]:
        """The prefectures in a text such as 辽宁省沈阳市、铁岭市; none where it names only the country."""
        full = next((name for name in self.provinces.values() if text.startswith(name[:2])), "")
        if not full:
            return ()
        forms = (full, full[:3], full[:2])
        lead = next(form for form in forms if text.startswith(form))
        rest = text.removeprefix(lead).removeprefix(self.words["province"]) or full
        return tuple(
            dict.fromkeys(city for part in rest.split("、") for city in self.official(full[:2], part))
        )

    def province_of(self, city: str) -> str:
        """The province that a prefecture belongs to."""
        code = next(adcode for adcode, name in self.cities.items() if name == city)
        return self.provinces[code[:2]]

    def unmistakable(self, city: str) -> str:
        """A city's short name; "" where a province, or a county or district elsewhere, is called so too."""
        code = next(adcode for adcode, name in self.cities.items() if name == city)
        short = min(
            (known for known in self.short if city.startswith(known)), key=len, default=self._short(city)
        )
        provinces = {name[: len(short)] for name in self.provinces.values() if name != city}
        elsewhere = {self._short(name) for (adcode, name) in self.counties if adcode[:4] != code[:4]}
        return "" if short in (provinces | elsewhere) - {*self.words["sure"]} else short

    def _short(self, name: str) -> str:
        for rank in self.words["ranks"]:
            if name.endswith(rank) and len(name) - len(rank) >= 2:
                return name.removesuffix(rank)
        return name


def read_names(adcodes: Path, corrections: Mapping[str, Any]) -> Names:
    """The official names of a table adcode, name (GB/T 2260), with our corrections."""
    with adcodes.open(encoding="utf-8", newline="") as file:
        rows = sorted((row["adcode"][:6], row["name"]) for row in csv.DictReader(file))
    mainland = [(code, name) for code, name in rows if code < "710000"]
    provinces = {code[:2]: name for code, name in mainland if code.endswith("0000")}
    cities = {code: provinces[code] for code in _MUNICIPALITIES}
    for code, name in mainland:
        prefecture = code.endswith("00") and not code.endswith("0000") and code[:2] not in _MUNICIPALITIES
        own = code[:4] in _OF_PROVINCE and not code.endswith("00")
        if (prefecture and corrections["words"]["no_place"] not in name) or own:
            cities[code] = name
    for one in corrections["renamed"]:
        cities[one["adcode"]] = one["now"]
    counties = {(code, name): cities[code[:4] + "00"] for code, name in mainland if code[:4] + "00" in cities}
    corrected = {one["said"]: tuple(one["cities"]) for one in corrections["name"]}
    return Names(provinces, cities, counties, corrected, corrections["words"])


@dataclass(frozen=True)
class Prefix:
    """What one source says of a mobile prefix of seven digits."""

    cities: tuple[str, ...]
    area_code: str = ""


def read_phone_dat(path: Path, names: Names) -> dict[int, Prefix]:
    """Prefix, city and area code of the file that the package `phone` ships."""
    raw = path.read_bytes()
    first = struct.unpack_from("<I", raw, 4)[0]
    prefixes: dict[int, Prefix] = {}
    known: dict[int, Prefix] = {}
    for at in range(first, len(raw) - 8, 9):
        number, offset = struct.unpack_from("<II", raw, at)
        if offset not in known:
            province, city, _post, area = raw[offset : raw.index(b"\0", offset)].decode().split("|")
            names.short.add(city)
            known[offset] = Prefix(names.official(province, city), f"0{area.lstrip('0')}")
        prefixes[number] = known[offset]
    return prefixes


def read_geodata(names: Names) -> tuple[dict[int, Prefix], dict[str, str]]:
    """Prefixes of the package `phonenumbers`, and the English name of each city."""
    prefixes: dict[int, Prefix] = {}
    english: dict[str, Counter[str]] = defaultdict(Counter)
    cities: dict[str, tuple[str, ...]] = {}
    mobile = sorted(
        ((key[2:], said) for key, said in GEOCODE_DATA.items() if re.match("861[3-9]", key)),
        key=lambda pair: len(pair[0]),
    )
    for digits, said in mobile:
        text = said.get("zh", "")
        if text not in cities:
            cities[text] = names.all_in(text)
        found = cities[text]
        if len(found) == 1:
            english[found[0]][said["en"].split(",")[0]] += 1
        width = 10 ** (7 - len(digits))
        start = int(digits) * width
        prefixes.update(dict.fromkeys(range(start, start + width), Prefix(found)))
    return prefixes, {
        city: re.sub("(?<=[a-z])An", "'an", counted.most_common(1)[0][0]) for city, counted in english.items()
    }


def both(one: Mapping[int, Prefix], other: Mapping[int, Prefix]) -> dict[int, tuple[str, ...]]:
    """The cities of each prefix: where the sources differ both are named, for neither can be shown wrong."""
    nothing = Prefix(())
    joined: dict[int, tuple[str, ...]] = {}
    for number in one.keys() | other.keys():
        cities = (*one.get(number, nothing).cities, *other.get(number, nothing).cities)
        if cities:
            joined[number] = tuple(dict.fromkeys(cities))
    return joined


def area_codes(prefixes: Iterable[Prefix], corrections: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Area codes of each city, the usual one first, those of the corrections included."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for prefix in prefixes:
        for city in prefix.cities:
            counted[city][prefix.area_code] += 1
    for correction in corrections:
        for city in correction["cities"]:
            counted[city][correction["code"]] += 1
    return {city: [code for code, _ in counts.most_common()] for city, counts in counted.items()}


def blocks(cities: Mapping[int, tuple[str, ...]], marks: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    """One line for each four digits: a thousand marks of two characters, `--` where nothing is known."""
    for block in sorted({number // BLOCK for number in cities}):
        numbers = range(block * BLOCK, (block + 1) * BLOCK)
        yield f"{block}\t" + "".join(marks[cities[n]] if n in cities else "--" for n in numbers)


def write(name: str, head: str, lines: Iterable[str]) -> None:
    """Write one table, its first line saying what the columns are."""
    (OUT / name).write_text("\n".join([f"# {head}", *lines, ""]), encoding="utf-8")


def main() -> None:
    """Read the sources, correct them, write the three tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("phone_dat", type=Path)
    arguments.add_argument("adcodes_csv", type=Path)
    given = arguments.parse_args()
    corrections = tomllib.loads((OUT / "corrections.toml").read_text(encoding="utf-8"))
    names = read_names(given.adcodes_csv, corrections)
    by_phone = read_phone_dat(given.phone_dat, names)
    by_geodata, english = read_geodata(names)
    english |= corrections["english"]
    codes = area_codes(by_phone.values(), corrections["area_code"])
    cities = both(by_phone, by_geodata)
    marks = {
        found: DIGITS[place // len(DIGITS)] + DIGITS[place % len(DIGITS)]
        for place, found in enumerate(sorted(set(cities.values())))
    }
    rows = (
        (city, names.province_of(city), ",".join(codes[city]), english[city], names.unmistakable(city))
        for city in codes
    )
    head = "city, province, area codes with the usual one first, English name, short name if unmistakable"
    write("cities.tsv", head, sorted("\t".join(row) for row in rows))
    named = (f"{mark}\t{'、'.join(found)}" for found, mark in marks.items())
    write("marks.tsv", "mark, city or cities", named)
    write(
        "prefixes.tsv",
        "four digits, a mark for each of the thousand prefixes so begun",
        blocks(cities, marks),
    )


if __name__ == "__main__":
    main()
