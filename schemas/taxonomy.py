"""Contracts of the taxonomy: concepts, and a municipality's own words for them."""

from uuid import UUID

from pydantic import ConfigDict, Field

from schemas.base import Contract, Text, View


class ConceptOut(View):
    """A skill or an occupation. `name` is in the language that was asked for, where it has one."""

    uri: str = Field(examples=["http://data.europa.eu/esco/occupation/eda0d957-3c3c-4139-b89a-a18bc9e18897"])
    kind: str = Field(examples=["occupation"])
    name: str = Field(examples=["regnskapsfører"])
    styrk: str | None = Field(description="An occupation's STYRK-08 code.", examples=["3313"])
    group: str | None = Field(description="A skill's ESCO group or ISCED-F field.")


class FoundOut(ConceptOut):
    """A concept that a text may mean: how sure that is (0 to 1), and by which label in which language."""

    score: float
    label: str = Field(examples=["księgowa"])
    language: str = Field(description="ISO 639-1; empty for the municipality's own words.", examples=["pl"])


class FoundConcepts(View):
    """What a text may mean, best first. `linked` is what it clearly means, null when that is not clear."""

    linked: str | None
    items: list[FoundOut]


class NeedsOut(ConceptOut):
    """A concept with the skills that it needs, where it is an occupation."""

    essential: list[ConceptOut]
    optional: list[ConceptOut]


class ProposalOut(View):
    """A skill that a job speaks for, to be confirmed (`holds: true`) or declined; silence is "unknown"."""

    concept: ConceptOut
    essential: bool
    entry_id: UUID = Field(description="The job; send it as `source_id`.")
    entry_title: str


class ProposalList(View):
    """What can be asked about a profile of this version."""

    version: int
    items: list[ProposalOut]


class SynonymIn(Contract):
    """A word, and what it means in this municipality."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "kind": "occupation",
                    "text": "slinger",
                    "uri": "http://data.europa.eu/esco/occupation/83de6811-975d-4f7c-b81e-604c0c17e800",
                }
            ]
        }
    )

    kind: str = Field(pattern="^(skill|occupation)$")
    text: Text
    uri: str = Field(max_length=255)


class SynonymOut(View):
    """A word that was linked by hand."""

    id: UUID
    kind: str
    text: str
    uri: str


class SynonymList(View):
    """The municipality's own words."""

    items: list[SynonymOut]


class UnlinkedTerm(View):
    """Words that no concept fitted, and how many profiles and vacancies have them."""

    kind: str
    text: str
    count: int


class UnlinkedTerms(View):
    """What is not linked, the most frequent first."""

    items: list[UnlinkedTerm]
