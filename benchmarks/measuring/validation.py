"""How long validation takes: a whole graph beside pySHACL, and one new case beside graphs of several sizes."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from typing import TypeVar

from fsp.dataset.files import Dataset, DatasetFile, project_dataset
from fsp.validation.check import check
from fsp.validation.engine import DataGraph, shacl_report
from fsp.validation.published import Published
from fsp.validation.report import Result, read_results
from fsp.validation.validate import validate_published
from generation.cases import CaseWriter

__all__ = ["Measured", "load_cases", "measure_new_cases", "measure_whole", "with_faults"]

_Result = TypeVar("_Result")
_NEW = 1_000_000
"""Number of the first new case, beyond those of any data set."""
_ONE_FAULT_IN = 2000
"""Lines of a data set for one that is spoilt: a fault in about one case of a hundred."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured over one data set.

    Attributes:
        cases: its cases.
        triples: its triples, the ontology's with them.
        whole: seconds for the whole graph.
        results: results that it gave.
        pyshacl: seconds that pySHACL takes for it alone; None where it was not asked.
        is_same: whether both gave the same results; None where pySHACL gave none, as it was stopped.
    """

    cases: int
    triples: int
    whole: float
    results: int
    pyshacl: float | None
    is_same: bool | None


def with_faults(lines: Iterator[str], random: Random) -> Iterator[str]:
    """Yield lines of N-Triples, of which a few are left out, or have another value."""
    for line in lines:
        if random.random() * _ONE_FAULT_IN >= 1:
            yield line
        elif random.random() < 0.5 and "/scheme/" in line:  # noqa: PLR2004 - half of them
            yield line.replace("/scheme/", "/scheme/no-such-")


def load_cases(path: Path) -> Published:
    """Return a data set as what is published, prepared."""
    project = project_dataset()
    own = tuple(file for file in project.files if not file.name.startswith("data/"))
    published = Published.load(Dataset((*own, DatasetFile(path, "data/cases.nt"))))
    published.prepare()
    return published


def measure_whole(published: Published, cases: int, patience: float) -> Measured:
    """Measure the validation of all that is published.

    Args:
        published: the data set; what is kept of it from check to check is made already.
        cases: its cases.
        patience: seconds that pySHACL may take to do the same alone; 0 leaves it out.
    """
    seconds, report = _timed(lambda: validate_published(published))
    pyshacl, is_same = None, None
    if patience:
        pyshacl, results = _timed(lambda: _alone(published, patience))
        is_same = None if results is None else results == set(report.results)
    return Measured(cases, len(published.graph), seconds, len(report.results), pyshacl, is_same)


def _alone(published: Published, patience: float) -> set[Result] | None:
    """Return pySHACL's own results; None where they take too long, and it is stopped."""
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def work() -> None:
        data = DataGraph([*published.graph, *published.ontology])
        theirs.send(set(read_results(shacl_report(data, published.shapes), published.shapes)))

    process = context.Process(target=work)
    process.start()
    try:
        results: set[Result] | None = ours.recv() if ours.poll(patience) else None
        return results
    finally:
        process.kill()
        process.join()


def measure_new_cases(published: Published, cases: int, count: int) -> float:
    """Return the median seconds for the check of one new case: reading it, SHACL, and everything beside.

    Args:
        published: the data set.
        cases: its cases.
        count: how many new cases, each checked by itself.
    """
    seconds = []
    for number in range(count):
        file = _new_case(number, cases)
        taken, report = _timed(partial(check, [file], published))
        if not report.conforms:
            raise ValueError(f"The new case {number} does not conform: {report.findings[:1]}")
        seconds.append(taken)
    return median(seconds)


def _new_case(number: int, cases: int) -> DatasetFile:
    writer = CaseWriter(Random(_NEW + number), cases)  # noqa: S311 - repeatable, not secret
    writer.begin_source(_NEW + number)
    lines = [*writer.case(_NEW + number), *writer.end_source()]
    return DatasetFile(Path("new.nt"), "new.nt", content="".join(lines).encode())


def _timed(call: Callable[[], _Result]) -> tuple[float, _Result]:
    started = time.perf_counter()
    result = call()
    return time.perf_counter() - started, result
