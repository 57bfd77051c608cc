"""Check the project against its own rules; exit code 1 and one line for each breach."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.structure import exceptions, exchanges, names, shared, sizes, texts, waiting
from tests.structure.project import ROOT, Breach, sources


def find_breaches(root: Path = ROOT) -> Iterator[Breach]:
    """Yield what breaks any rule and is not a listed exception."""
    project = list(sources(root))
    listed = exceptions.read_listed(root)
    for source in project:
        for rule in (sizes, names, waiting, shared):
            for breach in rule.find_breaches(source):
                if (breach.rule, breach.path) not in listed:
                    yield breach
    yield from exceptions.find_breaches(root, project)
    yield from texts.find_breaches(root, project)
    yield from exchanges.find_breaches(root, project)


def main() -> int:
    """Print every breach; return the exit code."""
    breaches = sorted(set(find_breaches()))
    for breach in breaches:
        sys.stdout.write(f"{breach}\n")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
