"""Sends e-mail by the municipality's own server (SMTP, RFC 5321; submission, RFC 6409)."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from enum import StrEnum
from functools import partial

from email_validator import EmailNotValidError, validate_email

from kompetanse import clock
from kompetanse.messages.carrying import SECONDS, Handed, in_turn
from kompetanse.messages.rules import Letter, Outcome, is_one_line, outcome_of_reply

_PERMANENT = 500
_HANGS_UP = frozenset({421})
_WANTS_LOG_IN = frozenset({530, 535, 538})
"""RFC 4954 § 6."""


class Security(StrEnum):
    """How the way to the mail server is encrypted: from the first byte, by STARTTLS, or not at all (this machine)."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailCarrier:
    """A mail server, and who writes. `sender` is an address, or `Name <address>`; without a `user` nobody logs in."""

    host: str
    port: int
    security: Security
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    def carry(self, letters: Sequence[Letter]) -> list[Outcome]:
        """Send each by one connection; how each ended."""
        server = self._open()
        if isinstance(server, Outcome):
            return [server] * len(letters)
        try:
            return in_turn(letters, partial(self._hand_over, server))
        finally:
            _leave(server)

    def _open(self) -> smtplib.SMTP | Outcome:
        """A connection that is let in. Of the server's own words nothing is kept: they repeat what they were told."""
        try:
            return self._log_in(self._connect())
        except smtplib.SMTPAuthenticationError as error:
            return Outcome.UNREACHED if error.smtp_code < _PERMANENT else Outcome.NOT_LET_IN
        except (smtplib.SMTPNotSupportedError, ssl.SSLError, ValueError):  # the last: a host or a user that is none
            return Outcome.NOT_LET_IN
        except OSError:  # of which smtplib's errors are, too
            return Outcome.UNREACHED

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security is Security.TLS:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        if self.security is Security.STARTTLS:
            try:
                server.starttls(context=context)
            except OSError:
                server.close()
                raise
        return server

    def _log_in(self, server: smtplib.SMTP) -> smtplib.SMTP:
        if self.user:
            try:
                server.login(self.user, self.password)
            except (OSError, ValueError):
                server.close()
                raise
        return server

    def _hand_over(self, server: smtplib.SMTP, letter: Letter) -> Handed:
        try:
            message = written(letter, self.sender)
        except (ValueError, MessageError):
            return Handed(Outcome.REFUSED)
        return _sent(server, message)


def _sent(server: smtplib.SMTP, message: EmailMessage) -> Handed:
    """What is answered to recipient and text is about this letter, all else about us."""
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        [(code, text)] = error.recipients.values()
        return _answered(code, text)
    except smtplib.SMTPNotSupportedError:
        return Handed(Outcome.REFUSED)
    except smtplib.SMTPDataError as error:
        return _answered(error.smtp_code, error.smtp_error)
    except smtplib.SMTPResponseException as error:
        return Handed(Outcome.UNREACHED if error.smtp_code < _PERMANENT else Outcome.NOT_LET_IN, fails=True)
    except OSError:
        return Handed(Outcome.UNKNOWN, fails=True)
    return Handed(Outcome.SENT)


def _answered(code: int, text: bytes | str) -> Handed:
    """A no to one letter. Others may still be taken, unless the server hangs up, or wants a log-in first."""
    said = text if isinstance(text, bytes) else text.encode()
    return Handed(outcome_of_reply(code, said), fails=code in _HANGS_UP | _WANTS_LOG_IN)


def written(letter: Letter, sender: str) -> EmailMessage:
    """The e-mail as it is sent: plain text, and no more headers than it needs (RFC 5322, 3834).

    Raises:
        ValueError, MessageError: the address or another header is not one, or has a line break in it.
    """
    if not all(map(is_one_line, (letter.to, letter.subject, sender))):
        raise ValueError("A header has one line")
    name, own = parseaddr(sender)
    message = EmailMessage(policy=policy.SMTP)
    own = _in_ascii(own)
    message["From"] = Address(name, addr_spec=own)
    message["To"] = Address(addr_spec=_in_ascii(letter.to))
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=own.rpartition("@")[2])  # else it names this machine
    message["Auto-Submitted"] = "auto-generated"  # nobody's holiday greeting is sent back
    message.set_content(letter.text)
    message["Content-Language"] = letter.language
    return message


def _in_ascii(address: str) -> str:
    """The address with its domain as every server knows it (IDNA); a local part of other letters stays."""
    try:
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise ValueError("Not an e-mail address") from None
    return f"{found.local_part}@{found.ascii_domain}"


def _leave(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except OSError:
        server.close()
