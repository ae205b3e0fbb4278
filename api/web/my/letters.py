"""What a newcomer is sent with her link: in her language, in plain words, and nothing of whose it is."""

from datetime import datetime

from api.web.i18n import gettext as _
from api.web.i18n import speaking
from api.web.my.formats import own_day, own_time
from kompetanse.messages.rules import Letter


def link_letter(to: str, link: str, expires_at: datetime, language: str) -> Letter:
    """The message with a link, in one of the complete languages. The link has its own line, to be tapped whole."""
    with speaking(language):
        until = {"day": own_day(expires_at), "time": own_time(expires_at)}
        first = _("Her er lenken til sidene dine hos kommunen:")
        last = _("Den virker én gang, til %(day)s klokken %(time)s.") % until
        return Letter(to, _("Lenke til sidene dine"), f"{first}\n{link}\n{last}\n", language)
