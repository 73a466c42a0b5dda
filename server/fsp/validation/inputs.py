"""What a user names to be checked: files and folders, RDF and spreadsheets, as one list of things to check."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from fsp.dataset.files import FORMATS, DatasetFile
from fsp.errors import DataError

__all__ = ["INPUT_FORMATS", "TABLE_SUFFIXES", "named_files", "pasted"]

TABLE_SUFFIXES = (".xlsx", ".xlsm", ".csv", ".tsv")
"""The suffixes of files that are read as workbooks or sheets."""

INPUT_FORMATS = {
    "turtle": ".ttl",
    "trig": ".trig",
    "ntriples": ".nt",
    "nquads": ".nq",
    "rdfxml": ".rdf",
    "jsonld": ".jsonld",
    "xlsx": ".xlsx",
    "csv": ".csv",
}
"""What can be read without a file's name, with the suffix that stands for it."""

_READ = (*(suffix for suffix in FORMATS if suffix != ".n3"), *TABLE_SUFFIXES)


def pasted(content: bytes, format_name: str, name: str) -> DatasetFile:
    """Return what came without a file, such as by standard input, as one.

    Args:
        content: what came.
        format_name: a key of `INPUT_FORMATS`.
        name: what to call it in places; its format's suffix is put after it.
    """
    shown = name + INPUT_FORMATS[format_name]
    return DatasetFile(Path(shown), shown, content=content)


def named_files(paths: Iterable[Path]) -> list[DatasetFile]:
    """Return the files that a user names, called as the user does; of a folder, those at any depth that can be read.

    Raises:
        DataError: one or more are missing, have an unknown suffix, or are folders without a file that can be read.
    """
    found: dict[Path, DatasetFile] = {}
    faults = []
    for path in paths:
        try:
            found |= {one.resolve(): DatasetFile(one, one.as_posix()) for one in _below(path)}
        except DataError as error:
            faults.append(error)
    if faults:
        raise DataError("\n".join(str(fault) for fault in faults), file=faults[0].file)
    return list(found.values())


def _below(path: Path) -> Iterator[Path]:
    """Yield the file itself, or the files below a folder that can be read."""
    if not path.exists():
        raise DataError(f"There is no file or folder {path}.", file=str(path))
    if path.is_file() or not path.is_dir():
        if not _can_be_read(path):
            raise DataError(
                f"{path}: the format is unknown. Known suffixes are {', '.join(_READ)}; .gz may follow one of RDF. "
                "What has none can be read from standard input, with its format named.",
                file=str(path),
            )
        yield path
        return
    found = sorted(
        file
        for file in path.rglob("*")
        if file.is_file()
        and _can_be_read(file)
        and not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
    )
    if not found:
        raise DataError(f"The folder {path} holds no file of RDF and no spreadsheet.", file=str(path))
    yield from found


def _can_be_read(path: Path) -> bool:
    name = path.name.lower()
    return name.endswith(TABLE_SUFFIXES) or Path(name.removesuffix(".gz")).suffix in _READ
