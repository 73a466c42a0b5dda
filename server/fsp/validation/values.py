"""Faults of a user's files in literals: ones that are none of their datatype, or stand where a thing is meant."""

import re
from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import RDFS, SH, XSD

from fsp.validation.known import Known, normalised, split
from fsp.validation.lexical import CHECKED, is_far_day, is_well_formed
from fsp.validation.places import Triple
from fsp.validation.slip import Mended, Slip
from fsp.validation.wording import Wording

__all__ = ["value_slips"]

_NUMBERS = {XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.nonNegativeInteger, XSD.positiveInteger}


_DAY = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:Z|[+-]\d\d:\d\d)?")
"""Year, month and day in this order can only mean one day."""


def value_slips(mended: Mended, words: Wording, known: Known) -> Iterator[Slip]:
    """Yield a slip for each literal that is none of its datatype, or stands where a thing is meant.

    Args:
        mended: the user's triples, as mended before.
        words: the words to tell them in.
        known: what there is.
    """
    for triple in sorted(mended.graph):
        subject, predicate, value = triple
        if not isinstance(value, Literal) or str(predicate).startswith(str(SH)):
            continue
        if predicate in known.linking:
            yield _literal_for_thing(triple, mended, words, known)
        elif value.datatype in CHECKED and (not is_well_formed(value) or is_far_day(value)):
            yield Slip(
                rule="malformed-value",
                title="Value that is none of its datatype",
                message=f"“{value}” is no {_kind(value)}{_bounds(value)}: {_advice(value)}",
                place=mended.find(*triple),
                focus=subject,
                predicate=predicate,
                value=value,
                example=_right_literal(triple, words),
            )


def _literal_for_thing(triple: Triple, mended: Mended, words: Wording, known: Known) -> Slip:
    subject, predicate, value = triple
    right = _meant(triple, mended, words, known)
    name = words.name(predicate)
    if right is None:
        message = (
            f"The “{name}” of {words.name(subject)} is a text, “{value}”, where a thing is meant: name it by its IRI."
        )
    else:
        message = (
            f"The “{name}” of {words.name(subject)} is a text, “{value}”, where a thing is meant: write "
            f"{words.written(right)} without quotation marks."
        )
    return Slip(
        rule="text-for-thing",
        title="Text where a thing is meant",
        message=message,
        place=mended.find(*triple),
        focus=subject,
        predicate=predicate,
        value=value,
        example=words.property_example(predicate, subject)
        if right is None
        else f"{words.written(predicate)} {words.written(right)} ;",
        triples=() if right is None else ((triple, (subject, predicate, right)),),
    )


def _meant(triple: Triple, mended: Mended, words: Wording, known: Known) -> URIRef | None:
    """Return the thing that a text names: by IRI, by prefixed name, or by label."""
    _, predicate, value = triple
    text = str(value).strip().strip("<>")
    if text.startswith(("http://", "https://")):
        return URIRef(text)
    prefix, colon, rest = text.partition(":")
    if colon and prefix in words.user.prefixes and re.fullmatch(r"[\w-]+", rest):
        return URIRef(words.user.prefixes[prefix] + rest)
    own = [
        thing
        for thing, name in mended.graph.subject_objects(RDFS.label)
        if isinstance(thing, URIRef) and normalised(str(name)) == normalised(text)
    ]
    found = [*own, *known.labels.get(normalised(text), ())]
    usual = {split(str(one))[0] for one in words.usual_values(predicate)}
    fitting = [thing for thing in found if split(str(thing))[0] in usual]
    return next(iter(fitting or found), None)


def _right_literal(triple: Triple, words: Wording) -> str:
    _, predicate, value = triple
    if not isinstance(value, Literal):
        return ""
    number = str(value).replace(",", "").replace(" ", "").replace("£", "")
    mended = Literal(number, datatype=value.datatype, normalize=False)
    day = _DAY.fullmatch(str(value).strip())
    if day and value.datatype == XSD.date:
        mended = Literal(f"{day[1]}-{day[2]:0>2}-{day[3]:0>2}", datatype=XSD.date, normalize=False)
    if value.datatype in {*_NUMBERS, XSD.date} and is_well_formed(mended):
        return f"{words.written(predicate)} {words.written(mended)} ;"
    return words.property_example(predicate, triple[0])


def _kind(value: Literal) -> str:
    kinds = {XSD.date: "date", XSD.dateTime: "date with time", XSD.boolean: "truth value", XSD.integer: "whole number"}
    if value.datatype in kinds:
        return kinds[value.datatype]
    return "number" if value.datatype in _NUMBERS else f"xsd:{split(str(value.datatype))[1]}"


def _bounds(value: Literal) -> str:
    return " of the years 1 to 9999, which can be compared" if is_well_formed(value) else ""


def _advice(value: Literal) -> str:
    if is_well_formed(value):
        return "correct the year."
    if value.datatype in {XSD.date, XSD.dateTime}:
        if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            return "there is no such day. Correct it."
        return "write year, month and day, each with all its digits, such as 2011-04-30."
    if value.datatype in _NUMBERS:
        return "write digits only, with a point before decimals, and without separators of thousands, signs or words."
    if value.datatype == XSD.boolean:
        return "write true or false."
    return "correct it."
