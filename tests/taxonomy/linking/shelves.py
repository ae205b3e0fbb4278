"""Small labels of our own, enough to link by."""

from collections.abc import Iterator

from kompetanse.taxonomy.concepts import ConceptKind
from kompetanse.taxonomy.linking.labels import Label
from kompetanse.taxonomy.linking.linker import Linker
from kompetanse.taxonomy.linking.store import in_memory

# Concept: language: the preferred label, then its synonyms.
OCCUPATIONS = {
    "nurse": {"nb": ["sykepleier"], "en": ["nurse"], "pl": ["pielęgniarka", "pielęgniarz"], "lt": ["slaugytoja"],
              "uk": ["медсестра"], "ar": ["ممرضة"], "sv": ["sjuksköterska"]},
    "accountant": {"nb": ["regnskapsfører"], "en": ["accountant"], "pl": ["księgowy", "księgowa"], "lt": ["buhalterė"],
                   "ro": ["contabil/contabilă", "contabil", "contabilă"], "uk": ["бухгалтер"]},
    "auditor": {"nb": ["revisor"], "en": ["auditor"], "pl": ["rewident", "księgowa"]},
    "electrician": {"nb": ["elektriker", "elektromontør"], "en": ["electrician"], "pl": ["elektryk"]},
    "plumber": {"nb": ["rørlegger"], "en": ["plumber"], "pl": ["hydraulik"]},
    "cook": {"nb": ["kokk"], "en": ["cook"], "pl": ["kucharz"], "uk": ["кухар"]},
    "kitchen": {"nb": ["kjøkkenassistent"], "en": ["kitchen assistant"], "pl": ["pomoc kuchenna"]},
    "teacher": {"nb": ["lærer", "lærerinne"], "en": ["teacher"], "pl": ["nauczyciel"]},
    "kindergarten": {"nb": ["barnehagelærer"], "en": ["early years teacher"]},
    "tailor": {"nb": ["skredder"], "en": ["tailor"], "pl": ["krawiec"]},
    "welder": {"nb": ["sveiser"], "en": ["welder"], "pl": ["spawacz"], "lt": ["suvirintojas"]},
    "skipper": {"nb": ["skipsfører", "fører av skip"], "en": ["skipper"]},
    "ship": {"nb": ["skipsmaskinist"], "en": ["ship engineer"]},
    "fish": {"nb": ["fiskeindustriarbeider"], "lt": ["žuvies apdorojimo darbininkas"]},
    "mate1": {"nb": ["1. styrmann"], "en": ["first mate"]},
    "mate2": {"nb": ["2. styrmann"], "en": ["second mate"]},
    "driver": {"nb": ["lastebilsjåfør"], "en": ["truck driver"], "pl": ["kierowca ciężarówki"]},
}  # fmt: skip
SKILLS = {
    "welding": {"nb": ["sveising"], "en": ["welding", "weld metal"]},
    "mig": {"nb": ["MIG/MAG-sveising"], "en": ["MIG welding"]},
    "wiring": {"nb": ["legge kabler"], "en": ["install wiring"]},
    "year": {"nb": ["årsregnskap"], "en": ["annual accounts"]},
    "fillet": {"nb": ["filetering av fisk"], "en": ["fillet fish"]},
}
RELATIONS = [("occupation:welder", "skill:welding"), ("occupation:welder", "skill:mig"),
             ("occupation:electrician", "skill:wiring")]  # fmt: skip


def labels() -> Iterator[Label]:
    """Every label of the small lists."""
    for kind, concepts in ((ConceptKind.OCCUPATION, OCCUPATIONS), (ConceptKind.SKILL, SKILLS)):
        for key, by_language in concepts.items():
            for language, texts in by_language.items():
                for position, text in enumerate(texts):
                    yield Label(f"{kind}:{key}", kind, language, text, preferred=position == 0)


def small() -> Linker:
    """A linker of the small lists."""
    return in_memory(labels(), RELATIONS)
