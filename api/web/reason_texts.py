"""The words for a match's reasons: what is asked for, the question where it is not known, what would close a gap."""

from collections.abc import Mapping

from api.web.i18n import mark as _
from kompetanse.matching.explanation import ClosingKind, Outcome, RequirementKind, Verdict

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.MET: _("Oppfylt"),
    Outcome.PARTLY: _("Delvis"),
    Outcome.MISSING: _("Mangler"),
    Outcome.UNKNOWN: _("Ukjent"),
}

VERDICTS: Mapping[Verdict, str] = {
    Verdict.PASSES: _("Passer"),
    Verdict.UNKNOWN: _("Må avklares"),
    Verdict.FAILS: _("Utelukket"),
}

REQUIREMENTS: Mapping[RequirementKind, str] = {
    RequirementKind.OCCUPATION: _("Erfaring %(what)s"),
    RequirementKind.EXPERIENCE: _("Minst %(what)s i slikt arbeid"),
    RequirementKind.SKILL: _("Ferdighet: %(what)s"),
    RequirementKind.LANGUAGE: _("%(what)s"),
    RequirementKind.EDUCATION: _("Utdanning: %(what)s"),
    RequirementKind.LICENCE: _("%(what)s"),
    RequirementKind.AUTHORISATION: _("Autorisasjon som %(what)s"),
    RequirementKind.WORK_PERMISSION: _("Lov til å arbeide"),
    RequirementKind.MINIMUM_AGE: _("Aldersgrense: %(what)s år"),
    RequirementKind.PROTECTION: _("Arbeid i en annen kommune"),
    RequirementKind.PERCENTAGE: _("Stillingsprosent: %(what)s"),
    RequirementKind.SHIFTS: _("Arbeidstid: %(what)s"),
    RequirementKind.START: _("Oppstart %(what)s"),
    RequirementKind.COMMUTE: _("Reisevei til %(what)s"),
    RequirementKind.WISH: _("Ønsker slikt arbeid"),
    RequirementKind.INTEREST: _("Interesse for det arbeidet handler om"),
}

QUESTIONS: Mapping[RequirementKind, str] = {
    RequirementKind.OCCUPATION: _("Hva har du arbeidet med?"),
    RequirementKind.EXPERIENCE: _("Hvor lenge har du hatt slikt arbeid?"),
    RequirementKind.SKILL: _("Kan du dette: %(what)s?"),
    RequirementKind.LANGUAGE: _("Hvor godt snakker du %(what)s?"),
    RequirementKind.EDUCATION: _("Hvilken utdanning har du?"),
    RequirementKind.LICENCE: _("Har du %(what)s?"),
    RequirementKind.AUTHORISATION: _("Har du autorisasjon som %(what)s, eller har du søkt om det?"),
    RequirementKind.WORK_PERMISSION: _("Har du lov til å arbeide i Norge?"),
    RequirementKind.MINIMUM_AGE: _("Når er du født?"),
    RequirementKind.PERCENTAGE: _("Hvor mye vil du arbeide? Stillingen er %(what)s."),
    RequirementKind.SHIFTS: _("Når kan du arbeide? Arbeidstiden er %(what)s."),
    RequirementKind.START: _("Når kan du begynne? Oppstart er %(what)s."),
    RequirementKind.COMMUTE: _("Hvor bor du, og hvor langt vil du reise? Arbeidsstedet er %(what)s."),
    RequirementKind.WISH: _("Kunne du tenke deg å arbeide %(what)s?"),
}
"""What is asked where it is not known, in words to the person. Interests count a little where they are told, and are
no duty to tell; a protected address is never unknown: these have no question."""

LIKELY_QUESTIONS: Mapping[RequirementKind, str] = {
    RequirementKind.WORK_PERMISSION: _("Tillatelsen din gjelder til %(has)s. Blir den fornyet?"),
    RequirementKind.COMMUTE: _("Det er omtrent %(has)s minutter hver vei til %(what)s. Går det?"),
}
"""The same where something is known that makes the question another."""

NO_INTEREST = _("Ingen kjent interesse for dette")

CLOSINGS: Mapping[ClosingKind, str] = {
    ClosingKind.ASK: _("Spør, og før det inn"),
    ClosingKind.LANGUAGE_COURSE: _("Språkkurs til %(to)s"),
    ClosingKind.TRAINING: _("Opplæring"),
    ClosingKind.EDUCATION: _("Utdanning: %(to)s"),
    ClosingKind.RECOGNITION: _("Godkjenning av utdanningen"),
    ClosingKind.LICENCE: _("Ta %(to)s"),
    ClosingKind.AUTHORISATION: _("Søke autorisasjon"),
    ClosingKind.PERMIT: _("Søke om tillatelse"),
    ClosingKind.AGREE: _("Avtale med enheten"),
}
