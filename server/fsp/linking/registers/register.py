"""The registers that the project publishes: where each is kept, and how it is made from its source folder."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, Namespace

from fsp.dataset.files import project_folder
from fsp.dataset.whole import locked, written_whole
from fsp.errors import DataError
from fsp.linking.identifiers import IDENTIFIER
from fsp.linking.registers.authorities import read_local_authorities
from fsp.linking.registers.changes import Change, changes
from fsp.linking.registers.orgid import org_id_lists_graph
from fsp.linking.registers.rdf import local_authorities_graph
from fsp.linking.registers.sources import read_sources
from fsp.namespaces import GRAPH, SCHEME, THING
from fsp.prefixes import PREFIXES
from fsp.turtle.write import write

__all__ = ["REGISTERS", "Refresh", "Register", "refresh", "take"]

_HEAD = "# Made by `fsp registers refresh` from the sources that it names: change those or the rules, not this.\n\n"
_OWN = ("local-authority", "area", "place", "org-id-list")


@dataclass(frozen=True)
class Made:
    """A register as it would be.

    Attributes:
        graph: the register.
        repairs: how many values each rule mended.
        left_out: what is left out, and why.
    """

    graph: Graph
    repairs: dict[str, int]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """One register.

    Attributes:
        name: its short name; its file is `data/registers/NAME.ttl`.
        folder: where its source lies below the folder of all reference data.
        make: makes it from that folder.
    """

    name: str
    folder: str
    make: Callable[[Path], Made]

    @property
    def file(self) -> str:
        """Path of its file below the project's folder."""
        return f"data/registers/{self.name}.ttl"

    @property
    def graph(self) -> str:
        """IRI of the named graph that holds it."""
        return GRAPH + self.file

    def read(self) -> Graph:
        """Return the register as it is published; an empty graph where it was never made."""
        path = project_folder() / self.file
        return Graph().parse(path) if path.exists() else Graph()


@dataclass(frozen=True)
class Refresh:
    """What a refresh of one register would do."""

    register: Register
    made: Made
    changes: list[Change]


def _local_authorities(folder: Path) -> Made:
    register = read_local_authorities(folder)
    return Made(local_authorities_graph(register, read_sources(folder)), register.repairs, register.left_out)


REGISTERS = (
    Register("local-authorities", "uk-local-authorities", _local_authorities),
    Register("org-id-lists", "org-id", lambda folder: Made(org_id_lists_graph(folder), {})),
)
"""Every register that the project publishes."""


def refresh(source: Path) -> list[Refresh]:
    """Make every register whose folder the source has, and compare it with what is published. Nothing is written.

    Args:
        source: the folder of the reference data, with a folder for each register.

    Raises:
        DataError: the source has no register's folder, or one cannot be read.
    """
    found = [register for register in REGISTERS if (source / register.folder).is_dir()]
    if not found:
        names = " or ".join(register.folder for register in REGISTERS)
        raise DataError(
            f"{source} has no folder {names}: name the folder that holds the reference data.", file=str(source)
        )
    refreshed = []
    for register in found:
        made = register.make(source / register.folder)
        refreshed.append(Refresh(register, made, changes(register.read(), made.graph)))
    return refreshed


def take(refreshed: list[Refresh]) -> None:
    """Write the registers, all or none.

    Args:
        refreshed: what `refresh` made.

    Raises:
        DataError: one cannot be written; all stay as they were.
    """
    folder = project_folder() / "data" / "registers"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"{folder} cannot be made: {error.strerror}.", file=str(folder)) from error
    texts = [(project_folder() / one.register.file, _HEAD + write(one.made.graph, _prefixes())) for one in refreshed]
    with ExitStack() as stack:
        stack.enter_context(locked(folder / "registers"))
        for path, text in texts:
            stack.enter_context(written_whole(path)).write(text.encode())


def _prefixes() -> dict[str, str]:
    own = {name: str(Namespace(THING + f"{name}/")) for name in _OWN}
    schemes = {name: str(Namespace(SCHEME + f"{name}/")) for name in ("identifier-scheme", "local-authority-type")}
    return {**PREFIXES, **own, **schemes, "identifier": str(IDENTIFIER)}
