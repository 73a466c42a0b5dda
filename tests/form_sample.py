"""A small whole case as a newcomer fills it into the form."""

__all__ = ["CASE", "SOURCE"]

SOURCE = (
    "Parks of Anytown\r\n\r\nAnytown Council and Green Ltd set up a partnership for the parks in 2011. "
    "The contract was worth £2 million. All parks were opened again in May 2012, and 40 jobs were made."
)

CASE = {
    "source-1-title": "Parks of Anytown",
    "source-1-text": SOURCE,
    "case-1-label": "Anytown",
    "case-1-description": "A council and a firm look after the parks of a town together.",
    "case-1-illustrates": "principle/cross-sector-partnerships",
    "case-1-passage": "Anytown Council and Green Ltd set up a partnership for the parks in 2011.",
    "organisation-1-label": "Anytown Council",
    "organisation-1-sector": "sector/public",
    "organisation-1-type": "public organisation",
    "organisation-2-label": "Green Ltd",
    "organisation-2-sector": "sector/private",
    "partnership-1-label": "Anytown Council and Green Ltd",
    "partnership-1-description": "It looks after the parks.",
    "partnership-1-formedDuring": "2011",
    "participation-1-member": "@organisation-1",
    "participation-1-role": "partner-role/client",
    "participation-2-member": "@organisation-2",
    "participation-2-role": "partner-role/contractor",
    "contract-1-label": "Parks contract of Anytown",
    "contract-1-description": "The firm looks after the parks for the council.",
    "contract-1-buyer": "@organisation-1",
    "contract-1-supplier": "@organisation-2",
    "contract-1-passage": "The contract was worth £2 million.",
    "activity-1-label": "Opening of the parks of Anytown",
    "activity-1-description": "The parks were opened to everyone again.",
    "activity-1-activityType": "activity-type/service-delivery",
    "activity-1-status": "status/done",
    "activity-1-carriedOutBy": "@organisation-2",
    "activity-1-during": "May 2012",
    "outcome-1-label": "Jobs in the parks of Anytown",
    "outcome-1-description": "People found work in the parks.",
    "outcome-1-outcomeType": "outcome-type/employment",
    "outcome-1-status": "status/done",
    "outcome-1-resultOf": "@activity-1",
    "outcome-1-passage": "40 jobs were made",
    "measurement-1-of": "@outcome-1",
    "measurement-1-label": "40 jobs in the parks of Anytown",
    "measurement-1-numericValue": "40",
    "measurement-1-unit": "number",
    "measurement-1-indicator": "indicator/new-jobs",
    "measurement-1-phase": "phase/result",
    "measurement-1-bound": "bound/exactly",
    "measurement-2-of": "@contract-1",
    "measurement-2-label": "£2 million for the parks of Anytown",
    "measurement-2-numericValue": "£2m",
    "measurement-2-indicator": "indicator/contract-value",
    "measurement-2-phase": "phase/agreed",
    "measurement-2-bound": "bound/exactly",
}
"""Values by the names of the fields."""
