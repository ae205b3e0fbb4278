"""What each weight of matching means, in bokmål."""

from collections.abc import Mapping

from api.web.i18n import mark as _

MEANINGS: Mapping[str, str] = {
    "occupation": _("Å ha hatt yrket, et yrke i nærheten, eller ferdighetene det krever."),
    "essential_skill": _("Hver ferdighet som må være på plass fra første dag."),
    "trainable_skill": _("Hver ferdighet som kan læres i jobben."),
    "language": _("Hvert språk stillingen ber om, på nivået eller over."),
    "education": _("Nivå og fagfelt. Manglende godkjenning trekker lite."),
    "experience": _("Måneder i slikt arbeid, der stillingen ønsker det."),
    "licence": _("Hvert førerkort eller bevis. Mangler det, er personen utelukket uansett vekt."),
    "authorisation": _("Autorisasjonen. Mangler den, er personen utelukket uansett vekt."),
    "work_permission": _("Lov til å arbeide. Mangler den, er personen utelukket uansett vekt."),
    "percentage": _("Om stillingsprosenten passer med det personen vil."),
    "shifts": _("Om arbeidstiden passer med det personen vil."),
    "start": _("Om personen kan begynne når arbeidet begynner."),
    "commute": _("Om reiseveien passer med det personen vil."),
    "wish": _("Om personen ønsker slikt arbeid."),
    "interest": _("Om arbeidet handler om noe personen liker. Skiller bare ellers like treff."),
}
"""By the weight's name; each is what a requirement of the kind counts where it is met, before all are set in
proportion to what the vacancy asks for."""
