"""The questions of the conversation in plain words (CEFR A2), in every language of the newcomer's pages."""

from collections.abc import Mapping
from types import MappingProxyType

from api.web.i18n import mark as _
from kompetanse.mapping.rules import Area, Question

OPENING = (
    _("Vi skal snakke om hva du kan, hva du vil og hva du liker."),
    _("Du bestemmer hva du vil svare på. Vi kan hoppe over spørsmål, eller ta dem en annen dag."),
    _("Kommunen lagrer svarene. Du kan se dem og rette dem når du vil."),
)
"""What is read aloud before the first question."""

AREAS: Mapping[Area, str] = MappingProxyType(
    {Area.CAN: _("Det du kan"), Area.WANTS: _("Det du vil"), Area.LIKES: _("Det du liker")}
)

ASKED: Mapping[Question, str] = MappingProxyType(
    {
        Question.WORK: _("Hva har du arbeidet med?"),
        Question.SKILLS: _("Hva er du god til?"),
        Question.EDUCATION: _("Hvilken skole har du gått på?"),
        Question.COURSES: _("Har du tatt kurs?"),
        Question.LANGUAGES: _("Hvilke språk kan du?"),
        Question.LICENCES: _("Har du førerkort eller andre bevis?"),
        Question.FIELDS: _("Hva slags arbeid har du lyst på?"),
        Question.OCCUPATIONS: _("Hva vil du arbeide som?"),
        Question.EXTENT: _("Hvor mye vil du arbeide?"),
        Question.SHIFTS: _("Når kan du arbeide?"),
        Question.DISTANCE: _("Hvor lang kan veien til jobben være?"),
        Question.PLACE: _("Hvor vil du arbeide?"),
        Question.START: _("Når kan du begynne?"),
        Question.WILLING: _("Har du lyst på noe av dette?"),
        Question.INTERESTS: _("Hva liker du å gjøre?"),
        Question.MORE: _("Er det noe mer du vil si?"),
    }
)
"""What is asked."""

HINTS: Mapping[Question, str] = MappingProxyType(
    {
        Question.WORK: _("Alt arbeid teller, også hjemme, på gården eller uten lønn."),
        Question.SKILLS: _("For eksempel å sveise, å lage mat eller å passe barn."),
        Question.EDUCATION: _("Ta med alt, også det du ikke ble ferdig med."),
        Question.COURSES: _("For eksempel førstehjelp, hygiene eller truck."),
        Question.LANGUAGES: _("Ta med norsk, også når du kan bare litt."),
        Question.LICENCES: _("For eksempel bil, truck, kran eller båt."),
        Question.FIELDS: _("Trykk på alt som passer."),
        Question.OCCUPATIONS: _("For eksempel kokk eller sykepleier. Skriv gjerne på ditt eget språk."),
        Question.EXTENT: _("100 er full tid, 50 er halv tid."),
        Question.SHIFTS: _("Trykk på alt som passer."),
        Question.DISTANCE: _("Fra døra hjemme til jobben, med buss, bil eller ferge."),
        Question.PLACE: _("For eksempel en kommune, en øy eller et tettsted."),
        Question.START: _("Du kan hoppe over hvis du ikke vet det."),
        Question.WILLING: _("Trykk på alt som passer."),
        Question.INTERESTS: _("For eksempel fotball, musikk eller å fiske."),
        Question.MORE: _("Si det med dine egne ord."),
    }
)
"""What helps to answer it."""

NAMES: Mapping[Question, str] = MappingProxyType(
    {
        Question.WORK: _("Arbeid du har hatt"),
        Question.SKILLS: _("Det du er god til"),
        Question.EDUCATION: _("Skole og utdanning"),
        Question.COURSES: _("Kurs"),
        Question.LANGUAGES: _("Språk"),
        Question.LICENCES: _("Førerkort og bevis"),
        Question.FIELDS: _("Hva slags arbeid?"),
        Question.OCCUPATIONS: _("Arbeid du ønsker deg"),
        Question.EXTENT: _("Hvor mye"),
        Question.SHIFTS: _("Når på dagen"),
        Question.DISTANCE: _("Veien til jobben"),
        Question.PLACE: _("Sted"),
        Question.START: _("Når du kan begynne"),
        Question.WILLING: _("Andre ønsker"),
        Question.INTERESTS: _("Fritid og interesser"),
        Question.MORE: _("Med dine egne ord"),
    }
)
"""What the answer is called in lists."""

PICTURES: Mapping[Question, str] = MappingProxyType(
    {
        Question.WORK: "experiences",
        Question.SKILLS: "skills",
        Question.EDUCATION: "educations",
        Question.COURSES: "courses",
        Question.LANGUAGES: "languages",
        Question.LICENCES: "licences",
        Question.FIELDS: "wishes",
        Question.OCCUPATIONS: "wished-occupations",
        Question.EXTENT: "extent",
        Question.SHIFTS: "shifts",
        Question.DISTANCE: "transport",
        Question.PLACE: "place",
        Question.START: "start",
        Question.WILLING: "own_business",
        Question.INTERESTS: "interests",
        Question.MORE: "more",
    }
)
"""The pictogram beside each question."""
