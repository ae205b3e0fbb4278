"""Answers to a question of consent. What is not clearly a yes is none (GDPR art. 4 (11): unambiguous)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kompetanse.codes.consent import ConsentForm
from kompetanse.exchange.cells.dates import parse_day
from kompetanse.exchange.cells.words import not_stated, tidy
from kompetanse.exchange.faults import CellRejected, Reading, Reason, reading


class Answer(StrEnum):
    """What the person answered."""

    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """An answer with what is known of how and when it was given; None where the file does not say."""

    answer: Answer
    form: ConsentForm | None = None
    given_on: date | None = None


_ANSWERS = {
    Answer.YES: "ja j jo yes y x ok gitt godtatt samtykker samtykket",
    Answer.NO: "nei n no avslått avslag ikke",
    Answer.WITHDRAWN: "trukket trukke tilbaketrukket withdrawn trukket tilbake",
}
_FORMS = {
    ConsentForm.ORAL: "muntlig munnleg oral",
    ConsentForm.WRITTEN: "skriftlig skriftleg signert written",
    ConsentForm.DIGITAL: "digitalt digital elektronisk",
}
_FILLERS = frozenset({"samtykke", "den", "dato", "tilbake", "i", "på", "av", "er", "har"})
_BY_WORD = {word: answer for answer, words in _ANSWERS.items() for word in words.split() if word != "tilbake"}
_FORM_BY_WORD = {word: form for form, words in _FORMS.items() for word in words.split()}
_DATE = re.compile(r"\d[\d./ -]*\d")


def parse_consent(text: str, *, today: date) -> Reading[ConsentAnswer | None]:
    """One answer: "ja", "J", "Ja 12.3.14", "muntlig ja", "trukket", "nei"; None when nobody has asked.

    Raises:
        CellRejected: anything that is not clearly one answer ("ja?", "ja men ikke NAV"); no consent is read then.
    """
    if not_stated(text):
        return reading(None)
    dated = _DATE.search(text)
    given_on = parse_day(dated[0], today=today) if dated else None
    words = re.findall(r"\w+|\?", tidy(_DATE.sub(" ", text)).casefold())
    answers = {_BY_WORD[word] for word in words if word in _BY_WORD}
    forms = {_FORM_BY_WORD[word] for word in words if word in _FORM_BY_WORD}
    known = all(word in _BY_WORD or word in _FORM_BY_WORD or word in _FILLERS for word in words)
    readable_date = dated is None or (given_on is not None and given_on <= today)
    if len(answers) != 1 or len(forms) > 1 or not known or not readable_date:
        raise CellRejected(
            Reason.CONSENT_UNCLEAR,
            "Svaret på samtykke er ikke entydig, og er ikke tatt med",
            "Skriv ja, nei eller trukket, gjerne med dato: «ja 12.3.2014»",
        )
    return reading(ConsentAnswer(answers.pop(), forms.pop() if forms else None, given_on))
