"""Stores on disk: all or nothing, one at a time, and never taken from under whoever serves them."""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from fsp.dataset.files import Dataset, DatasetFile
from fsp.dataset.store import build_store, open_store
from fsp.errors import DataError


def dataset(number: int) -> Dataset:
    """Return a dataset of one triple."""
    return Dataset((DatasetFile(Path("a"), "a.ttl", content=f"<http://x/s> <http://x/p> {number} .".encode()),))


BROKEN = Dataset((DatasetFile(Path("a"), "a.ttl", content=b"<http://x/s> <http://x/p> 1 .\nnonsense"),))


def numbers(store: Path) -> list[str]:
    """Return the objects that a store holds now."""
    stored = open_store(store)
    with stored.hold:
        quads = ox.Store.read_only(str(stored.data)).quads_for_pattern(None, None, None, ox.DefaultGraph())
        return [quad.object.value for quad in quads]  # type: ignore[union-attr]


def loads(store: Path) -> list[str]:
    """Return the names of the loads that lie in a store."""
    return sorted(path.name for path in store.glob("load-*"))


def test_a_store_holds_the_data_and_says_what_it_is(tmp_path: Path) -> None:
    """Digest, graphs, files, counts and versions are recorded beside the data."""
    store = tmp_path / "store"
    statistics = build_store(dataset(1), store)
    stored = open_store(store)
    with stored.hold:
        assert stored.digest == dataset(1).digest
        assert stored.default_graphs is None
        assert stored.files == {"a.ttl": dataset(1).files[0].sha256}
        assert stored.statistics == statistics
        assert sorted(stored.versions) == ["fsp", "pyoxigraph"]
    assert statistics.named_graphs == {"https://w3id.org/fsp/graph/a.ttl": 1}
    assert numbers(store) == ["1"]


def test_a_new_load_takes_the_place_of_the_former(tmp_path: Path) -> None:
    """It does not add to it, and the former data go once nobody serves them."""
    build_store(dataset(1), tmp_path)
    build_store(dataset(2), tmp_path)
    assert numbers(tmp_path) == ["2"]
    assert len(loads(tmp_path)) == 1


def test_a_load_that_fails_leaves_the_former_store_as_it_was(tmp_path: Path) -> None:
    """A syntax error in a file changes nothing and leaves nothing behind."""
    build_store(dataset(1), tmp_path)
    before = loads(tmp_path)
    with pytest.raises(DataError):
        build_store(BROKEN, tmp_path)
    assert loads(tmp_path) == before
    assert numbers(tmp_path) == ["1"]


def test_a_load_that_is_killed_leaves_the_former_store_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    """Even SIGKILL in the middle of a load is harmless."""
    build_store(dataset(1), tmp_path)
    before = loads(tmp_path)
    killed = (
        "import os, signal\n"
        "from pathlib import Path\n"
        "from fsp.dataset.files import Dataset, DatasetFile\n"
        "from fsp.dataset.store import build_store\n"
        "data = Dataset((DatasetFile(Path('a'), 'a.ttl', content=b'<http://x/s> <http://x/p> 2 .'),))\n"
        f"build_store(data, Path({str(tmp_path)!r}), progress=lambda size: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    ended = subprocess.run([sys.executable, "-c", killed], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len(loads(tmp_path)) == 2
    assert numbers(tmp_path) == ["1"]
    build_store(dataset(3), tmp_path)
    assert numbers(tmp_path) == ["3"]
    assert set(loads(tmp_path)).isdisjoint(before)
    assert len(loads(tmp_path)) == 1


def test_a_load_without_room_says_so_and_leaves_the_former_store_as_it_was(tmp_path: Path) -> None:
    """No file may grow beyond a thousand bytes, as on a disk that is full."""
    build_store(dataset(1), tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(DataError, match=f"{tmp_path.name} cannot be written: .*large"):
            build_store(dataset(2), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert numbers(tmp_path) == ["1"]
    assert len(loads(tmp_path)) == 1


def test_a_load_keeps_the_data_that_are_being_served(tmp_path: Path) -> None:
    """A service goes on with the data that it opened, until it ends."""
    build_store(dataset(1), tmp_path)
    served = open_store(tmp_path)
    build_store(dataset(2), tmp_path)
    assert served.data.is_dir()
    served.hold.close()
    build_store(dataset(3), tmp_path)
    assert not served.data.exists()


def test_two_loads_at_once_are_refused(tmp_path: Path) -> None:
    """The second is told so; it does not wait, and does not disturb the first."""
    caught: list[str] = []

    def load_again(_size: int) -> None:
        if not caught:
            with pytest.raises(DataError) as error:
                build_store(dataset(2), tmp_path / "store")
            caught.append(str(error.value))

    build_store(dataset(1), tmp_path / "store", progress=load_again)
    assert caught == ["Another load into store is running: wait for its end."]
    assert numbers(tmp_path / "store") == ["1"]


def test_a_folder_with_other_files_is_not_taken_for_a_store(tmp_path: Path) -> None:
    """Nobody's files are mixed with a store's, and a folder that is none is not served."""
    (tmp_path / "thesis.odt").write_bytes(os.urandom(8))
    with pytest.raises(DataError, match="holds other files"):
        build_store(dataset(1), tmp_path)
    with pytest.raises(DataError, match="is not a store"):
        open_store(tmp_path)
