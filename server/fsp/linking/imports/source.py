"""A file to import: its bytes, read in bounded memory, and what goes wrong with them told in words."""

import gzip
import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, cast

import ijson

from fsp.errors import DataError

__all__ = ["LARGEST_RECORD", "Reader", "SourceFile"]

LARGEST_RECORD = 16 * 1024 * 1024
"""The most bytes of one record: what is larger is no record, and would fill the memory."""


class Reader:
    """A stream of a file's content, without a byte order mark, that refuses a record without an end.

    Args:
        raw: the file's bytes.
        name: the file's name.
        is_compressed: whether they are gzip.
        progress: called with each number of bytes read, as they lie on disk.
    """

    def __init__(self, raw: IO[bytes], name: str, *, is_compressed: bool, progress: Callable[[int], None]) -> None:
        self._stream = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if is_compressed else raw
        self._raw = raw
        self._name = name
        self._progress = progress
        self._at = 0
        self._since = 0
        self._is_first = True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        Raises:
            DataError: they are UTF-16, or a record is too large.
        """
        chunk = self._stream.read(size)
        if self._is_first and size:
            self._is_first = False
            if chunk.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise DataError(f"{self._name} is UTF-16: save it as UTF-8.", file=self._name)
            chunk = chunk.removeprefix(b"\xef\xbb\xbf") or self._stream.read(size)
        at = self._raw.tell()
        self._progress(at - self._at)
        self._at = at
        self._since += len(chunk)
        if self._since > LARGEST_RECORD:
            limit = LARGEST_RECORD // 1024 // 1024
            raise DataError(f"{self._name} holds a record of more than {limit} MiB: it is no data.", file=self._name)
        return chunk

    def record_ends(self) -> None:
        """Begin to count the bytes of another record."""
        self._since = 0


@dataclass(frozen=True)
class SourceFile:
    """A file to import.

    Attributes:
        path: where it lies.
        name: its path below what the files of one import share, with `/` between its parts.
    """

    path: Path
    name: str

    @contextmanager
    def open(self, progress: Callable[[int], None] = lambda _: None) -> Iterator[Reader]:
        """Open the file's content; what goes wrong meanwhile is a `DataError` that names the file.

        Raises:
            DataError: it cannot be read, or is not what it should be.
        """
        is_compressed = self.path.suffix.lower() == ".gz"
        try:
            with self.path.open("rb") as raw:
                yield Reader(raw, self.name, is_compressed=is_compressed, progress=progress)
        except ijson.JSONError as error:
            raise DataError(f"{self.name} is no JSON in UTF-8: {_reason(error)}.", file=str(self.path)) from error
        except UnicodeDecodeError as error:
            raise DataError(
                f"{self.name} is not UTF-8: byte {error.object[error.start]:#04x} is in no such text. Save it so; "
                "of a spreadsheet, as 'CSV UTF-8'.",
                file=str(self.path),
            ) from error
        except (ArithmeticError, SystemError, ValueError) as error:
            # What the parser raises for a number that Python does not read: of thousands of digits, or a huge exponent.
            raise DataError(
                f"{self.name} holds a number that is too large to be one: write it as a text, or mend it.",
                file=str(self.path),
            ) from error
        except (OSError, EOFError, zlib.error) as error:
            raise DataError(f"{self.name} cannot be read: {error}.", file=str(self.path)) from error

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the file's bytes, in lower-case hexadecimal."""
        try:
            with self.path.open("rb") as raw:
                return hashlib.file_digest(raw, "sha256").hexdigest()
        except OSError as error:
            raise DataError(f"{self.name} cannot be read: {error.strerror}.", file=str(self.path)) from error


def _reason(error: Exception) -> str:
    """Return the first line of the parser's text, without its own marks."""
    text = " ".join(str(part) for part in error.args if isinstance(part, str | bytes)) or str(error)
    line = text.removeprefix("b'").splitlines()[0] if text else "it ends early"
    return re.sub(r"^(parse|lexical) error: ", "", line).replace("\\n", " ").strip().rstrip(".")
