"""Which ways of sending this deployment has."""

from kompetanse.messages.carrying import Carrier
from kompetanse.messages.mail import MailCarrier, Security
from kompetanse.messages.rules import Channel
from kompetanse.messages.sms import SmsCarrier
from kompetanse.settings import Settings


def carriers(settings: Settings) -> dict[Channel, Carrier]:
    """Who takes messages by each channel that the operator has set up; nothing is connected yet."""
    found: dict[Channel, Carrier] = {}
    if settings.sends_sms:
        token = settings.sms_token.get_secret_value() if settings.sms_token else ""
        authorization = f"{settings.sms_scheme} {token}".strip() if token else ""
        found[Channel.SMS] = SmsCarrier(settings.sms_url, settings.sms_sender, settings.sms_body, authorization)
    if settings.sends_mail:
        password = settings.mail_password.get_secret_value() if settings.mail_password else ""
        found[Channel.EMAIL] = MailCarrier(
            settings.mail_host,
            settings.mail_port,
            Security(settings.mail_security),
            settings.mail_from,
            settings.mail_user,
            password,
        )
    return found


def lacking(settings: Settings) -> list[str]:
    """What an operator who began to set up a channel has left out, as names of variables."""
    begun = bool(settings.mail_host or settings.sms_url)
    return [
        *(["KOMPETANSE_MAIL_FROM"] if settings.mail_host and not settings.mail_from else []),
        *(["KOMPETANSE_SMS_SENDER"] if settings.sms_url and not settings.sms_sender else []),
        *(["KOMPETANSE_PUBLIC_URL with https://"] if begun and not settings.has_safe_address else []),
    ]
