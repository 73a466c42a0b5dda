"""Virtuoso's settings and its bulk loader."""

import shutil
import subprocess
from pathlib import Path

from measuring.processes import wait_until

__all__ = ["VIRTUOSO", "configure", "load"]

VIRTUOSO = ("virtuoso-t", "isql-vt")
"""The commands that it needs."""

_SETTINGS = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
DirsAllowed = {data}
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
MaxQueryMem = 2G
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerRoot = {folder}
ServerThreads = 20
MaxClientConnections = 20
MaxKeepAlives = 20
KeepAliveTimeout = 60
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 120
"""
"""Buffers for 2.7 GB, as its manual advises for a machine of 4 GB: all data of the benchmark stay in memory."""


def configure(folder: Path, http_port: int, data: Path) -> None:
    """Write the settings for an empty database in a folder; its SQL port is the HTTP port and one."""
    for old in folder.glob("virtuoso*"):
        old.unlink()
    settings = _SETTINGS.format(folder=folder, data=data.parent, http_port=http_port, sql_port=http_port + 1)
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")


def load(folder: Path, http_port: int, data: Path, graph: str, process: subprocess.Popen[bytes]) -> None:
    """Load a file into a graph of a running database, and write it to disk."""
    isql = [shutil.which("isql-vt") or "isql-vt", f"127.0.0.1:{http_port + 1}", "dba", "dba", "ERRORS=STDOUT"]

    def answers() -> bool:
        return subprocess.run([*isql, "EXEC=status();"], check=False, capture_output=True).returncode == 0

    wait_until(answers, process, folder / "log.txt", 60)
    statements = f"ld_dir('{data.parent}', '{data.name}', '{graph}'); rdf_loader_run(); checkpoint;"
    subprocess.run([*isql, f"EXEC={statements}"], check=True, capture_output=True)
