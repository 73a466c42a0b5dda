"""Measure the service beside its peers, in one run on one machine, and print what came out.

    python benchmarks/run.py                      10,000 cases, all systems that are installed: some six minutes
    python benchmarks/run.py --quick              fewer rounds: some two minutes
    python benchmarks/run.py --large              100,000 cases from a store on disk: start and canned queries

Everything listens on loopback, and every process that the run starts is ended by it.
"""

import argparse
import json
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from measuring.comparison import Plan, compare
from measuring.document import put_into
from measuring.large import measure_large
from measuring.systems import SYSTEMS

__all__ = ["main"]

_BEGIN = time.perf_counter()


def main() -> None:
    """Run the command."""
    arguments = _arguments()
    # To be ended is to leave by way of every `finally`, so that no system runs on.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as stack:
        folder = arguments.folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fsp-benchmark-")))
        folder.mkdir(parents=True, exist_ok=True)
        if arguments.large:
            markdown, values = measure_large(folder.resolve(), arguments.cases or 100_000, arguments.port, _say)
        else:
            plan = Plan(
                cases=arguments.cases or 10_000,
                systems=tuple(arguments.systems.split(",")),
                port=arguments.port,
                rounds=3 if arguments.quick else 10,
                seconds=1.0 if arguments.quick else 3.0,
                load_rounds=1 if arguments.quick else 2,
            )
            results = compare(plan, folder.resolve(), _say)
            markdown, values = results.to_markdown(), results.to_json()
    print(markdown)
    if arguments.json:
        arguments.json.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    if arguments.document:
        put_into(arguments.document, "large" if arguments.large else "peers", markdown)


def _say(text: str) -> None:
    """Tell what the run does now, and for how long it has run, apart from its results."""
    print(f"{time.perf_counter() - _BEGIN:5.0f} s  {text}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage="run.py [OPTIONS]"
    )
    parser.add_argument("--cases", type=int, help="number of cases (10,000; with --large 100,000)")
    parser.add_argument("--systems", default=",".join(SYSTEMS), help=f"systems to measure ({','.join(SYSTEMS)})")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, for a first look")
    parser.add_argument("--large", action="store_true", help="measure a store on disk instead")
    parser.add_argument("--port", type=int, default=9600, help="first of the twenty ports that are used (9600)")
    parser.add_argument("--folder", type=Path, help="folder for data, stores and logs, kept (a temporary one)")
    parser.add_argument("--json", type=Path, help="also write the results to this file, as JSON")
    parser.add_argument("--document", type=Path, help="also put the tables into this page, such as docs/performance.md")
    arguments = parser.parse_args()
    unknown = set(arguments.systems.split(",")) - set(SYSTEMS)
    if unknown:
        parser.error(f"--systems: unknown are {', '.join(sorted(unknown))}; known are {', '.join(SYSTEMS)}")
    return arguments


if __name__ == "__main__":
    main()
