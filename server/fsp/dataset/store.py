"""A dataset in a store on disk: built beside the former one, switched to when it is whole.

STORE/
├── current                the name of the load that is served
├── lock                   held by the one process that loads
└── load-20261122T101500-x7f3
├── about.json         digest, default graphs, files, versions; locked by whoever serves it
└── data/              pyoxigraph's own files
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from fsp.dataset.files import Dataset
from fsp.dataset.load import fill
from fsp.dataset.statistics import Statistics, count
from fsp.errors import DataError

__all__ = ["StoredDataset", "build_store", "open_data", "open_store"]

_CURRENT = "current"
_LOCK = "lock"
_PREFIX = "load-"
_ABOUT = "about.json"
_DATA = "data"


@dataclass(frozen=True, slots=True)
class StoredDataset:
    """A dataset in a store on disk.

    Attributes:
        data: the engine's files, for `open_data`.
        digest: SHA-256 of the dataset that was loaded.
        default_graphs: IRIs of the graphs whose union is the default graph; None where it is the union of all.
        statistics: counts of the dataset.
        files: name and SHA-256 of each file that was loaded.
        versions: of the package and of the engine that wrote it.
        loaded: when, as an ISO 8601 time in UTC.
        hold: keeps the data from being removed by a later load for as long as it is open.
    """

    data: Path
    digest: str
    default_graphs: tuple[str, ...] | None
    statistics: Statistics
    files: dict[str, str]
    versions: dict[str, str]
    loaded: str
    hold: IO[str]


def build_store(dataset: Dataset, store: Path, progress: Callable[[int], None] = lambda _: None) -> Statistics:
    """Load a dataset into a store on disk, all or nothing.

    Whatever ends the load early, the former data stay as they were. What a killed load left behind is removed, and so
    are former loads that nobody serves any more.

    Args:
        dataset: what to load.
        store: folder of the store; made where it does not exist.
        progress: called with each number of bytes read.

    Returns:
        Counts of what was loaded.

    Raises:
        DataError: a file cannot be read or parsed, the folder holds something else, or another load is running.
    """
    _check_folder(store)
    store.mkdir(parents=True, exist_ok=True)
    with _only_loader(store):
        _remove_unused(store)
        stamp = datetime.now(UTC)
        folder = store / f"{_PREFIX}{stamp:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        folder.mkdir()
        try:
            statistics = _write(dataset, folder, stamp, progress)
            _switch(store, folder.name)
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, OSError):
                raise DataError(f"{store.name} cannot be written: {error}.", file=str(store)) from error
            raise
        _remove_unused(store)
    return statistics


def open_store(store: Path) -> StoredDataset:
    """Return what a store holds now, and hold on to it.

    Raises:
        DataError: the folder is no store, or no load into it was finished.
    """
    while True:
        try:
            name = (store / _CURRENT).read_text(encoding="utf-8")
            hold = (store / name.strip() / _ABOUT).open(encoding="utf-8")
        except OSError as error:
            raise DataError(
                f"{store.name} is not a store: make one with `fsp load FILE… --store {store.name}`.", file=str(store)
            ) from error
        fcntl.flock(hold, fcntl.LOCK_SH)
        if (store / _CURRENT).read_text(encoding="utf-8") == name:
            about: dict[str, Any] = json.load(hold)
            about["default_graphs"] = None if about["default_graphs"] is None else tuple(about["default_graphs"])
            about["statistics"] = Statistics(**about["statistics"])
            return StoredDataset(data=store / name.strip() / _DATA, hold=hold, **about)
        hold.close()  # a load switched over in between


def _check_folder(store: Path) -> None:
    """Refuse to write among files that are not a store's."""
    if not store.exists():
        return
    if not store.is_dir() or any(
        entry.name not in {_CURRENT, _LOCK} and not entry.name.startswith((_PREFIX, f".{_CURRENT}"))
        for entry in store.iterdir()
    ):
        raise DataError(f"{store.name} holds other files: name a new or an empty folder.", file=str(store))


@contextmanager
def _only_loader(store: Path) -> Iterator[None]:
    """Hold the lock of the one process that loads; the system frees it when the process ends, however it ends."""
    with (store / _LOCK).open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataError(f"Another load into {store.name} is running: wait for its end.", file=str(store)) from error
        yield


def _write(dataset: Dataset, folder: Path, stamp: datetime, progress: Callable[[int], None]) -> Statistics:
    """Write data and description, and see them onto the disk."""
    data = ox.Store(folder / _DATA)
    fill(data, dataset, progress)
    data.optimize()
    data.flush()
    statistics = count(partial(_ask, data))
    del data  # closes the engine's files
    about = {
        "digest": dataset.digest,
        "default_graphs": dataset.default_graphs,
        "statistics": asdict(statistics),
        "files": {file.name: file.sha256 for file in dataset.files},
        "versions": {name: version(name) for name in ("fsp", "pyoxigraph")},
        "loaded": stamp.isoformat(timespec="seconds"),
    }
    (folder / _ABOUT).write_text(json.dumps(about, indent=2), encoding="utf-8")
    for path in (*folder.rglob("*"), folder):
        _sync(path)
    return statistics


def open_data(data: Path) -> ox.Store:
    """Open the engine's files of a store for reading; any number of processes can."""
    return ox.Store.read_only(str(data))


def _ask(data: ox.Store, query: str) -> list[Mapping[str, str]]:
    solutions = cast("ox.QuerySolutions", data.query(query))
    names = [variable.value for variable in solutions.variables]
    return [{name: solution[name].value for name in names} for solution in solutions]


def _switch(store: Path, name: str) -> None:
    """Name another load as the current one, in one step (POSIX `rename` replaces atomically)."""
    new = store / f".{_CURRENT}"
    new.write_text(name + "\n", encoding="utf-8")
    _sync(new)
    new.replace(store / _CURRENT)
    _sync(store)


def _remove_unused(store: Path) -> None:
    """Remove loads that are neither current nor served by anyone."""
    current = store / _CURRENT
    keep = current.read_text(encoding="utf-8").strip() if current.exists() else ""
    for folder in store.glob(f"{_PREFIX}*"):
        if folder.name != keep and not _is_served(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_served(folder: Path) -> bool:
    try:
        with (folder / _ABOUT).open(encoding="utf-8") as about:
            fcntl.flock(about, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
