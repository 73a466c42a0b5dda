"""Make the text of `data/links.ttl` from the files beside it."""

from pathlib import Path

from rdflib import Graph

from fsp.linking.identifiers import IDENTIFIER
from fsp.linking.links.build import links_graph
from fsp.linking.links.table import read_links
from fsp.namespaces import SCHEME, THING
from fsp.prefixes import PREFIXES
from fsp.turtle.write import write

__all__ = ["links_turtle"]

_HEAD = "# Made by `fsp links build` from links.csv, where each row names its evidence: change that, not this.\n\n"
_KINDS = ("link", "local-authority", "organisation", "place")


def links_turtle(folder: Path) -> str:
    """Return the links as Turtle in the project's style.

    Args:
        folder: the folder `data`, with `links.csv`, `cases.ttl` and the registers.

    Raises:
        DataError: the table cannot be used.
    """
    register = Graph().parse(folder / "registers" / "local-authorities.ttl")
    graph = links_graph(read_links(folder / "links.csv"), register, Graph().parse(folder / "cases.ttl"))
    prefixes = {kind: f"{THING}{kind}/" for kind in _KINDS}
    others = {"identifier": str(IDENTIFIER), "identifier-scheme": f"{SCHEME}identifier-scheme/"}
    return _HEAD + write(graph, {**PREFIXES, **prefixes, **others})
