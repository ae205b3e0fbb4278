"""What is needed to have an education recognised, in bokmål."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.web.i18n import gettext
from api.web.i18n import mark as _
from kompetanse.codes.recognition import GUIDES
from kompetanse.codes.work import RecognitionScheme

DOCUMENTS: Mapping[str, str] = {
    "diploma": _("vitnemål"),
    "transcript": _("karakterutskrift"),
    "translation": _("oversettelse av autorisert translatør"),
    "identity": _("legitimasjon"),
    "curriculum": _("fagplan"),
    "work_certificates": _("attester for arbeid i faget"),
    "good_standing": _("bekreftelse på at retten til å arbeide i yrket står ved lag"),
    "language_test": _("bestått norskprøve på nivået som yrket krever"),
    "own_account": _("egen redegjørelse for utdanningen"),
}
STEPS: Mapping[str, str] = {
    "collect": _("samle papirene"),
    "translate": _("få dem oversatt"),
    "apply": _("søke"),
    "interview": _("intervju med fagpersoner"),
    "extra_training": _("kurs og prøver som yrket krever"),
    "wait": _("vente på svar"),
}


@dataclass(frozen=True, slots=True)
class Guide:
    """What somebody must do and have, in words, and about how many months it takes."""

    authority: str | None
    documents: list[str]
    steps: list[str]
    months: int
    valid_years: int | None


def guide(scheme: RecognitionScheme) -> Guide:
    """The guide of a scheme."""
    found = GUIDES[scheme]
    return Guide(
        found.authority,
        [gettext(DOCUMENTS[one]) for one in found.documents],
        [gettext(STEPS[one]) for one in found.steps],
        found.months,
        found.valid_years,
    )
