"""Decide whether a candidate is certain: exactly one thing may be meant, or none is."""

import re
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from fsp.linking.reconciliation.entities import Entity
from fsp.linking.reconciliation.identifiers import is_code, is_weak
from fsp.linking.reconciliation.index import Index
from fsp.linking.reconciliation.names import Name, fold
from fsp.linking.reconciliation.scoring import Agreement, Evidence, How

__all__ = ["certain_by_identifier", "certain_by_name"]

_LEAST_MISSPELT = 6
_LEAST_WRONG_LETTER = 10
_LEAST_TWICE_MISSPELT = 12
_CLEAR_OF_NEXT = 2
_LEAST_INITIALS = 3
_LEAST_BARE_INITIALS = 4
_COUNCIL_INITIALS = re.compile(r"(LB|RB)[A-Z]+|[A-Z]+C")

Found = Mapping[Entity, Evidence]


def certain_by_identifier(index: Index, text: str, entities: Iterable[Entity]) -> str | None:
    """Return the group of the one thing that an identifier names; None where it may be another.

    Where an identifier names several things, as the code of an area does (the area and the council that governs it),
    the entry of a register is meant. A bare code in letters is certain only where it is not also the initials or the
    name of another.

    Args:
        index: what there is.
        text: the identifier as it was given.
        entities: the things that it names.
    """
    named = list(entities)
    groups = _groups(index, named)
    if len(groups) > 1:
        groups = _groups(index, (entity for entity in named if entity.in_register))
    if is_weak(text) and text not in index.entities:
        if not is_code(text):
            return None
        groups |= _groups(index, (*index.by_initials(text.strip()), *index.by_core(fold(text))))
    return groups.pop() if len(groups) == 1 else None


def certain_by_name(index: Index, asked: Name, found: Found) -> str | None:
    """Return the group of the one thing that a name can mean; None where it may be another, or none at all.

    Args:
        index: what there is.
        asked: the name.
        found: what it led to.
    """
    same = _where(index, found, How.SAME_NAME, Agreement.UNSAID)
    fitting = _where(index, found, How.SAME_CORE, Agreement.UNSAID)
    unfitting = _where(index, found, How.SAME_CORE, Agreement.CONFLICT) - fitting
    agreeing = _where(index, found, How.SAME_CORE, Agreement.AGREE)
    short = _where(index, found, How.SHORT, Agreement.UNSAID)
    if same:
        rivals = _by_main_name(index, asked, found) or same if asked.kinds else same | fitting | short
    elif fitting:
        rivals = (agreeing or fitting) | short
    elif abbreviated := _abbreviated(index, asked, found):
        rivals = abbreviated
    elif short or unfitting:
        # "Stockton Borough Council": only with a kind that agrees, and only where nobody bears the short name itself.
        by_kind = _where(index, found, How.SHORT, Agreement.AGREE)
        rivals = by_kind if by_kind == short and not unfitting else set()
    else:
        return _misspelt(index, asked, found)
    return next(iter(rivals)) if len(rivals) == 1 else None


def _by_main_name(index: Index, asked: Name, found: Found) -> set[str]:
    """Return the groups of what bears the name as the one that is shown: it outdoes what is called so now and then."""
    same = [one for one, why in found.items() if why.how is How.SAME_NAME]
    return _groups(index, (one for one in same if index.names(one)[0].is_same_as(asked)))


def _abbreviated(index: Index, asked: Name, found: Found) -> set[str]:
    """Return the groups of what has these initials, where a word or a letter says that it is a council.

    As in "BCP Council", "IW Council", "RBKC" (which begins as royal boroughs do) and "IOWC".
    """
    if any(why.how in {How.SAME_CORE, How.SHORT} for why in found.values()):
        return set()
    bodies = {one: why for one, why in found.items() if one.is_body}
    fitting = _where(index, bodies, How.INITIALS, Agreement.UNSAID)
    if len(asked.core) >= _LEAST_INITIALS and asked.kinds:
        return fitting
    if asked.kinds == {"council"}:  # two letters: nobody else may have them, of whatever kind
        return _where(index, bodies, How.INITIALS, Agreement.CONFLICT)
    is_council = len(asked.core) >= _LEAST_BARE_INITIALS and _COUNCIL_INITIALS.fullmatch(asked.core.upper())
    return fitting if is_council else set()


def _misspelt(index: Index, asked: Name, found: Found) -> str | None:
    """Return the group of the only thing that a slip of the pen can mean.

    A letter too many, too few or two in the wrong order, never the first, in a name of some length; a wrong letter only
    in a long name, since short ones differ from their neighbours by one (Fareham, Farnham). Only with a word of a kind
    that fits: alone, it may as well be the name of a smaller place (Newnham, Salfords).
    """
    if not asked.kinds:
        return None
    distances: dict[str, tuple[int, bool]] = {}
    for entity, evidence in found.items():
        if evidence.agreement is Agreement.CONFLICT and not entity.is_body:
            continue
        for name in index.names(entity):
            # A body of another kind, and one with another first letter, count as a letter further away.
            distance = OSA.distance(asked.compact, name.compact) + (evidence.agreement < Agreement.UNSAID)
            distance += asked.compact[:1] != name.compact[:1]
            fits = evidence.agreement >= Agreement.UNSAID and _is_slip(asked.compact, name.compact, distance)
            best = distances.get(index.group(entity.iri), (99, False))
            distances[index.group(entity.iri)] = min(best, (distance, fits), key=lambda pair: (pair[0], not pair[1]))
    ranked = sorted(distances.items(), key=lambda item: item[1][0])
    if not ranked or not ranked[0][1][1]:
        return None
    if len(ranked) > 1 and ranked[1][1][0] < ranked[0][1][0] + _CLEAR_OF_NEXT:
        return None
    return ranked[0][0]


def _is_slip(asked: str, name: str, distance: int) -> bool:
    length = min(len(asked), len(name))
    if asked == f"{name}s":  # places are called so: Salfords, Suttons
        return False
    if asked[:1] != name[:1] or length < _LEAST_MISSPELT or distance > (1 if length < _LEAST_TWICE_MISSPELT else 2):
        return False
    return sorted(asked) == sorted(name) or len(asked) != len(name) or length >= _LEAST_WRONG_LETTER


def _where(index: Index, found: Found, how: How, least: Agreement) -> set[str]:
    return _groups(index, (one for one, why in found.items() if why.how is how and why.agreement >= least))


def _groups(index: Index, entities: Iterable[Entity]) -> set[str]:
    return {index.group(entity.iri) for entity in entities}
