"""Gentle hints about a vacancy's words, in bokmål: which words may shut people out, why, and what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.web.formats import language_name, licence_name
from api.web.i18n import gettext
from api.web.i18n import mark as _
from kompetanse.vacancies.service import LanguageDemand, VacancyRecord
from kompetanse.vacancies.wording import Advice, Hint, HintCode, HintPlace, hints

WHY: Mapping[HintCode, str] = {
    HintCode.LANGUAGE: _("kan stenge noen ute uten grunn: slikt arbeid klarer seg ofte med mindre norsk"),
    HintCode.LANGUAGE_LEVEL: _("er mer norsk enn slikt arbeid pleier å trenge"),
    HintCode.MOTHER_TONGUE: _("spør hvor noen kommer fra, ikke hvor godt de kan språket"),
    HintCode.CITIZENSHIP: _("krever noe som loven sjelden krever, og stenger andre ute"),
    HintCode.NORWEGIAN_EDUCATION: _("stenger ute den som har en like god utdanning fra et annet land"),
    HintCode.AGE: _("kan stenge noen ute på grunn av alder"),
    HintCode.GENDER: _("kan stenge noen ute på grunn av kjønn"),
    HintCode.FITNESS: _("kan stenge ute den som har en funksjonsnedsettelse og likevel kan gjøre arbeidet"),
    HintCode.DRIVING: _("stenger ute den som ikke kjører, og teksten nevner ingen kjøring"),
    HintCode.EXPERIENCE: _("er lang erfaring for arbeid som læres i jobben"),
}

INSTEAD: Mapping[Advice, str] = {
    Advice.STATE_LEVEL: _("Skriv heller nivået oppgavene trenger, for eksempel A2 eller B1."),
    Advice.LOWER_LEVEL: _("Se om B1 eller B2 er nok, eller gjør det til et ønske."),
    Advice.ASK_COMMAND: _("Skriv heller hvor godt språket må kunnes."),
    Advice.LEAVE_OUT: _("Ta det bort hvis ingen lov krever det."),
    Advice.ACCEPT_RECOGNISED: _("Legg til «eller godkjent utdanning fra et annet land»."),
    Advice.DESCRIBE_WORK: _("Beskriv heller arbeidet: hva som løftes, bæres og gås."),
    Advice.STATE_DRIVING: _("Skriv hva som skal kjøres, eller ta det bort."),
    Advice.OFFER_TRAINING: _("Skriv heller at dere gir opplæring, eller færre år."),
}


@dataclass(frozen=True, slots=True)
class ToldHint:
    """Words that may shut people out, why, and what to write instead."""

    words: str
    why: str
    instead: str


def hints_for(record: VacancyRecord) -> list[ToldHint]:
    """The hints for a vacancy as it is written; the same words are named once."""
    vacancy = record.vacancy
    languages = [LanguageDemand(one.language, one.minimum, one.required) for one in record.languages]
    licences = [one.licence for one in record.licences]
    found = hints(vacancy.title, vacancy.description, vacancy.styrk, languages, licences)
    return list(dict.fromkeys(_told(one) for one in found))


def _told(hint: Hint) -> ToldHint:
    return ToldHint(_words(hint), gettext(WHY[hint.code]), gettext(INSTEAD[hint.advice]))


def _words(hint: Hint) -> str:
    """The vacancy's own words, or the names of what it asks for."""
    if hint.place is HintPlace.LANGUAGES:
        language, _blank, level = hint.text.partition(" ")
        return f"{language_name(language)} {level}"
    return (licence_name(hint.text) or hint.text) if hint.place is HintPlace.LICENCES else hint.text
