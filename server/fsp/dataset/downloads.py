"""The whole dataset as files to download: each is made once, when it is first asked for, with its digest."""

import gzip
import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO
from uuid import uuid4

from fsp.dataset.export import EXPORT_FORMATS

__all__ = ["NAMES", "Download", "Downloads", "WriteDataset"]

WriteDataset = Callable[[IO[bytes], str], None]
"""Writes the whole dataset to a stream, in one of `EXPORT_FORMATS`."""

NAMES = tuple(f"fsp.{name}{compression}" for name in EXPORT_FORMATS for compression in ("", ".gz"))
"""The files that there are."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to download.

    Attributes:
        name: of the file.
        path: where it lies.
        size: its bytes.
        sha256: its digest, in hexadecimal.
    """

    name: str
    path: Path
    size: int
    sha256: str


class Downloads:
    """The files of one dataset.

    Args:
        write: writes the dataset.
    """

    def __init__(self, write: WriteDataset) -> None:
        self._write = write
        self._lock = Lock()
        self._made: dict[str, Download] = {}
        self._folder: Path | None = None

    def get(self, name: str) -> Download:
        """Return a file, which is made where it is not there yet.

        Args:
            name: one of `NAMES`.

        Raises:
            FspError: the dataset cannot be written; nothing of the file is then left.
        """
        with self._lock:
            if name not in self._made:
                plain = name.removesuffix(".gz")
                if plain not in self._made:
                    self._made[plain] = self._make(plain, plain)
                if name != plain:
                    self._made[name] = _compress(self._made[plain], name)
            return self._made[name]

    def known(self, name: str) -> Download | None:
        """Return a file if it was made already."""
        return self._made.get(name)

    def fresh(self, name: str) -> Download:
        """Return a file that is made anew, for data that may change at any time; the caller removes it.

        Raises:
            FspError: as `get`.
        """
        plain = name.removesuffix(".gz")
        made = self._make(plain, f"{uuid4().hex}-{plain}")
        if name == plain:
            return made
        compressed = _compress(made, name)
        made.path.unlink()
        return compressed

    def _make(self, name: str, file_name: str) -> Download:
        path = self._own_folder() / file_name
        try:
            with path.open("wb") as stream:
                self._write(stream, name.removeprefix("fsp."))
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return _described(name, path)

    def _own_folder(self) -> Path:
        """Return a folder that is removed with this object."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="fsp-download-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder


def _compress(download: Download, name: str) -> Download:
    """Return a file compressed by gzip, without time and name in it: the same bytes give the same file."""
    path = download.path.with_name(f"{download.path.name}.gz")
    with (
        download.path.open("rb") as source,
        path.open("wb") as target,
        gzip.GzipFile(filename="", mode="wb", fileobj=target, mtime=0) as compressed,
    ):
        shutil.copyfileobj(source, compressed)
    return _described(name, path)


def _described(name: str, path: Path) -> Download:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Download(name, path, path.stat().st_size, digest)
