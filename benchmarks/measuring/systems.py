"""The systems that are measured: the service and its peers, each with the same data."""

import shutil
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlencode

from measuring.http import OK, fetch, get
from measuring.processes import memory_of, start, stop, wait_until
from measuring.queries import Query
from measuring.virtuoso import VIRTUOSO, configure, load

__all__ = ["SYSTEMS", "FspStore", "OxigraphStore", "System", "command", "is_installed"]

_HOST = "127.0.0.1"
_READY_SECONDS = 300.0


def command(name: str) -> str:
    """Return the path of a command: beside this Python, or on the path.

    Raises:
        FileNotFoundError: it is not installed.
    """
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is not installed.")
    return found


def is_installed(name: str) -> bool:
    """Return whether a command is there."""
    try:
        return bool(command(name))
    except FileNotFoundError:
        return False


class System(ABC):
    """One system on a port of its own.

    Args:
        name: how tables call it.
        port: port that it listens on.
        folder: folder for its files and its log; made if new.

    Attributes:
        needs: commands that must be installed.
        too_slow: names of queries that it takes more than a minute for, even when idle; they are not asked.
        load_seconds: time to load the data before the start, where that is a step of its own.
        start_seconds: time from starting the process to the first answer.
    """

    needs: tuple[str, ...] = ()
    too_slow: frozenset[str] = frozenset()
    path = "/query"
    parameters: ClassVar[dict[str, str]] = {}

    def __init__(self, name: str, port: int, folder: Path) -> None:
        self.name = name
        self.address = (_HOST, port)
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.load_seconds: float | None = None
        self.start_seconds = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, data: Path) -> None:
        """Load the data and start, and note how long each took."""
        begin = time.perf_counter()
        if self.prepare(data):
            self.load_seconds = time.perf_counter() - begin
        self.start(data)

    def start(self, data: Path) -> None:
        """Start with the data prepared, and note how long it took until the first answer."""
        begin = time.perf_counter()
        self._process = start(self.command(data), self.folder / "log.txt", self.folder)
        self.fill(data)
        wait_until(self._answers, self._process, self.folder / "log.txt", _READY_SECONDS)
        self.start_seconds = time.perf_counter() - begin

    def prepare(self, data: Path) -> bool:  # noqa: ARG002 - for those that load beforehand
        """Load the data before the start; return whether that was a step of its own."""
        return False

    @abstractmethod
    def command(self, data: Path) -> list[str | Path]:
        """Return the command that starts it."""

    def fill(self, data: Path) -> None:  # noqa: B027 - most have the data already
        """Load the data into the system that has been started."""

    def _answers(self) -> bool:
        target = self.target("SELECT ?thing WHERE { ?thing a <https://w3id.org/fsp/def#CaseStudy> } LIMIT 1")
        status, body = fetch(self.address, target, "text/csv")
        return status == OK and body.count(b"\n") > 1

    def target(self, query: str) -> str:
        """Return path and parameters of a query."""
        return f"{self.path}?{urlencode({'query': query, **self.parameters})}"

    def request(self, query: Query, text: str) -> bytes:
        """Return the bytes of a request."""
        return get(self.address, self.target(text), query.accept)

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process that was started."""
        if self._process is None:
            raise RuntimeError(f"{self.name} does not run.")
        return self._process

    def memory(self) -> int:
        """Return the memory of all its processes, in bytes."""
        return memory_of(self.process.pid)

    def stop(self) -> None:
        """End its processes."""
        if self._process:
            stop(self._process)
            self._process = None


class Fsp(System):
    """The service of this project, with the data in memory."""

    needs = ("fsp",)
    path = "/sparql"

    def command(self, data: Path) -> list[str | Path]:
        return [command("fsp"), "serve", "--port", str(self.address[1]), data]


class FspStore(Fsp):
    """The service of this project, with the data in a store on disk."""

    def prepare(self, data: Path) -> bool:
        """Load the data into a store on disk."""
        store = self.folder / "store"
        shutil.rmtree(store, ignore_errors=True)
        subprocess.run([command("fsp"), "load", data, "--store", store], check=True, capture_output=True)
        return True

    def command(self, data: Path) -> list[str | Path]:  # noqa: ARG002
        """Return the command that serves the store."""
        return [command("fsp"), "serve", "--port", str(self.address[1]), "--store", self.folder / "store"]


class Oxigraph(System):
    """The `oxigraph` server, with the data in memory."""

    needs = ("oxigraph",)

    def command(self, data: Path) -> list[str | Path]:  # noqa: ARG002
        return [command("oxigraph"), "serve", "--bind", f"{_HOST}:{self.address[1]}"]

    def fill(self, data: Path) -> None:
        wait_until(
            lambda: fetch(self.address, "/", "*/*")[0] == OK, self.process, self.folder / "log.txt", _READY_SECONDS
        )
        connection = HTTPConnection(*self.address, timeout=_READY_SECONDS)
        with data.open("rb") as body:
            headers = {"Content-Type": "application/n-triples", "Content-Length": str(data.stat().st_size)}
            connection.request("POST", "/store?default", body, headers)
            connection.getresponse().read()
        connection.close()


class OxigraphStore(System):
    """The `oxigraph` server in its read-only mode, with the data in a store on disk."""

    needs = ("oxigraph",)

    def prepare(self, data: Path) -> bool:
        """Load the data into a store on disk."""
        store = self.folder / "store"
        shutil.rmtree(store, ignore_errors=True)
        subprocess.run(
            [command("oxigraph"), "load", "--location", store, "--file", data], check=True, capture_output=True
        )
        return True

    def command(self, data: Path) -> list[str | Path]:  # noqa: ARG002
        """Return the command that serves the store."""
        address = f"{_HOST}:{self.address[1]}"
        return [command("oxigraph"), "serve-read-only", "--location", self.folder / "store", "--bind", address]


class RdflibEndpoint(System):
    """rdflib-endpoint, with the data in rdflib's memory."""

    needs = ("rdflib-endpoint",)
    too_slow = frozenset({"canned contracts", "canned cases"})
    path = "/"

    def command(self, data: Path) -> list[str | Path]:
        return [command("rdflib-endpoint"), "serve", "--host", _HOST, "--port", str(self.address[1]), data]


class Virtuoso(System):
    """Virtuoso, with memory for all of the data."""

    needs = VIRTUOSO
    path = "/sparql"
    parameters: ClassVar[dict[str, str]] = {"default-graph-uri": "https://w3id.org/fsp/graph/benchmark"}

    def prepare(self, data: Path) -> bool:
        configure(self.folder, self.address[1], data)
        self._process = start(self.command(data), self.folder / "log.txt", self.folder)
        load(self.folder, self.address[1], data, self.parameters["default-graph-uri"], self._process)
        self.stop()
        return True

    def command(self, data: Path) -> list[str | Path]:  # noqa: ARG002
        return [command("virtuoso-t"), "+foreground", "+configfile", self.folder / "virtuoso.ini"]


SYSTEMS: dict[str, Callable[[str, int, Path], System]] = {
    "fsp": Fsp,
    "oxigraph": Oxigraph,
    "oxigraph-disk": OxigraphStore,
    "rdflib-endpoint": RdflibEndpoint,
    "virtuoso": Virtuoso,
}
"""Every system of a run, by its name."""
