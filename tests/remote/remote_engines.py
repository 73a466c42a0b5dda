"""Engines of other makers, run for real: what the tests start, load and stop."""

import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from support import free_port

__all__ = ["ENGINES", "Engine"]

_VIRTUOSO_SETTINGS = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = /dev/stderr
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
ServerThreads = 20
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CheckpointInterval = 0
DirsAllowed = {folder}

[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerThreads = 10

[SPARQL]
ResultSetMaxRows = 10000000
"""


@dataclass(frozen=True)
class Engine:
    """An engine that runs.

    Attributes:
        name: which one.
        endpoint: address of its SPARQL endpoint.
    """

    name: str
    endpoint: str


@contextmanager
def _process(command: list[str], ready: str, folder: Path) -> Iterator[None]:
    """Run a server until the block ends, which begins when the server says that it is ready."""
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = _read_until(ready, process.stderr)
            if ready not in said:
                pytest.fail(f"{command[0]} did not start:\n{said}")
            # Its later words would fill the pipe and stop it.
            threading.Thread(target=process.stderr.read, daemon=True).start()
            yield
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def _read_until(ready: str, stream: IO[str]) -> str:
    said = ""
    for line in stream:
        said += line
        if ready in line:
            break
    return said


@contextmanager
def oxigraph(folder: Path, quads: Path) -> Iterator[Engine]:
    """Run the `oxigraph` server over a file of N-Quads."""
    program = shutil.which("oxigraph", path=Path(sys.executable).parent)
    assert program, "the development dependency oxigraph is not installed"
    store = str(folder / "store")
    subprocess.run([program, "load", "--location", store, "--file", quads], check=True, capture_output=True)
    address = f"127.0.0.1:{free_port()}"
    command = [program, "serve-read-only", "--location", store, "--bind", address]
    with _process(command, "Listening for requests", folder):
        yield Engine("oxigraph", f"http://{address}/query")


@contextmanager
def virtuoso(folder: Path, quads: Path) -> Iterator[Engine]:
    """Run Virtuoso over a file of N-Quads, loaded by its own bulk loader."""
    program, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if not program or not isql:
        pytest.skip("Virtuoso is not installed (Debian's package virtuoso-opensource)")
    shutil.copy(quads, folder / "data.nq")
    http_port, sql_port = free_port(), free_port()
    settings = _VIRTUOSO_SETTINGS.format(folder=folder, http_port=http_port, sql_port=sql_port)
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    statements = f"ld_dir('{folder}', 'data.nq', 'urn:unused'); rdf_loader_run();"
    with _process([program, "+foreground", "+configfile", "virtuoso.ini"], "Server online at", folder):
        load = [isql, f"127.0.0.1:{sql_port}", "dba", "dba", "VERBOSE=OFF", f"EXEC={statements}"]
        subprocess.run(load, check=True, capture_output=True)
        yield Engine("virtuoso", f"http://127.0.0.1:{http_port}/sparql")


ENGINES: dict[str, Callable[[Path, Path], "contextmanager[Engine]"]] = {"oxigraph": oxigraph, "virtuoso": virtuoso}  # type: ignore[dict-item]
"""How to run each engine, by its name."""
