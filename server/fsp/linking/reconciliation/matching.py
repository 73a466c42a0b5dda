"""Reconcile a name: its candidates, the best first, and whether the first is certain."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from fsp.linking.reconciliation.certainty import certain_by_identifier, certain_by_name
from fsp.linking.reconciliation.entities import Entity
from fsp.linking.reconciliation.identifiers import find_codes, is_code, is_weak
from fsp.linking.reconciliation.index import Index
from fsp.linking.reconciliation.names import Name, fold, read_name
from fsp.linking.reconciliation.scoring import Agreement, Evidence, How, agreement, similarity

__all__ = ["Candidate", "existed", "reconcile"]

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_PARTS = re.compile(r"\s*[/|;()\[\]\n]\s*|\s+[-\u2013\u2014]+\s+")
_MOST_PARTS = 4
_OF_A_PART = 6.0
_OF_AN_ADDRESS = 10.0
_IN_BRACKETS = 80.0
_NEARLY_THE_NAME = 85.0
_ENDED = 1.0
_SAME_AS_BETTER = 1.0
_NOT_THEN = 20.0
_LEAST_SCORE = 35.0
_LONGEST_INITIALS = 6

Accepts = Callable[[Entity], bool]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant.

    Attributes:
        entity: the thing.
        score: from 0 to 100.
        evidence: why it is a candidate.
        matches: whether it is certain.
        met: the share of the properties asked for that it has; None where none are asked for.
    """

    entity: Entity
    score: float
    evidence: Evidence
    matches: bool = False
    met: float | None = None


@dataclass(frozen=True, slots=True)
class _Judgement:
    found: dict[Entity, Evidence]
    certain: str | None


def reconcile(
    index: Index, text: str, accepts: Accepts = lambda _: True, *, on: str = "", limit: int = 10
) -> list[Candidate]:
    """Return the things that a name or identifier may mean, the best first; at most the first one is certain.

    Args:
        index: what there is.
        text: the name or identifier.
        accepts: says whether a thing is of a kind that is asked for; others are left out.
        on: a day in ISO 8601; what did not exist then is no match, and counts less.
        limit: the most candidates.
    """
    judged = _judge(index, text, lambda entity: accepts(entity) and existed(entity, on))
    found = judged.found
    if on:
        found = {**_judge(index, text, accepts).found, **found}
    sure = judged.certain
    concepts = {entity for entity in found if entity.is_concept and not _is_meant(entity, found[entity], text)}
    candidates = [
        _candidate(index, entity, why, on, None if entity in concepts else sure) for entity, why in found.items()
    ]
    candidates = [candidate for candidate in candidates if candidate.score >= _LEAST_SCORE]
    return _with_one_match(candidates)[:limit]


def _is_meant(concept: Entity, evidence: Evidence, text: str) -> bool:
    """Tell whether a text is a concept's name or identifier as it stands: any other text may well be a body's name."""
    return evidence.how is How.IDENTIFIER or fold(text) in map(fold, concept.names)


def existed(entity: Entity, on: str) -> bool:
    """Tell whether a thing may have existed on a day; where nothing is stated, it may."""
    if not on:
        return True
    return (not entity.start or entity.start[: len(on)] <= on) and (not entity.end or on <= entity.end)


def _candidate(index: Index, entity: Entity, evidence: Evidence, on: str, certain: str | None) -> Candidate:
    score = evidence.score - (_NOT_THEN if not existed(entity, on) else 0.0)
    if entity.end and not on and evidence.how is not How.IDENTIFIER and certain != index.group(entity.iri):
        score -= _ENDED
    return Candidate(entity, round(max(score, 0.0), 1), evidence, certain == index.group(entity.iri))


def _order(candidate: Candidate) -> tuple[bool, float, bool, bool, str]:
    entity = candidate.entity
    return (not candidate.matches, -candidate.score, not entity.in_register, bool(entity.end), entity.iri)


def _with_one_match(candidates: list[Candidate]) -> list[Candidate]:
    """Leave the mark at one of several things that are the same, the entry of a register, and put the others behind it.

    A column of a spreadsheet then leads to the identifiers of one register, also where a case knows a body by a name
    that the register does not have.
    """
    same = sorted((one for one in candidates if one.matches), key=lambda one: (not one.entity.in_register, _order(one)))
    others = [one for one in candidates if not one.matches]
    best = max((one.score for one in same), default=0.0)
    marked = [replace(one, score=best) for one in same[:1]]
    behind = [replace(one, matches=False, score=min(one.score, best - _SAME_AS_BETTER)) for one in same[1:]]
    return sorted((*marked, *behind, *others), key=_order)


def _judge(index: Index, text: str, accepts: Accepts) -> _Judgement:
    """Judge a text as an identifier, else as a name with codes, else by its parts."""
    is_identifier = not is_weak(text) or is_code(text) or text.isdecimal()
    named = [entity for entity, _ in index.by_identifier(text) if accepts(entity)] if is_identifier else []
    if named:
        found = _by_name(index, read_name(text), accepts)
        found |= {entity: Evidence(How.IDENTIFIER, Agreement.UNSAID, 0.0) for entity in named}
        return _Judgement(found, certain_by_identifier(index, text, named))
    rest, codes = find_codes(text)
    judged = _judge_name(index, rest, accepts)
    if codes:
        judged = _with_codes(index, judged, codes, accepts)
    return judged


def _judge_name(index: Index, text: str, accepts: Accepts) -> _Judgement:
    asked = read_name(text)
    found = _by_name(index, asked, accepts)
    certain = certain_by_name(index, asked, found)
    if certain:
        return _Judgement(found, certain)
    parts = [part for part in _PARTS.split(text) if part.strip()]
    if 1 < len(parts) <= _MOST_PARTS:
        aside = {one.strip() for pair in _BRACKETS.findall(text) for one in pair if one.strip()}
        return _of_parts(found, [_judge_part(index, part, accepts, is_aside=part.strip() in aside) for part in parts])
    before, comma, rest = text.partition(",")
    # "A, B and C Combined Authority" is one name: what stands before the comma is of another kind.
    if comma and before.strip() and read_name(rest).kinds <= read_name(before).kinds:
        first = _by_name(index, read_name(before), accepts)
        return _Judgement(_merged(found, first, _OF_AN_ADDRESS), None)
    return _Judgement(found, None)


def _judge_part(index: Index, text: str, accepts: Accepts, *, is_aside: bool) -> _Judgement:
    """Judge a part of a text. A bare name in brackets only says where something is, or is an abbreviation of it."""
    judged = _judge(index, text, accepts)
    if not is_aside or read_name(text).kinds:
        return judged
    weak = {
        entity: replace(why, how=How.SIMILAR, similarity=min(why.similarity, _IN_BRACKETS))
        if How.SIMILAR < why.how < How.IDENTIFIER
        else why
        for entity, why in judged.found.items()
    }
    return replace(judged, found=weak)


def _of_parts(found: dict[Entity, Evidence], parts: list[_Judgement]) -> _Judgement:
    """Join what the parts of a text mean, such as a name in two languages: certain where each part is, of the same."""
    groups = {part.certain for part in parts}
    certain = groups.pop() if len(groups) == 1 else None
    for part in parts:
        found = _merged(found, part.found, 0.0 if certain else _OF_A_PART)
    return _Judgement(found, certain)


def _with_codes(index: Index, judged: _Judgement, codes: list[str], accepts: Accepts) -> _Judgement:
    """Join a name and the codes beside it: together they are certain where they do not contradict each other."""
    named = {entity for code in codes for entity, _ in index.by_identifier(code) if accepts(entity)}
    if not named:
        return judged
    groups = {index.group(entity.iri) for entity in named}
    found = dict(judged.found)
    alike = {
        index.group(entity.iri)
        for entity, why in found.items()
        if why.agreement > Agreement.CONFLICT and (why.how >= How.SHORT or why.similarity >= _NEARLY_THE_NAME)
    }
    for entity in named:
        evidence = found.get(entity, Evidence(How.SIMILAR, Agreement.UNSAID, 0.0))
        found[entity] = replace(evidence, how=How.IDENTIFIER)
    both = groups & alike
    if len(both) > 1:  # the code of an area is its council's too
        both &= {index.group(entity.iri) for entity in named if entity.in_register}
    certain = judged.certain if judged.certain in groups else None
    if certain is None and len(both) == 1:
        certain = both.pop()
    return _Judgement(found, certain)


def _by_name(index: Index, asked: Name, accepts: Accepts) -> dict[Entity, Evidence]:
    """Return what a name leads to, each thing with the best evidence for it."""
    found: dict[Entity, Evidence] = {}

    def add(entity: Entity, how: How, alike: float) -> None:
        if not accepts(entity):
            return
        evidence = Evidence(how, agreement(asked, index.names(entity), is_body=entity.is_body), alike)
        if entity not in found or found[entity].score < evidence.score:
            found[entity] = evidence

    for entity in index.by_core(asked.core):
        same = any(name.is_same_as(asked) for name in index.names(entity))
        add(entity, How.SAME_NAME if same else How.SAME_CORE, 100.0)
    for entity in index.by_short(asked.core):
        add(entity, How.SHORT, 100.0)
    if 1 < len(asked.core) <= _LONGEST_INITIALS:
        for entity in index.by_initials(asked.core.upper()):
            add(entity, How.INITIALS, 100.0)
    for entity, core in index.similar(asked):
        add(entity, How.SIMILAR, similarity(asked, core))
    return found


def _merged(one: dict[Entity, Evidence], other: dict[Entity, Evidence], penalty: float) -> dict[Entity, Evidence]:
    merged = dict(one)
    for entity, evidence in other.items():
        less = replace(evidence, penalty=evidence.penalty + penalty)
        if entity not in merged or merged[entity].score < less.score:
            merged[entity] = less
    return merged
