"""A first reading of a JSON file: that it is whole, what it holds beside its records, and how many fields there are."""

from collections.abc import Collection
from dataclasses import dataclass, field

import ijson

from fsp.errors import DataError
from fsp.linking.imports.source import Reader

__all__ = ["Survey", "survey"]

_DEEPEST = 64


@dataclass(slots=True)
class Survey:
    """What a JSON file holds.

    Attributes:
        outside: what stands outside the lists of records: the package, without those that hold any.
        records: the number of records, by the name of their list.
        fields: the number of values that hold no others; an empty list or object counts as one.
    """

    outside: object = None
    records: dict[str, int] = field(default_factory=dict)
    fields: int = 0


@dataclass(slots=True)
class _Nesting:
    """Where a reading stands.

    Attributes:
        name: the file's name.
        open: the objects and lists around the value, outermost first: the keys of an object, None for a list.
        key: the key of the outermost object that is being read.
        fields: the number of values that hold no others, so far.
    """

    name: str
    open: list[set[str] | None] = field(default_factory=list)
    key: str = ""
    fields: int = 0
    _is_empty: bool = False

    def step(self, event: str, value: object) -> None:
        """Take one event of the parser.

        Raises:
            DataError: it nests too deeply, or an object has a key twice, so that one of the values would be lost.
        """
        if event == "map_key":
            self._take_key(str(value))
        elif event.startswith("end_"):
            self.open.pop()
            self.fields += self._is_empty
            self._is_empty = False
        elif event.startswith("start_"):
            self._is_empty = True
            self.open.append(set() if event == "start_map" else None)
            if len(self.open) > _DEEPEST:
                raise DataError(f"{self.name} nests values more than {_DEEPEST} deep: it is no data.", file=self.name)
        else:
            self._is_empty = False
            self.fields += 1

    def _take_key(self, key: str) -> None:
        keys = self.open[-1]
        if keys is None or key in keys:
            raise DataError(f"{self.name}: an object has the key '{key}' twice. Remove one of them.", file=self.name)
        keys.add(key)
        self._is_empty = False
        if len(self.open) == 1:
            self.key = key


def survey(reader: Reader, name: str, lists: Collection[str]) -> Survey:
    """Read a JSON file to its end, in memory that does not grow with the number of its records.

    Args:
        reader: the file.
        name: its name.
        lists: names of the lists of records that a package can hold.

    Raises:
        DataError: it nests too deeply, or an object has a key twice.
        JSONError: it is no JSON.
    """
    found = Survey()
    nesting = _Nesting(name)
    outside = ijson.ObjectBuilder()
    records: str | None = None
    for event, value in ijson.basic_parse(reader, use_float=False):
        nesting.step(event, value)
        depth = len(nesting.open)
        if records is None:
            outside.event(event, value)
            if event == "start_array" and depth == 2 and nesting.key in lists:  # noqa: PLR2004 - in the package
                records = nesting.key
                found.records[records] = 0
        elif depth == 2:  # noqa: PLR2004 - a record has ended
            found.records[records] += 1
            reader.record_ends()
        elif depth == 1:
            outside.event(event, value)
            records = None
    found.outside, found.fields = outside.value, nesting.fields
    for list_ in (list_ for list_, count in found.records.items() if count):
        outside.value.pop(list_)
    return found
