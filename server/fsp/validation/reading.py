"""What a parser of one format found in a text: triples and faults, each with its offset."""

from dataclasses import dataclass, field

from fsp.turtle.cursor import MOST_FAULTS, Fault, Lines
from fsp.turtle.document import Offsets
from fsp.validation.places import Triple

__all__ = ["MOST_FAULTS", "Fault", "Lines", "Offsets", "Reading", "Triple"]


@dataclass(slots=True)
class Reading:
    """What was found in a text.

    Attributes:
        triples: each triple with the offsets of its terms, where it stands first.
        faults: what is wrong.
        prefixes: the namespaces of the prefixes that it declares.
        doubts: what can be read, but says nothing.
    """

    triples: dict[Triple, Offsets] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    prefixes: dict[str, str] = field(default_factory=dict)
    doubts: list[Fault] = field(default_factory=list)
