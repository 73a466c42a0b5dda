"""Files of the 360Giving Data Standard, in JSON and in CSV, read grant by grant."""

from collections.abc import Callable, Iterator, Mapping

import ijson

from fsp.errors import DataError
from fsp.linking.imports.grants import describe_grant
from fsp.linking.imports.reading import Read
from fsp.linking.imports.record import Leaf, leaves_of
from fsp.linking.imports.source import SourceFile
from fsp.linking.imports.survey import survey
from fsp.linking.imports.tables import Table, read_table

__all__ = ["read_grants"]

_STANDARD = "https://standard.threesixtygiving.org/en/latest/"


def read_grants(file: SourceFile, progress: Callable[[int], None]) -> Read:
    """Read a file of grants, JSON or CSV by its suffix.

    Args:
        file: the file.
        progress: called with each number of bytes read; each byte is read twice.

    Raises:
        DataError: it is no such file.
    """
    name = file.name.lower().removesuffix(".gz")
    if name.endswith(".csv"):
        return _csv(file, progress)
    if name.endswith(".json"):
        return _json(file, progress)
    raise DataError(f"{file.name}: 360Giving data is read from .json and .csv, and each with .gz.", file=file.name)


def _json(file: SourceFile, progress: Callable[[int], None]) -> Read:
    with file.open(progress) as reader:
        found = survey(reader, file.name, {"grants"})
    if "grants" not in found.records:
        raise DataError(f"{file.name} is no 360Giving JSON: it has no list 'grants'.", file=file.name)

    def records() -> Iterator[tuple[str, Mapping[str, Leaf]]]:
        with file.open(progress) as reader:
            for position, item in enumerate(ijson.items(reader, "grants.item", use_float=False)):
                yield f"/grants/{position}", dict(leaves_of(item, path="/grants/*"))
                reader.record_ends()

    return Read(
        "grants in JSON", found.fields, found.records["grants"], found.outside, _STANDARD, records(), describe_grant
    )


def _csv(file: SourceFile, progress: Callable[[int], None]) -> Read:
    table = Table()
    with file.open(progress) as reader:
        for _ in read_table(reader, file.name, table):
            pass

    def records() -> Iterator[tuple[str, Mapping[str, Leaf]]]:
        with file.open(progress) as reader:
            yield from read_table(reader, file.name, Table())

    return Read("grants in CSV", table.fields, table.count, {}, _STANDARD, records(), describe_grant)
