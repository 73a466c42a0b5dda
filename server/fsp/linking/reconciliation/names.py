"""Understand a name: which words say what is meant, and which only say of what kind it is."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import OSA

__all__ = ["Name", "fold", "read_name"]

_RULES: Mapping[str, Any] = tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))
_IGNORED = frozenset(_RULES["ignored"])
_SPELT_OUT = ("council", "borough", "district", "metropolitan", "county")
_LEAST_PREFIX = 4
_LEAST_MISSPELT = 6
_LEAST_TWICE_MISSPELT = 9


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared.

    Attributes:
        core: the words that say which one is meant, each in one spelling.
        kinds: the words that only say of what kind it is, such as `borough`.
        says: what those words come to: `county`, `city`, `local` (any other council of a place), `parish`,
            `several`, `combined` or `company`; empty where they say nothing, or only that it is some council.
        forms: the legal forms of companies that it names: `limited`, `plc`, `llp`, `cic`, `inc`.
        folded: its words as they were given, without case, accents and punctuation.
        initials: the first letters of its words in capitals: of all, of all but the small ones, of the core.
    """

    core: str
    kinds: frozenset[str]
    says: frozenset[str]
    initials: frozenset[str]
    forms: frozenset[str] = frozenset()
    folded: str = ""

    @property
    def compact(self) -> str:
        """The core without spaces, for the comparison of letters."""
        return self.core.replace(" ", "")

    def is_same_as(self, other: "Name") -> bool:
        """Tell whether two names differ in nothing but spelling and the order of words."""
        return (self.core, self.kinds) == (other.core, other.kinds)

    @property
    def short(self) -> str | None:
        """What people shorten the name to: `stoke` for `stoke on trent`; None where it has no such form."""
        words = self.core.split()
        cut = next((place for place, word in enumerate(words) if word in _RULES["short"]["before"]), 0)
        return " ".join(words[:cut]) or None


def fold(text: str) -> str:
    """Return a text in lower case without accents and punctuation; `&` becomes `and`, `CityCouncil` two words."""
    text = re.sub(r"(?<=[a-z]{3})(?=[A-Z])", " ", text)
    text = re.sub(r"[\u2018\u2019\u02bc'`\u00b4]", "", text)
    text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    text = re.sub(r"[&+]", " and ", text.casefold())
    text = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", text)
    return " ".join(re.findall(r"[^\W_]+", text))


@lru_cache(maxsize=4096)
def read_name(text: str) -> Name:
    """Return a name as it is compared, by the rules in `rules.toml`.

    Args:
        text: a name as people write it.
    """
    folded = fold(text)
    words = _spelt_out(folded)
    core: list[str] = []
    kinds: list[str] = []
    says: set[str] = set()
    follows_kind = False
    skip = False
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if skip:
            skip = False
            continue
        if word == "of" and (follows_kind or not following):
            continue
        found = _kind(word, following)
        if found is None:
            follows_kind = follows_kind and word in _IGNORED
            if word not in _IGNORED:
                core.append(word)
            continue
        kinds.append(word)
        says.update(found)
        follows_kind = True
        skip = word == "combined"
    if not core:
        core, kinds, says = [word for word in words if word not in _IGNORED] or words, [], set()
    forms = frozenset(_RULES["forms"][word] for word in _phrases(folded).split()[1:] if word in _RULES["forms"])
    return Name(" ".join(core), frozenset(kinds), frozenset(says), _initials(words, core), forms, folded)


def _spelt_out(folded: str) -> list[str]:
    """Return the words of a folded name with what is abbreviated or misspelt in them written out."""
    folded = _phrases(folded)
    first, _, rest = folded.partition(" ")
    if rest:
        folded = f"{_RULES['first'].get(first, first)} {rest}"
    words = [part for word in folded.split() for part in _RULES["words"].get(word, word).split()]
    words = [_kind_word(word, last=place == len(words) - 1) for place, word in enumerate(words)]
    return _phrases(" ".join(words)).split()


def _phrases(text: str) -> str:
    padded = f" {text} "
    for phrase, replacement in _RULES["phrases"].items():
        padded = padded.replace(f" {phrase} ", f" {replacement} ")
    return padded.strip()


def _kind(word: str, following: str) -> list[str] | None:
    """Return what a word says of the kind; None where it says which one is meant."""
    if word in _RULES["before"]:
        rule = _RULES["before"][word]
        says: list[str] = rule["says"]
        return says if rule["next"] == following else None
    kinds: Mapping[str, list[str]] = _RULES["kinds"]
    return kinds.get(word)


def _kind_word(word: str, *, last: bool) -> str:
    """Mend a misspelt word of a kind; the last word of a name may be cut off."""
    if word in _RULES["kinds"] or word in _RULES["before"]:
        return word
    for kind in _SPELT_OUT:
        if last and len(word) >= _LEAST_PREFIX and kind.startswith(word):
            return kind
        most = 0 if len(word) < _LEAST_MISSPELT else 1 if len(word) < _LEAST_TWICE_MISSPELT else 2
        if most and OSA.distance(word, kind, score_cutoff=most) <= most:
            return kind
    return word


def _initials(words: list[str], core: list[str]) -> frozenset[str]:
    big = [word for word in words if word not in _IGNORED and word not in {"of", "on"}]
    return frozenset("".join(word[0] for word in some).upper() for some in (words, big, core) if len(some) > 1)
