"""The names of an authority: official ones, ones that people use, spellings that only a search needs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from fsp.linking.registers.model import Name
from fsp.linking.registers.repairs import clean_name, distinct_names
from fsp.linking.registers.tables import Row

__all__ = ["Names", "names_of"]

_SPACES = "White space that is doubled in a name is made single."
_CASE = "A name that differs from another in capital letters alone is left out."
_GAELIC = frozenset({"comhairle nan eilean siar", "na h-eileanan an iar", "na h-eileanan siar", "eilean siar"})


@dataclass(frozen=True)
class Names:
    """Names of one authority: see `Authority`."""

    official: tuple[Name, ...]
    others: tuple[Name, ...]
    spellings: tuple[Name, ...]


def names_of(main: Row, lookup: Iterable[str], register: Row, planning: str, repairs: Counter[str]) -> Names:
    """Return the names of an authority.

    Args:
        main: its row of the main source. Its `alt-names` are not used: they are separated by commas, which names hold.
        lookup: its names in the table of names.
        register: its row of the GOV.UK registers, in Wales with names in Welsh.
        planning: its name at planning.data.gov.uk.
        repairs: where to count what a rule mended.
    """
    official = clean_name(main["official-name"])
    repairs[_SPACES] += official != main["official-name"]
    welsh = [register[column] for column in ("official-name-cy", "name-cy") if register.get(column)]
    given = [main["nice-name"], *lookup, planning, register.get("official-name", ""), register.get("name", "")]
    names = distinct_names([official, *given])
    repairs[_CASE] += len({clean_name(name) for name in (official, *given) if name}) - len(names)
    taken = {official.casefold()} | {name.casefold() for name in welsh} - {main["nice-name"].casefold()}
    others = [name for name in names if name.casefold() not in taken]
    return Names(
        (_name(official), *(Name(name, "cy") for name in welsh[:1])),
        (*(_name(name) for name in others if not name.islower()), *(Name(name, "cy") for name in welsh[1:])),
        tuple(_name(name) for name in others if name.islower()),
    )


def _name(text: str) -> Name:
    return Name(text, "gd" if text.casefold() in _GAELIC else "en")
