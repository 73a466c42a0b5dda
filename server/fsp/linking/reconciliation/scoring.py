"""Say how well a thing fits a name, and why: one score from 0 to 100, and the features that it is made of."""

from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz

from fsp.linking.reconciliation.names import Name

__all__ = ["Agreement", "Evidence", "How", "agreement", "similarity"]


class How(IntEnum):
    """In what way a name or identifier led to a thing; the larger, the surer."""

    SIMILAR = 0
    INITIALS = 1
    SHORT = 2
    SAME_CORE = 3
    SAME_NAME = 4
    IDENTIFIER = 5


class Agreement(IntEnum):
    """How what a name says of the kind fits what the names of a thing say."""

    CONFLICT = 0
    DIFFER = 1
    UNSAID = 2
    AGREE = 3


_SCORES = {
    How.INITIALS: (50.0, 65.0, 78.0, 80.0),
    How.SHORT: (60.0, 75.0, 86.0, 90.0),
    How.SAME_CORE: (70.0, 85.0, 96.0, 98.0),
    How.SAME_NAME: (70.0, 88.0, 100.0, 100.0),
    How.IDENTIFIER: (100.0, 100.0, 100.0, 100.0),
}
"""The score by how a thing was found, for each agreement in turn."""
_SIMILAR = (0.7, 0.82, 0.9, 0.92)
"""What a similarity counts, for each agreement in turn."""
_ALONE = ("parish", "several")
"""Kinds that no other kind stands in for."""
_BEGINNING, _LEAST_BEGINNING = 85.0, 4
"""What a name counts that another begins with, word by word, and how many letters it needs for that."""
_SUBSET = (0.6, 0.3)
"""What a name counts that is a part of another: a base, and a share by how large a part it is."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a thing is a candidate.

    Attributes:
        how: in what way it was found.
        agreement: whether the kinds agree.
        similarity: of the names, from 0 to 100.
        penalty: what is taken off since only a part of what was asked leads to it.
    """

    how: How
    agreement: Agreement
    similarity: float
    penalty: float = 0.0

    @property
    def score(self) -> float:
        """The score before types, properties and time count."""
        if self.how is How.SIMILAR:
            return self.similarity * _SIMILAR[self.agreement] - self.penalty
        return _SCORES[self.how][self.agreement] - self.penalty


def agreement(asked: Name, names: list[Name], *, is_body: bool = True) -> Agreement:
    """Say whether what a name says of the kind fits the names of a thing.

    A district is not a city, and a county neither: there are namesakes of each (Chichester District Council and the
    parish that is Chichester City Council). Borough, district and their like are often mixed up, and rarely namesakes.
    A company of another legal form is another company, also where the thing is known by a name without any. What bears
    the text as its main name agrees with it, whatever its other names say.

    Args:
        asked: the name that is looked for.
        names: the names of the thing.
        is_body: whether the thing is an organisation at all; a place or a concept is no council and no company.
    """
    if asked.kinds and not is_body:
        return Agreement.UNSAID if any(name.kinds == asked.kinds for name in names) else Agreement.CONFLICT
    if names[0].folded == asked.folded:
        return Agreement.AGREE if asked.says else Agreement.UNSAID
    says = frozenset().union(*(name.says for name in names))
    is_council = any(name.kinds - {"ltd"} for name in names)
    if any((kind in asked.says) != (kind in says) for kind in _ALONE) and asked.kinds:
        return Agreement.CONFLICT
    if ("combined" in asked.says) != ("combined" in says):
        return Agreement.CONFLICT if asked.kinds else Agreement.DIFFER
    if "company" in asked.says:
        has_form = asked.forms <= frozenset().union(*(name.forms for name in names))
        return Agreement.CONFLICT if is_council else Agreement.UNSAID if has_form else Agreement.DIFFER
    return Agreement.CONFLICT if asked.kinds and not is_council else _tiers(asked.says, says)


def _tiers(asked: frozenset[str], says: frozenset[str]) -> Agreement:
    if not asked or not says - {"company"}:
        return Agreement.UNSAID
    if asked & says:
        return Agreement.AGREE
    return Agreement.CONFLICT if "county" in asked | says else Agreement.DIFFER


def similarity(asked: Name, core: str) -> float:
    """Return how alike two cores are, from 0 to 100: by letters, by words in any order, as one part of the other."""
    letters = fuzz.ratio(asked.compact, core.replace(" ", ""))
    words = 0.97 * fuzz.token_sort_ratio(asked.core, core)
    short, long = sorted((len(asked.core), len(core)))
    base, share = _SUBSET
    part = fuzz.token_set_ratio(asked.core, core) * (base + share * short / max(long, 1))
    begins = f"{core} ".startswith(f"{asked.core} ") and len(asked.core) >= _LEAST_BEGINNING
    return max(letters, words, part, _BEGINNING if begins else 0.0)
