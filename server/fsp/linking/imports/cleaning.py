"""Rules that mend what publishers' systems do to texts, and that find personal data."""

import html
import re

__all__ = ["CONTACT_RULE", "cleaned", "is_personal", "usable", "without_contacts"]

CONTACT_RULE = "an e-mail address or a telephone number in free text, left out as personal data"
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_MAIL = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_TELEPHONE = re.compile(r"(?<![\w/.-])(?:\+44[ ]?(?:\(0\))?|\(?0)(?:[ ()-]{0,2}\d){9,10}(?![\w-])")
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_OF_A_PERSON = re.compile(
    r"\b(contacts?|contactpoints?|persons?|people|individuals?|applicants?|signator(y|ies)|e ?mails?"
    r"|telephones?|phones?|mobiles?|fax)"
    r"( (name|names|point|points|person|persons|detail|details|info|information|address|addresses|number|numbers|no"
    r"|e ?mail|telephone|phone|mobile|fax|title|role|first|last|id|identifier))*$"
    r"|\b(surname|forename|dob|birth ?date|date of birth|beneficial owners?|recipient ind)s?$"
    r"|\b(first|last|given|family) names?$"
)
_IN_GENERAL = re.compile(r"(x )?(number|no|total|count) ")
"""Before a word for persons: how many they are, which is personal data of nobody."""


def cleaned(written: str, *, with_personal_data: bool) -> tuple[str | None, list[str]]:
    """Return a text as it is meant, and the rules that changed it.

    Args:
        written: the text as it stands in the file.
        with_personal_data: whether e-mail addresses and telephone numbers stay.
    """
    rules = []
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), written)
    if text != written:
        rules.append("HTML escapes, undone")
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if usable(text) != text:
        rules.append("control characters or halves of characters, replaced by U+FFFD")
        text = usable(text)
    if not with_personal_data:
        shown = without_contacts(text)
        if shown != text:
            rules.append(CONTACT_RULE)
            text = shown
    return text or None, rules


def usable(text: str) -> str:
    """Return a text with U+FFFD in the place of each character that RDF cannot carry."""
    return _UNUSABLE.sub("\ufffd", text)


def without_contacts(text: str) -> str:
    """Return a text with a mark in the place of each e-mail address and telephone number."""
    return _TELEPHONE.sub("[telephone number left out]", _MAIL.sub("[e-mail address left out]", text))


def is_personal(path: str) -> bool:
    """Tell whether a field holds personal data by its name: a contact point, or a person's address or number.

    Args:
        path: the field's name, such as `/parties/*/contactPoint/name`, or the title of a column.
    """
    return any(map(_is_of_a_person, path.split("/" if path.startswith("/") else ":")))


def _is_of_a_person(step: str) -> bool:
    """Tell by the words of a step of a path, in whatever spelling: `contactPerson`, `x_applicantName`, `Fax number`.

    What goes on with another word is a field about something else: `contactOrganization`, `peopleServed`.
    """
    words = " ".join(word.lower() for word in _WORD.findall(step))
    return _OF_A_PERSON.search(words) is not None and _IN_GENERAL.match(words) is None
