"""What a case tells that is told at length: contract and changes, commitments, activities, outcomes."""

from random import Random

from generation.names import ACTIVITIES, OUTCOMES
from generation.shared import Case, Organisation, Shared
from generation.terms import concept, decimal_literal, iri, thing
from generation.writer import Writer

__all__ = ["Details"]

_GROUPS = ("young-people", "residents", "schools", "customers", "apprentices", "local-community", "community-groups")
_PHASES = {"done": "result", "ongoing": "result", "expected": "projection", "aimed-at": "target", "planned": "promise"}
"""The phase of an outcome's number by the outcome's status."""


class Details:
    """Writes the details of a case.

    Args:
        random: source of random numbers.
        writer: where statements go.
        shared: what cases share.
    """

    def __init__(self, random: Random, writer: Writer, shared: Shared) -> None:
        self._random = random
        self._writer = writer
        self._shared = shared

    def write(self, case: Case, council: Organisation, company: Organisation, arm: Organisation | None) -> None:
        """Write a contract, and then by chance its change, a commitment, activities and an outcome."""
        contract = self._contract(case, council, company)
        commitment = self._commitment(case, company, contract) if self._happens(0.3) else None
        activity = self._activity(case, arm or company, commitment) if arm or commitment or self._happens(0.5) else None
        outcome = self._outcome(case, activity or contract) if self._happens(0.7) else None
        if self._happens(0.25):
            self._change(case, contract, outcome or activity)

    def _contract(self, case: Case, council: Organisation, company: Organisation) -> str:
        contract = thing("contract", case.slug)
        label = f"Contract of {council.name} with {company.name}"
        self._thing(case, contract, "fsp:Contract", label)
        self._writer.add(
            contract,
            ("fsp:buyer", council.term),
            ("fsp:supplier", company.term),
            ("fsp:underPartnership", thing("partnership", case.slug)),
            ("fsp:forService", self._shared.service(case)),
            ("fsp:agreedDuring", self._shared.period()),
        )
        # Values spread over three powers of ten, as those of contracts do.
        value = round(self._random.lognormvariate(15.5, 1.3), -3)
        self._measurement(case, contract, ("contract-value", "CCY_GBP"), value, "agreed")
        if self._happens(0.5):
            self._measurement(case, contract, ("contract-term", "YR"), self._random.randint(1, 25), "agreed")
        return contract

    def _change(self, case: Case, contract: str, reason: str | None) -> None:
        change = thing("change", case.slug)
        type_ = self._random.choice(("extension", "renegotiation", "service-change"))
        self._thing(case, change, "fsp:ContractChange", f"{type_.replace('-', ' ').capitalize()} of the contract")
        self._writer.add(
            change,
            ("fsp:changes", contract),
            ("fsp:changeType", concept("change-type", type_)),
            ("fsp:during", self._shared.period()),
        )
        if reason:
            self._writer.add(change, ("fsp:becauseOf", reason))
        if type_ == "extension":
            self._writer.add(change, ("fsp:extendsTo", self._shared.period()))
            self._measurement(case, change, ("extension-term", "YR"), self._random.randint(1, 10), "agreed")

    def _commitment(self, case: Case, company: Organisation, contract: str) -> str:
        commitment = thing("commitment", case.slug)
        self._thing(case, commitment, "fsp:Commitment", f"Undertaking of {company.name}")
        self._writer.add(
            commitment,
            ("fsp:committedBy", company.term),
            ("fsp:madeUnder", contract),
            ("fsp:status", concept("status", self._random.choice(("done", "ongoing", "planned")))),
        )
        if self._happens(0.4):
            self._measurement(case, commitment, ("people-employed", "NUM"), self._random.randint(5, 400), "promise")
        return commitment

    def _activity(self, case: Case, supporter: Organisation, commitment: str | None) -> str:
        activity = thing("activity", case.slug)
        type_ = self._random.choice(tuple(ACTIVITIES))
        self._thing(case, activity, "fsp:Activity", f"{ACTIVITIES[type_]} in {case.place.name}")
        self._writer.add(
            activity,
            ("fsp:carriedOutBy", self._shared.charity(case).term),
            ("fsp:supportedBy", supporter.term),
            ("fsp:activityType", concept("activity-type", type_)),
            ("fsp:benefits", concept("group", self._random.choice(_GROUPS))),
            ("fsp:status", concept("status", self._random.choice(("done", "ongoing", "planned")))),
            ("dcterms:spatial", case.place.term),
        )
        if commitment:
            self._writer.add(activity, ("fsp:fulfils", commitment))
        return activity

    def _outcome(self, case: Case, cause: str) -> str:
        outcome = thing("outcome", case.slug)
        type_ = self._random.choice(tuple(OUTCOMES))
        label, indicator, unit = OUTCOMES[type_]
        status = self._random.choice(tuple(_PHASES))
        self._thing(case, outcome, "fsp:Outcome", f"{label} in {case.place.name}")
        self._writer.add(
            outcome,
            ("fsp:outcomeType", concept("outcome-type", type_)),
            ("fsp:status", concept("status", status)),
            ("fsp:resultOf", cause),
        )
        self._measurement(case, outcome, (indicator, unit), self._value(unit), _PHASES[status])
        if status == "done":
            self._measurement(case, outcome, (indicator, unit), self._value(unit), "baseline")
        return outcome

    def _value(self, unit: str) -> float:
        if unit == "PERCENT":
            return round(self._random.uniform(10, 75), 1)
        if unit == "CCY_GBP":
            return round(self._random.lognormvariate(13, 1.2), -3)
        return self._random.randint(5, 600)

    def _measurement(self, case: Case, owner: str, kind: tuple[str, str], value: float, phase: str) -> None:
        """Write a number of an owner; `kind` is its indicator and its unit."""
        indicator, unit = kind
        owner_name = owner[1:-1].rpartition("/id/")[2].replace("/", "-")
        measurement = thing("measurement", f"{owner_name}-{indicator}-{phase}")
        words = indicator.replace("-", " ").capitalize()
        self._writer.describe(measurement, ["fsp:Measurement"], f"{words}: {value:,.1f} ({phase})")
        self._writer.add(
            measurement,
            ("fsp:indicator", concept("indicator", indicator)),
            ("fsp:numericValue", decimal_literal(value)),
            ("fsp:unit", iri(f"unit:{unit}")),
            ("fsp:phase", concept("phase", phase)),
            ("fsp:bound", concept("bound", self._random.choice(("exactly", "exactly", "at-least", "more-than")))),
            ("fsp:describedIn", case.term),
            ("fsp:restsOn", case.citation),
        )
        self._writer.add(owner, ("fsp:hasMeasurement", measurement))

    def _thing(self, case: Case, term: str, class_: str, label: str) -> None:
        self._writer.describe(term, [class_], label, f"{label}, as made up for {case.place.name}.")
        self._writer.add(term, ("fsp:describedIn", case.term), ("fsp:restsOn", case.citation))

    def _happens(self, share: float) -> bool:
        return self._random.random() < share
