"""Names for generated cases: put together from syllables, so that they are the names of no real place or body."""

__all__ = [
    "ACTIVITIES",
    "CHARITY_ENDINGS",
    "COMPANY_ENDINGS",
    "OUTCOMES",
    "SERVICES",
    "company_name",
    "place_name",
]

_PLACE_STARTS = (
    "Quell", "Voss", "Zindle", "Yelver", "Umber", "Ixen", "Jorvel", "Kessel", "Ombra", "Pryth",
    "Drax", "Fennig", "Grusk", "Hollop", "Lunder", "Mivel", "Nethrin", "Rusk", "Sprindle", "Tolver",
)  # fmt: skip
_PLACE_ENDS = (
    "bury", "combe", "mere", "stow", "thwaite", "wick", "holme", "gate", "haven", "minster",
    "ness", "rigg", "sett", "toft", "water", "worthy", "fleet", "garth", "hythe", "lode",
)  # fmt: skip
_COMPANY_STARTS = (
    "Avor", "Brint", "Chald", "Dorv", "Elst", "Fyrn", "Galt", "Hespr", "Intr", "Jund",
    "Korv", "Lyst", "Munth", "Norv", "Ostr", "Pelm", "Quor", "Rinv", "Solv", "Threv",
)  # fmt: skip
_COMPANY_ENDS = (
    "ane", "ax", "ell", "era", "ex", "ia", "ica", "igen", "ine", "io", "is", "ix", "o", "on", "or", "us",
    "yne", "alis", "entis", "idian",
)  # fmt: skip

COMPANY_ENDINGS = (
    ("Buses", "bus-company"), ("Retail", "retailer"), ("Services", "service-provider"), ("Group", "company"),
    ("Facilities", "service-provider"), ("Partners", "company"), ("Integrated", "service-provider"),
)  # fmt: skip
CHARITY_ENDINGS = (
    ("Community Trust", "charity"), ("Volunteers", "volunteering-charity"), ("Foundation", "charitable-trust"),
    ("Futures", "social-enterprise"), ("Readers", "reading-organisation"), ("Action", "charity"),
)  # fmt: skip

SERVICES = {
    "environment": ("Environment", None), "waste": ("Waste", "environment"),
    "household-waste": ("Household waste collection", "waste"), "recycling": ("Recycling", "waste"),
    "food-waste": ("Food waste collection", "household-waste"), "parks": ("Parks and open spaces", "environment"),
    "people": ("Services for people", None), "libraries": ("Libraries", "people"),
    "home-library": ("Home library service", "libraries"), "schools": ("School buildings", "people"),
    "social-care": ("Social care", "people"), "home-care": ("Care at home", "social-care"),
    "resources": ("Resources", None), "customer-contact": ("Customer contact", "resources"),
    "web-chat": ("Web chat", "customer-contact"), "benefits": ("Benefits administration", "resources"),
    "transport": ("Transport", None), "community-buses": ("Community buses", "transport"),
    "highways": ("Highways", "transport"), "street-lighting": ("Street lighting", "highways"),
}  # fmt: skip
"""Each service's label and the larger service that it is a part of."""

ACTIVITIES = {
    "training": "Training", "mentoring": "Mentoring", "volunteering": "Volunteering by staff",
    "donation": "Gift of equipment", "education": "Classes", "event": "Open day", "funding": "Paying for projects",
    "recruitment": "Recruiting", "service-delivery": "Running the service", "media-production": "Making a film",
}  # fmt: skip
"""Each activity type's label in the names of activities."""

OUTCOMES = {
    "cost-saving": ("Saving", "total-saving", "CCY_GBP"), "employment": ("Jobs", "new-jobs", "NUM"),
    "environmental": ("More recycling", "recycling-rate", "PERCENT"),
    "volunteering": ("Hours given", "volunteering-hours", "HR"), "skills": ("People trained", "participants", "NUM"),
    "take-up": ("Places taken up", "pilot-places", "NUM"),
}  # fmt: skip
"""Each outcome type's label, indicator and unit."""


def place_name(number: int) -> str:
    """Return the name of a place; the first 400 differ."""
    number %= len(_PLACE_STARTS) * len(_PLACE_ENDS)
    # Steps that share no divisor with the lists' lengths spread neighbours over the whole of both lists.
    return _PLACE_STARTS[number % 20] + _PLACE_ENDS[(number // 20 + number) % 20]


def company_name(number: int) -> str:
    """Return the first word of a body's name; the first 8,000 differ, and later ones carry a number."""
    first, rest = number % 20, number // 20
    middle, last = rest % 20, rest // 20
    word = _COMPANY_STARTS[first] + _COMPANY_ENDS[(middle + first) % 20]
    return word if last == 0 else f"{word} {_COMPANY_STARTS[(last + first) % 20]}{last // 20 or ''}".strip()
