"""The limit in one process: pyoxigraph evaluates a query and serialises the answer, and nothing else happens.

Started as a process of its own, it loads a file and then answers each line of input, a JSON object with `query` and
`accept`, by a line with the seconds it took and the size of the answer in bytes.
"""

import gc
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyoxigraph as ox

from measuring.processes import memory_of
from measuring.queries import Query

__all__ = ["InProcess", "answer_lines"]

_SOLUTION_FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "text/csv": ox.QueryResultsFormat.CSV,
}


class InProcess:
    """The limit, asked like a system."""

    name = "limit"

    def __init__(self, data: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "measuring.limit", data.resolve()],
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.start_seconds = float(self._line())

    def ask(self, query: Query, text: str) -> tuple[float, int]:
        """Return the seconds that a query took, and the size of its answer in bytes."""
        assert self._process.stdin is not None  # noqa: S101 - tells the type checker about the pipe
        self._process.stdin.write(json.dumps({"query": text, "accept": query.accept}) + "\n")
        self._process.stdin.flush()
        seconds, size = self._line().split()
        return float(seconds), int(size)

    def _line(self) -> str:
        assert self._process.stdout is not None  # noqa: S101 - as above
        return self._process.stdout.readline()

    def memory(self) -> int:
        """Return the memory of the process, in bytes."""
        return memory_of(self._process.pid)

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.communicate()


def answer_lines(data: Path) -> None:
    """Load a file and answer the lines of standard input."""
    start = time.perf_counter()
    store = ox.Store()
    # Loading in a thread of its own leaves the allocator's fragments with that thread: queries are then quicker.
    loader = threading.Thread(target=lambda: store.bulk_load(path=data))
    loader.start()
    loader.join()
    gc.freeze()
    print(time.perf_counter() - start, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        start = time.perf_counter()
        results = store.query(asked["query"])
        if isinstance(results, ox.QueryTriples):
            body = results.serialize(format=ox.RdfFormat.TURTLE) or b""
        else:
            body = results.serialize(format=_SOLUTION_FORMATS[asked["accept"]]) or b""
        print(time.perf_counter() - start, len(body), flush=True)


if __name__ == "__main__":
    answer_lines(Path(sys.argv[1]))
