"""How an education from abroad is recognised in Norway: who decides, what is needed, how long it takes.

Sources: HK-dir (Direktoratet for høyere utdanning og kompetanse, hkdir.no) for its schemes, lov om
yrkeskvalifikasjoner (2017-06-16-69) and helsepersonelloven (1999-07-02-64) kap. 9 for authorisations. Waiting times are
what authorities stated in 2026, rounded up; they change, so pages say "about".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from kompetanse.codes.education import EducationLevel
from kompetanse.codes.work import RecognitionScheme

HKDIR = "HK-dir"


@dataclass(frozen=True, slots=True)
class RecognitionGuide:
    """What somebody must know who wants an education recognised.

    `authority` is None where it depends on the profession. `months` is about how long a decision takes,
    `valid_years` how long it lasts, None for ever. `documents` and `steps` are codes of what is needed and done, in
    order; pages put words to them.
    """

    scheme: RecognitionScheme
    authority: str | None
    months: int
    valid_years: int | None
    documents: tuple[str, ...]
    steps: tuple[str, ...]


_PAPERS = ("diploma", "transcript", "translation", "identity")
_APPLY = ("collect", "translate", "apply", "wait")

GUIDES: Mapping[RecognitionScheme, RecognitionGuide] = MappingProxyType(
    {
        guide.scheme: guide
        for guide in (
            RecognitionGuide(RecognitionScheme.GENERAL, HKDIR, 4, None, _PAPERS, _APPLY),
            RecognitionGuide(
                RecognitionScheme.VOCATIONAL, HKDIR, 6, None, (*_PAPERS, "curriculum", "work_certificates"), _APPLY
            ),
            RecognitionGuide(RecognitionScheme.TERTIARY_VOCATIONAL, HKDIR, 4, None, (*_PAPERS, "curriculum"), _APPLY),
            RecognitionGuide(
                RecognitionScheme.UVD, HKDIR, 12, None, ("identity", "own_account"), ("apply", "interview", "wait")
            ),
            RecognitionGuide(
                RecognitionScheme.NON_BINDING, HKDIR, 1, 3, ("diploma", "transcript"), ("collect", "apply")
            ),
            RecognitionGuide(
                RecognitionScheme.AUTHORISATION,
                None,
                12,
                None,
                (*_PAPERS, "curriculum", "work_certificates", "good_standing", "language_test"),
                ("collect", "translate", "apply", "extra_training", "wait"),
            ),
        )
    }
)


DOCUMENTS = frozenset(paper for guide in GUIDES.values() for paper in guide.documents)
"""Every paper that some scheme asks for."""

_BY_LEVEL = {
    EducationLevel.UPPER_SECONDARY: RecognitionScheme.VOCATIONAL,
    EducationLevel.POST_SECONDARY: RecognitionScheme.TERTIARY_VOCATIONAL,
    EducationLevel.BACHELOR: RecognitionScheme.GENERAL,
    EducationLevel.MASTER: RecognitionScheme.GENERAL,
    EducationLevel.DOCTORATE: RecognitionScheme.GENERAL,
}


def likely_scheme(level: EducationLevel | None) -> RecognitionScheme | None:
    """The scheme to look at first for an education of a level; a regulated profession needs its authorisation too."""
    return _BY_LEVEL.get(level) if level else None


def lapses_on(scheme: RecognitionScheme | None, decided_on: date | None) -> date | None:
    """The last day of a decision that lasts some years only; None when it lasts, or nothing is known.

    >>> lapses_on(RecognitionScheme.NON_BINDING, date(2024, 2, 29))
    datetime.date(2027, 2, 28)
    """
    years = GUIDES[scheme].valid_years if scheme else None
    if years is None or decided_on is None:
        return None
    try:
        return decided_on.replace(year=decided_on.year + years)
    except ValueError:  # 29 February
        return decided_on.replace(year=decided_on.year + years, day=28)
