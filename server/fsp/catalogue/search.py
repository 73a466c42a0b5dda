"""The search for a question: words are compared by their stems, so that *charities* finds what speaks of a charity."""

import re
from collections.abc import Sequence
from functools import lru_cache

from fsp.catalogue.choices import choices
from fsp.catalogue.parameters import Parameter
from fsp.catalogue.query import Catalogue
from fsp.errors import LimitError
from fsp.execution.interface import Executor

__all__ = ["search"]

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 5
"""Letters of a stem that may stand for a longer one: *charit* for *chariti*, but not *bus* for *busi*."""
_MOST_CHOICES = 200
_MOST_WORDS = 20


def search(catalogue: Catalogue, words: str, executor: Executor) -> Catalogue:
    """Return the queries that hold each of some words: in their own texts, or in what can be chosen for them.

    Args:
        catalogue: the queries.
        words: the words; none find all.
        executor: evaluates the queries that list what can be chosen.

    Raises:
        FspError: as `Executor.execute`.
    """
    wanted = list(dict.fromkeys(_stems(words)))[:_MOST_WORDS]
    if not wanted:
        return catalogue if not words.strip() else Catalogue([])
    offered = _Offered(executor)
    found = []
    for query in catalogue:
        stems = set(_stems(query.searched)).union(*(offered.stems(one) for one in query.parameters.values()))
        if all(any(_fits(word, stem) for stem in stems) for word in wanted):
            found.append(query)
    return Catalogue(found)


class _Offered:
    """What can be chosen for parameters; those of one kind are asked for once."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._known: dict[tuple[object, ...], Sequence[str]] = {}

    def stems(self, parameter: Parameter) -> Sequence[str]:
        """Return the stems of the labels that a parameter offers."""
        kind = (parameter.scheme, parameter.class_, parameter.choices, parameter.choices_query)
        if kind not in self._known:
            try:
                offered, _whole = choices(parameter, self._executor, _MOST_CHOICES)
            except LimitError:  # as in the form, which then offers none
                offered = []
            self._known[kind] = _stems(" ".join(choice.label for choice in offered))
        return self._known[kind]


def _fits(word: str, stem: str) -> bool:
    """Tell whether two stems are of one family, or one word is the beginning of the other."""
    short, long = sorted((word, stem), key=len)
    return short == long or (len(short) >= _SHORTEST and long.startswith(short))


def _stems(text: str) -> list[str]:
    """Return the stem of each word of a text once, in the order of the words."""
    return [_stem(word) for word in dict.fromkeys(_WORD.findall(text.casefold()))]


@lru_cache(maxsize=10_000)
def _stem(word: str) -> str:
    # Imported with the first search, since the package reads the stemmers of all its languages.
    from snowballstemmer.english_stemmer import EnglishStemmer  # noqa: PLC0415

    # A stemmer keeps the word that it works on: each call has its own, as requests run side by side.
    return str(EnglishStemmer().stemWord(word))
