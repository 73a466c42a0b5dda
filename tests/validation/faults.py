"""Faults to put into `sound-case.ttl`, one at a time, and what is to be told of each."""

from dataclasses import dataclass
from pathlib import Path

from fsp.dataset.files import DatasetFile

__all__ = ["FAULTS", "SOUND", "Fault", "sound_text"]

SOUND = Path(__file__).with_name("sound-case.ttl")


@dataclass(frozen=True)
class Fault:
    """One fault.

    Attributes:
        name: what it is.
        old: a text of the sound file, which stands there once.
        new: what stands there instead.
        rule: the rule that is to be told.
        line: a part of the line that is to be named.
    """

    name: str
    old: str
    new: str
    rule: str
    line: str

    @property
    def text(self) -> str:
        """The file with the fault."""
        text = sound_text()
        if text.count(self.old) != 1:
            raise ValueError(f"{self.name}: {self.old} stands {text.count(self.old)} times in the sound file.")
        return text.replace(self.old, self.new)

    @property
    def file(self) -> DatasetFile:
        """The file with the fault, as an upload."""
        return DatasetFile(Path(f"{self.name}.ttl"), f"{self.name}.ttl", content=self.text.encode())


def sound_text() -> str:
    """Return the sound file."""
    return SOUND.read_text(encoding="utf-8")


_MEASUREMENT = "measurement:millbrook-share a fsp:Measurement ;\n"

FAULTS = (
    # Syntax
    Fault("no-full-stop", "    fsp:restsOn citation:millbrook-0-25 .\n\npartnership:millbrook-parks a", "    fsp:restsOn citation:millbrook-0-25\n\npartnership:millbrook-parks a", "syntax", "fsp:restsOn citation:millbrook-0-25"),
    Fault("no-closing-quote", 'rdfs:label "Parks in Millbrook"@en', 'rdfs:label "Parks in Millbrook@en', "syntax", "Parks in Millbrook"),
    Fault("undeclared-prefix", "fsp:illustrates principle:additional-value", "fsp:illustrates principles:additional-value", "syntax", "principles:additional"),
    # Namespaces
    Fault("namespace-letter", "<https://w3id.org/fsp/def#>", "<https://w3id.org/fsp/dev#>", "unknown-namespace", "/dev#"),
    Fault("namespace-http", "<https://w3id.org/fsp/def#>", "<http://w3id.org/fsp/def#>", "unknown-namespace", "http://w3id"),
    Fault("namespace-no-hash", "<https://w3id.org/fsp/def#>", "<https://w3id.org/fsp/def>", "unknown-namespace", "/def>"),
    Fault("namespace-slash", "<https://w3id.org/fsp/def#>", "<https://w3id.org/fsp/def/>", "unknown-namespace", "/def/>"),
    Fault("namespace-https", "<http://www.w3.org/ns/org#>", "<https://www.w3.org/ns/org#>", "unknown-namespace", "https://www.w3.org/ns/org#"),
    Fault("namespace-terms", "<http://purl.org/dc/terms/>", "<http://purl.org/dc/term/>", "unknown-namespace", "dc/term/"),
    Fault("namespace-scheme", "<https://w3id.org/fsp/scheme/phase/>", "<https://w3id.org/fsp/scheme/phase#>", "unknown-namespace", "scheme/phase#"),
    Fault("namespace-kind", "<https://w3id.org/fsp/id/organisation/>", "<https://w3id.org/fsp/id/organization/>", "unknown-namespace", "id/organization/"),
    Fault("namespace-datatype", "<http://www.w3.org/2001/XMLSchema#>", "<http://www.w3.org/2001/XMLSchema/>", "unknown-namespace", "XMLSchema/"),
    # Terms
    Fault("property-letter", "fsp:buyer organisation", "fsp:byer organisation", "unknown-term", "fsp:byer"),
    Fault("property-case", "fsp:numericValue 45.0", "fsp:NumericValue 45.0", "unknown-term", "fsp:NumericValue"),
    Fault("property-invented", "    fsp:resultOf", "    fsp:happiness 7 ;\n    fsp:resultOf", "unknown-term", "fsp:happiness"),
    Fault("class-letter", "a fsp:Contract ;", "a fsp:Contrat ;", "unknown-term", "fsp:Contrat"),
    Fault("class-case", "a fsp:Commitment", "a fsp:commitment", "unknown-term", "fsp:commitment"),
    Fault("class-participation", "participation:millbrook-1 a fsp:Participation", "participation:millbrook-1 a fsp:Particpation", "unknown-term", "fsp:Particpation"),
    Fault("class-foreign", "place:millbrook a dcterms:Location", "place:millbrook a dcterms:Locaton", "unknown-term", "dcterms:Locaton"),
    Fault("property-foreign", "org:member organisation:greenway", "org:memeber organisation:greenway", "unknown-term", "org:memeber"),
    Fault("property-rdfs", 'rdfs:label "Cleaner parks"', 'rdfs:lable "Cleaner parks"', "unknown-term", "rdfs:lable"),
    Fault("property-oa", "oa:hasSource source", "oa:hasSorce source", "unknown-term", "oa:hasSorce"),
    Fault("datatype-letter", '"2019-12-31"^^xsd:date', '"2019-12-31"^^xsd:dat', "unknown-term", "xsd:dat "),
    Fault("class-as-property", "fsp:changes contract", "fsp:Contract contract", "unknown-term", "fsp:Contract contract"),
    Fault("class-of-other-vocabulary", "organisation:greenway a org:Organization", "organisation:greenway a fsp:Organisation", "unknown-term", "fsp:Organisation"),
    Fault("property-of-other-vocabulary", "org:member organisation:greenway", "fsp:member organisation:greenway", "unknown-term", "fsp:member"),
    Fault("label-of-other-vocabulary", 'rdfs:label "Cleaner parks"', 'fsp:label "Cleaner parks"', "unknown-term", "fsp:label"),
    Fault("description-of-other-vocabulary", 'dcterms:description "The parks became cleaner."', 'fsp:description "The parks became cleaner."', "unknown-term", "fsp:description"),
    Fault("label-of-dublin-core", 'rdfs:label "Cleaner parks"', 'dcterms:label "Cleaner parks"', "unknown-term", "dcterms:label"),
    Fault("class-invented", "contract:millbrook a fsp:Contract", "contract:millbrook a fsp:Deal", "unknown-term", "fsp:Deal"),
    Fault("class-invented-place", "place:millbrook a dcterms:Location", "place:millbrook a fsp:Place", "unknown-term", "fsp:Place"),
    Fault("property-as-class", "outcome:millbrook-cleaner a fsp:Outcome", "outcome:millbrook-cleaner a fsp:outcomeType", "unknown-term", "a fsp:outcomeType"),
    # Things
    Fault("thing-typo", "fsp:supplier organisation:greenway", "fsp:supplier organisation:grenway", "unknown-thing", "organisation:grenway"),
    Fault("thing-of-other-kind", "fsp:during period:millbrook-2019", "fsp:during place:millbrook-2019", "unknown-thing", "place:millbrook-2019"),
    Fault("thing-absent", "fsp:resultOf activity:millbrook-training", "fsp:resultOf activity:nothing-of-the-kind", "unknown-thing", "activity:nothing"),
    Fault("partnership-typo", "org:organization partnership:millbrook-parks ;\n    org:role partner-role:client", "org:organization partnership:milbrook-parks ;\n    org:role partner-role:client", "unknown-thing", "partnership:milbrook-parks"),
    Fault("citation-typo", "fsp:illustrates principle:additional-value ;\n    fsp:restsOn citation:millbrook-0-25", "fsp:illustrates principle:additional-value ;\n    fsp:restsOn citation:millbrook-0-52", "unknown-thing", "citation:millbrook-0-52"),
    Fault("case-absent", "fsp:fulfils commitment:millbrook-trainees", "fsp:fulfils commitment:apprentices", "unknown-thing", "commitment:apprentices"),
    Fault("concept-typo", "fsp:phase phase:agreed", "fsp:phase phase:agred", "unknown-concept", "phase:agred"),
    Fault("concept-absent", "activity-type:training", "activity-type:gardening", "unknown-concept", "activity-type:gardening"),
    Fault("concept-label", "status:done", "status:finished", "unknown-concept", "status:finished"),
    Fault("no-class", "outcome:millbrook-cleaner a fsp:Outcome ;\n", "outcome:millbrook-cleaner\n", "no-class", "outcome:millbrook-cleaner"),
    Fault("no-class-contract", "contract:millbrook a fsp:Contract ;\n", "contract:millbrook\n", "no-class", "contract:millbrook"),
    Fault("no-class-place", "place:millbrook a dcterms:Location ;\n", "place:millbrook\n", "no-class", "place:millbrook"),
    Fault("no-class-citation", "citation:millbrook-0-25 a fsp:Citation ;\n", "citation:millbrook-0-25\n", "no-class", "citation:millbrook-0-25"),
    Fault("wrong-class", "contract:millbrook a fsp:Contract ;\n", "contract:millbrook a fsp:Service ;\n", "wrong-class", "contract:millbrook a"),
    Fault("wrong-class-grant", "contract:millbrook a fsp:Contract ;\n", "contract:millbrook a fsp:Grant ;\n", "wrong-class", "contract:millbrook a"),
    Fault("wrong-class-outcome", "measurement:millbrook-share a fsp:Measurement", "measurement:millbrook-share a fsp:Outcome", "wrong-class", "measurement:millbrook-share a"),
    Fault("wrong-class-activity", "outcome:millbrook-cleaner a fsp:Outcome", "outcome:millbrook-cleaner a fsp:Activity", "wrong-class", "outcome:millbrook-cleaner a"),
    Fault("nothing-refers", "place:millbrook a dcterms:Location ;", 'place:elsewhere a dcterms:Location ; rdfs:label "Elsewhere"@en .\n\nplace:millbrook a dcterms:Location ;', "nothing-refers", "place:elsewhere"),
    Fault("published-body", 'rdfs:label "Greenway Gardens"@en', 'rdfs:label "Serco"@en', "already-there", "organisation:greenway a"),
    Fault("published-body-nearly", 'rdfs:label "Millbrook Council"@en', 'rdfs:label "Traford council"@en', "already-there", "organisation:millbrook-council a"),
    Fault("published-body-group", 'rdfs:label "Greenway Gardens"@en', 'rdfs:label "Serco Group plc"@en', "already-there", "organisation:greenway a"),
    Fault("published-council-borough", 'rdfs:label "Millbrook Council"@en', 'rdfs:label "London Borough of Hounslow Council"@en', "already-there", "organisation:millbrook-council a"),
    Fault("published-council-of", 'rdfs:label "Millbrook Council"@en', 'rdfs:label "Council of Barnsley"@en', "already-there", "organisation:millbrook-council a"),
    Fault("published-council-county", 'rdfs:label "Millbrook Council"@en', 'rdfs:label "Isle of Wight County Council"@en', "already-there", "organisation:millbrook-council a"),
    # Values
    Fault("text-for-thing", "fsp:buyer organisation:millbrook-council", 'fsp:buyer "Millbrook Council"', "text-for-thing", 'fsp:buyer "'),
    Fault("text-for-concept", "fsp:phase phase:result", 'fsp:phase "result"', "text-for-thing", 'fsp:phase "'),
    Fault("text-for-iri", "fsp:unit unit:PERCENT", 'fsp:unit "%"', "text-for-thing", 'fsp:unit "'),
    Fault("text-for-name", "org:member organisation:greenway", 'org:member "organisation:greenway"', "text-for-thing", 'org:member "'),
    Fault("no-such-day", '"2019-12-31"^^xsd:date', '"2019-02-30"^^xsd:date', "malformed-value", "2019-02-30"),
    Fault("day-first", '"2019-01-01"^^xsd:date', '"01/01/2019"^^xsd:date', "malformed-value", "01/01/2019"),
    Fault("year-as-date", '"2019-01-01"^^xsd:date', '"2019"^^xsd:date', "malformed-value", '"2019"^^xsd:date'),
    Fault("thousands", "fsp:numericValue 2000000.0", 'fsp:numericValue "2,000,000"^^xsd:decimal', "malformed-value", "2,000,000"),
    Fault("word-as-number", "fsp:numericValue 45.0", 'fsp:numericValue "none"^^xsd:decimal', "malformed-value", '"none"'),
    Fault("offset-word", "fsp:startOffset 0", 'fsp:startOffset "zero"^^xsd:integer', "malformed-value", '"zero"'),
    Fault("date-as-text", '"2019-12-31"^^xsd:date', '"2019-12-31"', "PeriodShape-latestDate", 'latestDate "2019-12-31"'),
    Fault("number-as-text", "fsp:numericValue 45.0", 'fsp:numericValue "45.0"', "MeasurementShape-numericValue", '"45.0"'),
    Fault("end-offset-as-text", "fsp:endOffset 25", 'fsp:endOffset "25"', "CitationShape-endOffset", '"25"'),
    Fault("integer-for-decimal", "fsp:numericValue 45.0", "fsp:numericValue 45", "MeasurementShape-numericValue", "numericValue 45"),
    Fault("earliest-short", 'fsp:earliestDate "2019-01-01"^^xsd:date', 'fsp:earliestDate "2012-5-1"^^xsd:date', "malformed-value", 'fsp:earliestDate "2012-5-1"'),
    Fault("earliest-words", 'fsp:earliestDate "2019-01-01"^^xsd:date', 'fsp:earliestDate "May 2012"^^xsd:date', "malformed-value", 'fsp:earliestDate "May 2012"'),
    Fault("earliest-far", 'fsp:earliestDate "2019-01-01"^^xsd:date', 'fsp:earliestDate "99999-01-01"^^xsd:date', "malformed-value", 'fsp:earliestDate "99999-01-01"'),
    Fault("earliest-year-0", 'fsp:earliestDate "2019-01-01"^^xsd:date', 'fsp:earliestDate "0000-05-01"^^xsd:date', "malformed-value", 'fsp:earliestDate "0000-05-01"'),
    Fault("latest-no-day", 'fsp:latestDate "2019-12-31"^^xsd:date', 'fsp:latestDate "2012-02-30"^^xsd:date', "malformed-value", 'fsp:latestDate "2012-02-30"'),
    Fault("latest-empty", 'fsp:latestDate "2019-12-31"^^xsd:date', 'fsp:latestDate ""^^xsd:date', "malformed-value", 'fsp:latestDate ""'),
    Fault("latest-month", 'fsp:latestDate "2019-12-31"^^xsd:date', 'fsp:latestDate "2012-05"^^xsd:date', "malformed-value", 'fsp:latestDate "2012-05"'),
    Fault("latest-before-christ", 'fsp:latestDate "2019-12-31"^^xsd:date', 'fsp:latestDate "-0044-03-15"^^xsd:date', "malformed-value", 'fsp:latestDate "-0044-03-15"'),
    Fault("latest-year-0", 'fsp:latestDate "2019-12-31"^^xsd:date', 'fsp:latestDate "0000-05-01"^^xsd:date', "malformed-value", 'fsp:latestDate "0000-05-01"'),
    Fault("unit-letter", "fsp:unit unit:PERCENT", "fsp:unit unit:PERCNT", "unknown-unit", "unit:PERCNT"),
    Fault("unit-number", "fsp:unit unit:PERCENT", "fsp:unit unit:NUMB", "unknown-unit", "unit:NUMB"),
    Fault("unit-currency", "fsp:unit unit:CCY_GBP", "fsp:unit unit:GBP", "unknown-unit", "unit:GBP"),
    Fault("unit-currency-letters", "fsp:unit unit:CCY_GBP", "fsp:unit unit:CCY_GPB", "unknown-unit", "unit:CCY_GPB"),
    # Shapes
    Fault("scheme-wrong", "fsp:phase phase:result", "fsp:phase status:done", "MeasurementShape-phase", "fsp:phase status:done"),
    Fault("scheme-wrong-status", "    fsp:status status:done", "    fsp:status phase:result", "OutcomeShape-status", "fsp:status phase:result"),
    Fault("buyer-missing", "    fsp:buyer organisation:millbrook-council ;\n", "", "ContractShape-buyer", "contract:millbrook a"),
    Fault("member-missing", "    org:member organisation:greenway ;\n", "", "ParticipationShape-member", "participation:millbrook-2 a"),
    Fault("organization-missing", "    org:organization partnership:millbrook-parks ;\n    org:role partner-role:client", "    org:role partner-role:client", "ParticipationShape-organization", "participation:millbrook-1 a"),
    Fault("label-missing", '    rdfs:label "Cleaner parks"@en ;\n', "", "ThingShape-label", "outcome:millbrook-cleaner a"),
    Fault("label-twice", '    rdfs:label "Cleaner parks"@en ;', '    rdfs:label "Cleaner parks"@en, "Tidier parks"@en ;', "ThingShape-label", "Tidier parks"),
    Fault("label-no-language", 'rdfs:label "Cleaner parks"@en', 'rdfs:label "Cleaner parks"', "ThingShape-label", '"Cleaner parks" ;'),
    Fault("description-no-language", '"The parks became cleaner."@en', '"The parks became cleaner."', "ThingShape-description", '"The parks became cleaner."'),
    Fault("case-missing", "    fsp:resultOf activity:millbrook-training ;\n    fsp:during period:millbrook-2019 ;\n    fsp:hasMeasurement measurement:millbrook-share ;\n    fsp:describedIn case:millbrook ;\n", "    fsp:resultOf activity:millbrook-training ;\n    fsp:during period:millbrook-2019 ;\n    fsp:hasMeasurement measurement:millbrook-share ;\n", "EventShape", "outcome:millbrook-cleaner a"),
    Fault("citation-missing", "    fsp:madeUnder contract:millbrook ;\n    fsp:status status:ongoing ;\n    fsp:describedIn case:millbrook ;\n    fsp:restsOn citation:millbrook-0-25 .", "    fsp:madeUnder contract:millbrook ;\n    fsp:status status:ongoing ;\n    fsp:describedIn case:millbrook .", "CitedThingShape-restsOn", "commitment:millbrook-trainees a"),
    Fault("status-twice", "    fsp:status status:done ;", "    fsp:status status:done, status:ongoing ;", "OutcomeShape-status", "status:done, status:ongoing"),
    Fault("status-and-result", "    fsp:status status:done ;", "    fsp:status status:planned ;", "ReachedOutcomeShape", "status:planned"),
    Fault("one-partner", "participation:millbrook-2 a fsp:Participation ;\n    rdfs:label \"Greenway Gardens as contractor\"@en ;\n    org:member organisation:greenway ;\n    org:organization partnership:millbrook-parks ;\n    org:role partner-role:contractor ;\n    fsp:describedIn case:millbrook ;\n    fsp:restsOn citation:millbrook-0-25 .\n", "", "PartnershipShape-partners", "partnership:millbrook-parks a"),
    Fault("other-case", "    fsp:agreedDuring period:millbrook-2019 ;\n    fsp:hasMeasurement measurement:millbrook-value ;\n    fsp:describedIn case:millbrook ;", "    fsp:agreedDuring period:millbrook-2019 ;\n    fsp:hasMeasurement measurement:millbrook-value ;\n    fsp:describedIn case:trafford ;", "PartShape-case", "fsp:describedIn case:trafford"),
    Fault("owner-missing", "    fsp:hasMeasurement measurement:millbrook-share ;\n", "", "MeasurementShape-owner", "measurement:millbrook-share a"),
    Fault("second-owner", "    fsp:resultOf activity:millbrook-training ;", "    fsp:resultOf activity:millbrook-training ;\n    fsp:hasMeasurement measurement:millbrook-value ;", "MeasurementShape-owner", "hasMeasurement measurement:millbrook-value"),
    Fault("days-swapped", '"2019-01-01"^^xsd:date', '"2020-01-01"^^xsd:date', "PeriodShape-earliestDate", "2020-01-01"),
    Fault("end-past-source", "fsp:endOffset 25", "fsp:endOffset 2500", "CitationShape-within", "2500"),
    Fault("digest-short", "fsp:endOffset 25 ;\n    fsp:sha256 \"", "fsp:endOffset 25 ;\n    fsp:sha256 \"abc\", \"", "CitationShape-sha256", "abc"),
    Fault("per-cent-above", "fsp:numericValue 45.0", "fsp:numericValue 450.0", "PercentageShape", "450.0"),
    Fault("property-of-other-class", "    fsp:formedDuring", "    fsp:agreedDuring", "VocabularyShape-domain", "fsp:agreedDuring period:millbrook-2019 ;"),
    Fault("supplier-is-buyer", "fsp:supplier organisation:greenway", "fsp:supplier organisation:millbrook-council", "ContractShape-buyer", "fsp:buyer"),
    Fault("value-of-other-class", "fsp:forService service:millbrook-parks", "fsp:forService organisation:greenway", "ContractShape-forService", "fsp:forService"),
    Fault("description-missing", '    dcterms:description "The parks became cleaner."@en ;\n', "", "DescribedThingShape-description", "outcome:millbrook-cleaner a"),
    Fault("principle-missing", "    fsp:illustrates principle:additional-value ;\n", "", "CaseStudyShape-illustrates", "case:millbrook a"),
    Fault("unit-of-other-vocabulary", "fsp:unit unit:PERCENT", "fsp:unit <http://dbpedia.org/resource/Percentage>", "MeasurementShape-unit", "dbpedia"),
)  # fmt: skip
