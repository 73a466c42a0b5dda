"""What files a dataset is made of, and the named graph that each of them is.

One rule holds for all: the graph of a file is `https://w3id.org/fsp/graph/` followed by the file's path below the
dataset's root, with its suffix. The root is the project's folder, or what the files that the caller names share.
"""

import gzip
import hashlib
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, cast
from urllib.parse import quote

import pyoxigraph as ox

from fsp.errors import DataError
from fsp.prefixes import GRAPH_IRI

__all__ = ["FORMATS", "Dataset", "DatasetFile", "dataset_of", "project_dataset", "project_folder"]

FORMATS: dict[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".n3": ox.RdfFormat.N3,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}
"""The format of a file by its suffix; `.gz` may follow."""

_PROJECT_PATTERNS: tuple[tuple[str, bool], ...] = (
    ("ontology/*.ttl", True),
    ("ontology/schemes/*.ttl", True),
    ("data/cases.ttl", True),
    ("data/links.ttl", True),
    ("data/dataset.ttl", False),
    ("data/imports/**/*.ttl", False),
    ("data/reviewed-links.ttl", False),
    ("data/registers/**/*.ttl", False),
    ("shapes/*.ttl", False),
)
"""The project's own files, and whether they are in the default graph."""


class _Counted:
    """A stream that tells how many bytes were read from it."""

    def __init__(self, stream: IO[bytes], progress: Callable[[int], None]) -> None:
        self._stream = stream
        self._progress = progress

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self._progress(len(chunk))
        return chunk


@dataclass(frozen=True)
class DatasetFile:
    """One file of a dataset.

    Attributes:
        path: where the file lies; for `content`, a name to show.
        name: its path below the dataset's root, with `/` between its parts.
        in_default_graph: whether its triples are also in the default graph; otherwise only `GRAPH` reaches them.
        content: its bytes, where they are made from other files instead of being read.
    """

    path: Path
    name: str
    in_default_graph: bool = True
    content: bytes | None = None

    @property
    def graph(self) -> str:
        """IRI of the named graph that holds the file; relative IRIs in the file resolve against it."""
        return GRAPH_IRI + quote(self.name)

    @property
    def format(self) -> ox.RdfFormat:
        """The format that the suffix names."""
        return FORMATS[_suffix(self.name)]

    @contextmanager
    def open(self, progress: Callable[[int], None] = lambda _: None) -> Iterator[IO[bytes]]:
        """Open the file's RDF, decompressed.

        Args:
            progress: called with each number of bytes read, as they lie on disk.
        """
        with self._open_raw() as raw:
            counted = cast("IO[bytes]", _Counted(raw, progress))
            yield cast("IO[bytes]", gzip.GzipFile(fileobj=counted)) if self.name.lower().endswith(".gz") else counted

    def _open_raw(self) -> IO[bytes]:
        return self.path.open("rb") if self.content is None else io.BytesIO(self.content)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the file's bytes, in hexadecimal."""
        with self._open_raw() as raw:
            return hashlib.file_digest(cast("io.BytesIO", raw), "sha256").hexdigest()


@dataclass(frozen=True)
class Dataset:
    """The files that are served together.

    Attributes:
        files: the files, sorted by the names of their graphs.
    """

    files: tuple[DatasetFile, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over graph names and files: the same for the same data, wherever it lies and in whatever order."""
        lines = sorted(f"{file.graph} {file.sha256} {file.in_default_graph}\n" for file in self.files)
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def default_graphs(self) -> tuple[str, ...] | None:
        """IRIs of the graphs whose union is the default graph; None where it is the union of all."""
        if all(file.in_default_graph for file in self.files):
            return None
        return tuple(file.graph for file in self.files if file.in_default_graph)


def project_folder() -> Path:
    """Return the folder that holds ontology, data, shapes and queries: in the wheel, or the checkout's own.

    Raises:
        DataError: neither is there.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "share", package.parent.parent):
        if (folder / "ontology").is_dir():
            return folder
    raise DataError("The project's own data is missing: install the package again.", file="ontology")


def project_dataset(made: Iterable[DatasetFile] = ()) -> Dataset:
    """Return the dataset that the project publishes.

    Args:
        made: files made from other files, such as the canned queries as RDF.
    """
    root = project_folder()
    files = {
        path: DatasetFile(path, path.relative_to(root).as_posix(), in_default_graph)
        for pattern, in_default_graph in _PROJECT_PATTERNS
        for path in root.glob(pattern)
    }
    return _sorted((*files.values(), *made))


def dataset_of(paths: Iterable[Path]) -> Dataset:
    """Return the dataset made of files and folders that a caller names; its default graph is the union of all.

    Args:
        paths: RDF files, and folders whose RDF files at any depth are taken. `.gz` may follow the suffix.

    Raises:
        DataError: one is missing, has an unknown suffix, or is a folder without any RDF file.
    """
    paths = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - a symbolic link keeps its own name
    for path in paths:
        if not path.exists():
            raise DataError(f"There is no file or folder {path.name}.", file=str(path))
    if not paths:
        raise DataError("No files were named.", file="")
    root = Path(os.path.commonpath([path if path.is_dir() else path.parent for path in paths]))
    found = {file for path in paths for file in _rdf_files(path)}
    return _sorted(DatasetFile(path, path.relative_to(root).as_posix()) for path in found)


def _rdf_files(path: Path) -> Iterator[Path]:
    """Yield the file itself, or the RDF files below a folder."""
    if not path.is_dir():
        if _suffix(path.name) not in FORMATS:
            raise DataError(
                f"{path.name}: the format is unknown. Known suffixes are {', '.join(FORMATS)}, and each with .gz.",
                file=str(path),
            )
        yield path
        return
    found = [
        file
        for file in path.rglob("*")
        if _suffix(file.name) in FORMATS
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
    ]
    if not found:
        raise DataError(f"The folder {path.name} holds no RDF file.", file=str(path))
    yield from found


def _suffix(name: str) -> str:
    """Return what names the format: the suffix, without a `.gz` after it."""
    return Path(name.lower().removesuffix(".gz")).suffix


def _sorted(files: Iterable[DatasetFile]) -> Dataset:
    return Dataset(tuple(sorted(files, key=lambda file: file.graph)))
