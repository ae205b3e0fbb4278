from datetime import date

import pytest

from api.web.guides import DOCUMENTS, STEPS, documents_told, steps_told
from kompetanse.codes.cefr import Cefr, FiveValues, from_five_values, to_five_values
from kompetanse.codes.driving_exchange import DrivingExchange, driving_exchange
from kompetanse.codes.recognition import GUIDES, lapses_on
from kompetanse.codes.work import RecognitionScheme
from kompetanse.errors import UnknownCode


@pytest.mark.parametrize("scheme", RecognitionScheme)
def test_every_scheme_has_a_guide_in_words(scheme: RecognitionScheme) -> None:
    assert GUIDES[scheme].scheme is scheme
    assert set(GUIDES[scheme].documents) <= DOCUMENTS.keys()
    assert set(GUIDES[scheme].steps) <= STEPS.keys()
    assert documents_told(GUIDES[scheme].documents)
    assert steps_told(GUIDES[scheme].steps)


def test_only_a_non_binding_assessment_lapses() -> None:
    decided = date(2024, 2, 29)
    assert lapses_on(RecognitionScheme.NON_BINDING, decided) == date(2027, 2, 28)
    assert lapses_on(RecognitionScheme.NON_BINDING, None) is None
    assert [one for one in RecognitionScheme if lapses_on(one, decided)] == [RecognitionScheme.NON_BINDING]
    assert lapses_on(None, decided) is None


def test_a_driving_licence_is_worth_what_the_country_makes_it() -> None:
    assert driving_exchange("LT") is DrivingExchange.VALID
    assert driving_exchange("UA") is DrivingExchange.WHILE_PROTECTED
    assert driving_exchange("GB") is DrivingExchange.EXCHANGE
    assert driving_exchange("US") is DrivingExchange.EXCHANGE_WITH_TEST
    assert driving_exchange("SY") is DrivingExchange.NEW
    assert driving_exchange(None) is None
    with pytest.raises(UnknownCode):
        driving_exchange("ZZ")


def test_the_job_services_scale_loses_the_step_within_a_letter_and_nothing_more() -> None:
    assert [to_five_values(level) for level in Cefr] == [
        FiveValues.BASIC, FiveValues.BASIC, FiveValues.GOOD, FiveValues.GOOD, FiveValues.FLUENT, FiveValues.FLUENT,
    ]  # fmt: skip
    assert to_five_values(None) is None
    assert to_five_values(Cefr.A1, mother_tongue=True) is FiveValues.MOTHER_TONGUE
    for value in (FiveValues.BASIC, FiveValues.GOOD, FiveValues.FLUENT):
        assert to_five_values(from_five_values(value)) is value
    assert from_five_values(FiveValues.NONE) is None
