"""Measure validation: the whole graph beside pySHACL alone, and one new case beside graphs of two sizes.

    python benchmarks/validation.py                    10,000 cases: some fifteen minutes, nearly all of them pySHACL's
    python benchmarks/validation.py --patience 7200    the same, and two hours for pySHACL, which then may be done
    python benchmarks/validation.py --cases 500        the same with fewer

A few lines of the data are spoilt, so that there is something to find. Exits with 1 where the results differ.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from generate import triples
from measuring.machine import disturbance, machine
from measuring.validation import Measured, load_cases, measure_new_cases, measure_whole, with_faults

__all__ = ["main"]

_FEWER = 10
"""How many times fewer cases the smaller data set has."""


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n")[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=10_000, help="number of cases")
    parser.add_argument("--new", type=int, default=21, help="number of new cases, each checked by itself")
    parser.add_argument(
        "--patience", type=float, default=600, help="seconds for pySHACL over the whole graph; 0 leaves it out"
    )
    arguments = parser.parse_args()
    print(", ".join(machine().values()), disturbance())
    rows = []
    with tempfile.TemporaryDirectory(prefix="fsp-benchmark-") as folder:
        for cases in (max(1, arguments.cases // _FEWER), arguments.cases):
            path = Path(folder) / f"{cases}.nt"
            lines = with_faults(triples(cases), random.Random(cases))  # noqa: S311 - repeatable, not secret
            path.write_text("".join(lines), encoding="utf-8")
            published = load_cases(path)
            new = measure_new_cases(published, cases, arguments.new)
            rows.append((measure_whole(published, cases, arguments.patience), new))
            print(_row(*rows[-1]), flush=True)
    (_, new_small), (large, new_large) = rows
    print(f"\nOne new case: {new_large / new_small:.2f} times as long beside ten times as many cases,")
    print(f"and {new_large / large.whole:.4f} of what the whole graph takes.")
    if large.pyshacl is not None:
        least = "" if large.is_same is not None else "more than "
        print(f"The whole graph: {least}{large.pyshacl / large.whole:.0f} times pySHACL's speed.")
    if any(one.is_same is False for one, _ in rows):
        sys.exit("The results differ from pySHACL's.")


def _row(one: Measured, new: float) -> str:
    beside = ""
    if one.pyshacl is not None:
        same = "stopped before it was done" if one.is_same is None else f"same results: {one.is_same}"
        beside = f"; pySHACL {one.pyshacl:.1f} s, {same}"
    return (
        f"{one.cases:,} cases, {one.triples:,} triples: a new case {new * 1000:.0f} ms (median); "
        f"the whole graph {one.whole:.1f} s, {one.results} results{beside}"
    )


if __name__ == "__main__":
    main()
