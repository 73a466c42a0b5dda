"""How much of a source text citations cover, sentence by sentence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from fsp.validation.citations import Citation
from fsp.validation.source import Passage, SourceText

__all__ = ["LONGEST_GAP", "Coverage"]

LONGEST_GAP = 25
"""Longest uncited run of characters inside a sentence that is not shown: joining words need no citation."""


@dataclass(frozen=True)
class Coverage:
    """What citations cover of a text.

    A citation covers nothing unless something rests on it, and unless it lies within one sentence: one of a whole
    paragraph proves nothing.

    Attributes:
        text: the text.
        citations: citations of this text whose place is in it.
    """

    text: SourceText
    citations: tuple[Citation, ...]

    @cached_property
    def sentences(self) -> tuple[Passage, ...]:
        """The sentences of the text."""
        return tuple(self.text.sentences())

    @cached_property
    def too_wide(self) -> tuple[Citation, ...]:
        """Citations that reach over more than one sentence."""
        return tuple(one for one in self.citations if len(self._touched(one)) > 1)

    @cached_property
    def unused(self) -> tuple[Citation, ...]:
        """Citations on which nothing rests."""
        return tuple(one for one in self.citations if not one.things)

    @cached_property
    def uncovered(self) -> tuple[Passage, ...]:
        """Sentences of which no citation covers any part."""
        return tuple(one for one in self.sentences if not self._cited.intersection(range(one.start, one.end)))

    @cached_property
    def gaps(self) -> tuple[Passage, ...]:
        """Runs of more than `LONGEST_GAP` uncited characters inside sentences that are cited in part."""
        return tuple(
            gap
            for sentence in self.sentences
            if sentence not in self.uncovered
            for gap in self._runs(sentence)
            if len(gap.text) > LONGEST_GAP
        )

    @property
    def share(self) -> float:
        """Share of the characters of all sentences that citations cover, from 0 to 1."""
        places = [place for one in self.sentences for place in range(one.start, one.end)]
        return len(self._cited.intersection(places)) / len(places)

    @cached_property
    def _cited(self) -> set[int]:
        counted = set(self.citations).difference(self.too_wide, self.unused)
        return {place for one in counted for place in range(one.start, one.end)}

    def _touched(self, citation: Citation) -> list[Passage]:
        return [one for one in self.sentences if one.start < citation.end and citation.start < one.end]

    def _runs(self, sentence: Passage) -> Iterable[Passage]:
        """Yield the uncited runs of a sentence, without white space and punctuation at their ends."""
        marks = "".join("x" if place in self._cited else "-" for place in range(sentence.start, sentence.end))
        for run in re.finditer("-+", marks):
            words = re.search(r"\w(.*\w)?", sentence.text[run.start() : run.end()], re.DOTALL)
            if words:
                start = sentence.start + run.start() + words.start()
                yield self.text.passage(start, start + len(words[0]))
