"""How much a query may use: one place for every limit and its default."""

import os
from dataclasses import dataclass, field

__all__ = ["Limits"]

_MIB = 1 << 20


def _default_workers() -> int:
    """Twice the processors that this process may use, so that a cheap query finds a worker beside costly ones."""
    return max(4, min(16, 2 * len(os.sched_getaffinity(0))))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use before it is ended. The defaults suit a public server of two processors and 4 GB.

    Attributes:
        timeout: seconds from the start of the evaluation to the last byte of the answer.
        memory: bytes that a worker may use beside the data that it holds.
        result: bytes of one answer, before compression.
        query: bytes of a query's text in UTF-8.
        nesting: brackets, braces and groups inside one another.
        chain: operators or patterns that follow one another in one group, as in `a || b || c`.
        workers: queries that are evaluated at the same time, however long they take.
        spare: workers beside those, for short queries.
        long: seconds after which a query is a long one: while others wait, at most `workers` of these go on, and others
            give way, to be asked again when there is a place for them.
        queue: queries that wait for a worker; one more is turned away.
        queue_wait: seconds that a query waits for a worker.
    """

    timeout: float = 60.0
    memory: int = 512 * _MIB
    result: int = 1024 * _MIB
    query: int = _MIB // 2
    nesting: int = 200
    chain: int = 2000
    workers: int = field(default_factory=_default_workers)
    spare: int = 2
    long: float = 0.05
    queue: int = 64
    queue_wait: float = 10.0
