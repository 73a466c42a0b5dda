"""What a register of local authorities says, before it is RDF."""

from dataclasses import dataclass, field
from datetime import date

from fsp.linking.identifiers import Identifier

__all__ = ["Area", "Authority", "LocalAuthorities", "Name"]


@dataclass(frozen=True, order=True)
class Name:
    """A name and its language, as a tag of BCP 47."""

    text: str
    language: str = "en"


@dataclass(frozen=True)
class Authority:
    """One local authority, current or former.

    Attributes:
        code: its code in the register.
        names: official names, at most one a language.
        other_names: names that people use.
        spellings: spellings seen in data, for searching and not for showing.
        kind: short name of its type: a concept of the scheme `local-authority-type`.
        nation: name of the nation.
        region: name of the English region.
        founded: its first day, or only the year where no more is known.
        dissolved: its last day.
        successors: codes of the authorities that took its place.
        overlaps: codes of the county council and the combined authority whose area it shares.
        point: latitude and longitude of the centre of its area (WGS 84), as decimals.
        identifiers: in every scheme.
        same_as: addresses that name the same body.
        homepage: its site.
    """

    code: str
    names: tuple[Name, ...]
    other_names: tuple[Name, ...]
    spellings: tuple[Name, ...]
    kind: str
    nation: str
    region: str | None
    founded: str | None
    dissolved: date | None
    successors: tuple[str, ...]
    overlaps: tuple[str, ...]
    point: tuple[str, str] | None
    identifiers: tuple[Identifier, ...]
    same_as: tuple[str, ...]
    homepage: str | None


@dataclass(frozen=True)
class Area:
    """A former area that the sources know by name and code, without naming the authority that governed it."""

    name: str
    kind: str
    identifier: Identifier


@dataclass(frozen=True)
class LocalAuthorities:
    """The register.

    Attributes:
        authorities: by code, in the order of the codes.
        areas: former areas without an authority.
        regions: GSS codes of the English regions, by name.
        repairs: how many values each rule mended, by the rule's sentence.
        left_out: what is not published since sources contradict each other: a sentence each.
    """

    authorities: tuple[Authority, ...]
    areas: tuple[Area, ...]
    regions: dict[str, str]
    repairs: dict[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
