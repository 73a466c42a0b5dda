"""A source text, and the passages of it that citations point to."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fsp.errors import DataError

__all__ = ["Passage", "SourceText", "load_source"]

_SENTENCE_END = re.compile(r"[.!?][)\u2019\u201d\"']*\s+(?=[^\sa-z])")
_EDGES = re.compile(r"^[\s*\u2022\u00b7\u2013-]+|\s+$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a source text.

    Attributes:
        start: code points of the text before it.
        end: code points of the text up to its end.
        text: the words.
    """

    start: int
    end: int
    text: str

    @property
    def sha256(self) -> str:
        """SHA-256 of the passage's UTF-8 bytes, in lower-case hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that citations point into.

    Attributes:
        text: the whole text.
        sha256: SHA-256 of its bytes, in lower-case hexadecimal.
    """

    text: str
    sha256: str

    def passage(self, start: int, end: int) -> Passage:
        """Return the passage between two offsets, counted in code points.

        Raises:
            ValueError: there is no such passage.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"There is no passage from {start} to {end} in a text of {len(self.text)} characters.")
        return Passage(start, end, self.text[start:end])

    def sentences(self) -> Iterator[Passage]:
        """Yield the sentences, in order: each line is a heading, a paragraph or an item, and holds one or more."""
        for line in re.finditer(r"[^\n]+", self.text):
            start = line.start()
            for end in (*(line.start() + found.end() for found in _SENTENCE_END.finditer(line[0])), line.end()):
                sentence = self._trimmed(start, end)
                if sentence is not None:
                    yield sentence
                start = end

    def _trimmed(self, start: int, end: int) -> Passage | None:
        """Return the stretch without white space and bullets at its ends; None where nothing is left."""
        raw = self.text[start:end]
        left = _EDGES.match(raw)
        start += left.end() if left else 0
        end -= len(raw) - len(raw.rstrip())
        return self.passage(start, end) if start < end else None


def load_source(path: Path) -> SourceText:
    """Read a source text: bytes decoded as UTF-8, with no-break spaces and line ends as they are.

    Raises:
        DataError: the file cannot be read, is empty, or is not UTF-8.
    """
    try:
        content = path.read_bytes()
        text = content.decode("utf-8")
    except OSError as error:
        raise DataError(f"{path.name} cannot be read: {error.strerror}.", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} is not UTF-8: byte {error.start} does not fit.", file=str(path)) from error
    if not text.strip():
        raise DataError(f"{path.name} is empty.", file=str(path))
    return SourceText(text=text, sha256=hashlib.sha256(content).hexdigest())
