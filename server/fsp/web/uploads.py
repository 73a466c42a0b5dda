"""Turn what a request carries into files to check: bounded in size, with the format told or found."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from flask import Request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from fsp.dataset.files import FORMATS, DatasetFile
from fsp.errors import InputError, ParameterError, TooLargeError
from fsp.validation.inputs import INPUT_FORMATS, TABLE_SUFFIXES, pasted

__all__ = ["FORMS", "MEDIA_TYPES", "PASTE_FORMATS", "read_body", "read_files", "read_pasted"]

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
"""The media types of the page's own forms."""

MEDIA_TYPES: dict[str, str] = {
    "text/turtle": "turtle",
    "application/x-turtle": "turtle",
    "application/trig": "trig",
    "application/n-triples": "ntriples",
    "application/n-quads": "nquads",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/json": "jsonld",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
"""What a body can be, by its media type: the names of `INPUT_FORMATS`."""

PASTE_FORMATS = tuple(name for name in INPUT_FORMATS if name not in {"xlsx", "csv"})
"""What pasted text can be."""

_SUFFIXES = (*(suffix for suffix in FORMATS if suffix != ".n3"), *TABLE_SUFFIXES)
_MOST_FILES = 50
_LONGEST_NAME = 100
_GZIP = 16 + zlib.MAX_WBITS
_QUAD = re.compile(
    r"""(?m)^(<[^>]*>|_:\S+)\s+<[^>]*>\s+(<[^>]*>|_:\S+|"([^"\\]|\\.)*"\S*)\s+(<[^>]*>|_:\S+)\s*\.\s*$"""
)
_GRAPH = re.compile(r"(?mi)^\s*(graph\s+)?(<[^<>\"{}|^`\\\s]*>|[\w-]*:[\w/-]*)?\s*\{")


def read_body(request: Request, limit: int) -> DatasetFile:
    """Return the body of a request as a file: its format is what `Content-Type` says.

    Args:
        request: the request, whose body is no form.
        limit: the most bytes that are read, before and after decompression.

    Raises:
        InputError: the body is empty, or its compression is damaged.
        TooLargeError: it is too large.
        UnsupportedMediaType: it is no format of RDF, or its coding is not known.
    """
    name = MEDIA_TYPES.get(request.mimetype)
    coding = (request.content_encoding or "identity").strip().lower()
    if name is None or coding not in {"identity", "gzip", "x-gzip"}:
        raise UnsupportedMediaType(
            f"Send one of these media types, as it is or with Content-Encoding gzip: {', '.join(MEDIA_TYPES)}; or a "
            "form, as the page does. Set the header Content-Type to say which."
        )
    content = request.get_data(cache=False)
    if coding != "identity":
        content = _decompressed(content, "The body", limit)
    if not content.strip():
        raise InputError("The body is empty: send the RDF to be checked.")
    return pasted(content, name, "body")


def read_files(sent: list[FileStorage], limit: int) -> list[DatasetFile]:
    """Return the files that a form carries; a field that was left empty is none.

    Raises:
        ParameterError: a name tells no format, or there are too many files.
        InputError, TooLargeError: as `read_body`.
    """
    chosen = [file for file in sent if file.filename]
    if len(chosen) > _MOST_FILES:
        raise ParameterError(f"There are more than {_MOST_FILES} files: send fewer at a time.", parameter="file")
    return list(_named(chosen, limit))


def read_pasted(text: str, format_name: str) -> DatasetFile:
    """Return pasted text as a file.

    Args:
        text: the text.
        format_name: one of `PASTE_FORMATS`; empty to find out.

    Raises:
        ParameterError: there is no such format.
    """
    if format_name and format_name not in PASTE_FORMATS:
        known = ", ".join(PASTE_FORMATS)
        raise ParameterError(f"'{format_name}' is no format of text: choose {known}.", parameter="input-format")
    text = text.replace("\r\n", "\n")
    return pasted(text.encode(errors="replace"), format_name or _format_of(text), "pasted")


def _named(files: list[FileStorage], limit: int) -> Iterator[DatasetFile]:
    for number, file in enumerate(files, start=1):
        name = _shown(file.filename or "", number)
        content = file.read()
        if name.lower().endswith(".gz"):
            name = name[: -len(".gz")]
            content = _decompressed(content, name, limit)
        if not name.lower().endswith(_SUFFIXES):
            raise ParameterError(
                f"{name}: its name tells no format that can be read. Known endings are {', '.join(_SUFFIXES)}; .gz may "
                "follow one of RDF.",
                parameter="file",
            )
        # CSV files are read together where they lie in one folder; other files never are.
        folder = Path("sheets" if name.lower().endswith((".csv", ".tsv")) else str(number))
        yield DatasetFile(folder / name, name, content=content)


def _shown(name: str, number: int) -> str:
    """Return the last part of a file's name without what cannot be shown; its ending stays."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    clean = "".join(char if char.isprintable() else "_" for char in last.encode(errors="replace").decode())
    return clean[-_LONGEST_NAME:] or f"file-{number}"


def _decompressed(content: bytes, name: str, limit: int) -> bytes:
    """Return what gzip holds, and never more than may be read."""
    decompressor = zlib.decompressobj(_GZIP)
    try:
        result = decompressor.decompress(content, limit + 1)
    except zlib.error as error:
        raise InputError(f"{name} is not gzip, or is damaged: compress it again.") from error
    if len(result) > limit:
        raise TooLargeError(f"{name} is larger than {limit >> 20} MiB once it is decompressed: send a part of it.")
    if not decompressor.eof:
        raise InputError(f"{name} is cut short: its gzip does not end. Send the whole of it.")
    return result


def _format_of(text: str) -> str:
    """Return the format that a text seems to have: Turtle where nothing says otherwise."""
    start = text.lstrip("\ufeff \t\n")[:200]
    if re.match(r"""\{\s*["}]|\[\s*\{""", start):
        return "jsonld"
    if re.match(r"<(\?xml|!--|!DOCTYPE|rdf:RDF|[A-Za-z][\w.-]*:?RDF[\s>])", start):
        return "rdfxml"
    head = text[:20_000]
    if _QUAD.search(head):
        return "nquads"
    return "trig" if _GRAPH.search(head) else "turtle"
