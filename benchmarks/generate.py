"""Write a data set of any number of made-up cases that obeys the project's shapes.

    python benchmarks/generate.py --cases 10000 --output cases.nt.gz

The cases resemble those of data/cases.ttl: the same classes and properties, every thing with its citations, and
organisations, places, periods and services shared among cases. Most cases are told in brief, some at length. The same
number and seed give the same bytes. Nothing is kept in memory but which of the shared things have been written.
"""

import argparse
import gzip
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from generation.cases import CaseWriter

__all__ = ["generate", "main", "triples"]

_CASES_IN_A_SOURCE = 1000
"""Cases that one made-up source text tells of."""
_LINES_AT_ONCE = 10_000


def triples(cases: int, seed: int = 1) -> Iterator[str]:
    """Yield the data set as N-Triples, the lines of one case after the other.

    Args:
        cases: number of cases.
        seed: seed of the random numbers.
    """
    writer = CaseWriter(random.Random(seed), cases)  # noqa: S311 - repeatable, not secret
    for number in range(cases):
        if number % _CASES_IN_A_SOURCE == 0:
            writer.begin_source(number // _CASES_IN_A_SOURCE)
        yield from writer.case(number)
        if (number + 1) % _CASES_IN_A_SOURCE == 0 or number + 1 == cases:
            yield from writer.end_source()


def generate(cases: int, output: Path, seed: int = 1) -> int:
    """Write the data set to a file, compressed if its name ends in `.gz`.

    Returns:
        The number of lines: of triples, where a few stand twice.
    """
    count = 0
    with _open(output) as stream:
        lines: list[str] = []
        for line in triples(cases, seed):
            lines.append(line)
            count += 1
            if len(lines) == _LINES_AT_ONCE:
                stream.write("".join(lines).encode())
                lines.clear()
        stream.write("".join(lines).encode())
    return count


def _open(output: Path) -> IO[bytes]:
    if output.suffix == ".gz":
        # Neither a name nor a time in the header: the same data are the same bytes.
        return gzip.GzipFile(filename="", fileobj=output.open("wb"), mode="wb", compresslevel=1, mtime=0)  # type: ignore[return-value]
    return output.open("wb")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n")[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=10_000, help="number of cases")
    parser.add_argument("--output", type=Path, default=Path("cases.nt.gz"), help="file to write: .nt or .nt.gz")
    parser.add_argument("--seed", type=int, default=1, help="seed of the random numbers")
    arguments = parser.parse_args()
    if arguments.cases < 1:
        parser.error("--cases must be 1 or more")
    if not arguments.output.name.endswith((".nt", ".nt.gz")):
        parser.error("--output must end in .nt or .nt.gz")
    count = generate(arguments.cases, arguments.output, arguments.seed)
    sys.stdout.write(f"{arguments.output}: {arguments.cases:,} cases, {count:,} triples\n")


if __name__ == "__main__":
    main()
