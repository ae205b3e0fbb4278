"""What a newcomer is sent with her link: in her language, in plain words, and nothing of whose it is."""

from datetime import datetime

from api.web.i18n import gettext as _
from api.web.i18n import speaking
from api.web.my.formats import own_day, own_time
from kompetanse.messages.rules import Letter

_PLAIN = {0xA0: " ", 0x202F: " "}
"""CLDR's blanks that do not break: one of them makes an SMS twice as long (3GPP TS 23.038)."""


def link_letter(to: str, link: str, expires_at: datetime, language: str) -> Letter:
    """The message with a link, in one of the complete languages. The link has its own line, to be tapped whole."""
    with speaking(language):
        until = {"day": own_day(expires_at), "time": own_time(expires_at)}
        first = _("Her er lenken til sidene dine hos kommunen:")
        last = _("Den virker én gang, til %(day)s klokken %(time)s.") % until
        text = f"{first}\n{link}\n{last}\n".translate(_PLAIN)
        return Letter(to, _("Lenke til sidene dine"), text, language)
