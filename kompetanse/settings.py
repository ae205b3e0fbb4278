"""All settings, read from the environment (`KOMPETANSE_…`); every default is safe."""

import json
import os
import secrets
from email.utils import parseaddr
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import Field, JsonValue, SecretStr, StringConstraints, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from kompetanse.codes.municipalities import is_municipality

MunicipalityNo = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
Scope = Annotated[
    str, StringConstraints(max_length=255, pattern=r"^[a-z0-9_-]+:[A-Za-zÆØÅæøå0-9_-]+([/:.][A-Za-zÆØÅæøå0-9_-]+)*$")
]
"""`prefix:subscope`: whose scope it is, as Digdir gave it out, and its name in words with `/`, `:` or `.` between."""


_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


class Settings(BaseSettings):
    """What an operator can decide. Each field is the variable `KOMPETANSE_<NAME>`."""

    model_config = SettingsConfigDict(
        env_prefix="KOMPETANSE_",
        env_file=".env",
        extra="ignore",
        hide_input_in_errors=True,  # an input may be a password
    )

    database_url: str = "sqlite:///var/kompetanse.db"
    secret_key: SecretStr | None = Field(
        default=None, description="Seals national numbers and signs tokens; at least 32 characters."
    )
    data_dir: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = ""
    cookie_secure: bool = Field(default=False, description="True behind HTTPS; `serve` warns when it is not.")
    session_hours: int = Field(default=10, ge=1, le=24)
    personal_link_days: int = Field(default=7, ge=1, le=30, description="How long a newcomer's link waits for her.")
    personal_device_days: int = Field(default=90, ge=1, le=90, description="How long her device may lie unused.")
    token_minutes: int = Field(default=15, ge=1, le=60)
    login_attempts: int = Field(default=8, ge=1, description="Failed log-ins per account in fifteen minutes.")
    maskinporten_issuer: str = "https://maskinporten.no/"
    maskinporten_scopes: dict[MunicipalityNo, Scope] = Field(
        default_factory=dict, description="The scope that opens each municipality, as JSON; none: Maskinporten is off."
    )
    maskinporten_audience: str | None = Field(default=None, description="The `aud` that its tokens must have.")
    webhook_allow_local: bool = Field(
        default=False, description="Let webhooks lead to this machine, also without TLS: for trials."
    )
    feed_url: str = Field(default="", description="Where NAV's vacancy feed is; empty: it is not followed.")
    feed_token: SecretStr | None = Field(default=None, description="A consumer's own token; none: the public one.")
    feed_municipalities: dict[MunicipalityNo, list[MunicipalityNo]] = Field(
        default_factory=dict, description="Which registries follow the feed, and whose vacancies each keeps, as JSON."
    )
    feed_minutes: int = Field(default=30, ge=5, le=1440, description="Minutes between two readings of the feed.")
    nav_import_url: str = Field(default="", description="Where NAV takes advertisements; empty: nothing is sent.")
    nav_import_provider: str = Field(default="", description="The municipality's provider id at NAV.")
    nav_import_token: SecretStr | None = Field(default=None, description="And its key.")
    mail_host: str = Field(default="", description="The server that sends e-mail; empty: none is sent.")
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_from: str = Field(default="", description="Who writes: an address, or `Name <address>`.")
    mail_user: str = ""
    mail_password: SecretStr | None = None
    mail_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="`none` only to a server on this machine."
    )
    sms_url: str = Field(default="", description="Where the SMS gateway takes messages; empty: none is sent.")
    sms_token: SecretStr | None = None
    sms_scheme: str = Field(default="Bearer", pattern=r"^[A-Za-z-]+$", description="What stands before the token.")
    sms_sender: str = Field(default="", pattern=r"^([A-Za-z0-9+][A-Za-z0-9 +]{0,15})?$", description="Who writes.")
    sms_body: dict[str, JsonValue] = Field(
        default={"sender": "{sender}", "to": "{to}", "text": "{text}"},
        description="What the gateway is sent, as JSON with marks: {to} or {digits}, {text}, {sender}.",
    )
    log_level: str = "INFO"
    semantic: bool = Field(default=False, description="Find skills by meaning too; needs the extra `semantic`.")
    max_upload_megabytes: int = Field(default=20, ge=1, le=200)

    export_folder: Path | None = Field(default=None, description="Where the job service's packages are dropped.")
    export_municipalities: list[MunicipalityNo] = Field(
        default_factory=list, description="Of which municipalities, as JSON; none: nothing is dropped."
    )
    export_every_hours: int = Field(default=24, ge=1, le=744)
    export_incremental: bool = Field(default=False, description="After the first, drop only what changed.")
    export_password: SecretStr | None = Field(default=None, min_length=12, description="Encrypts what is dropped.")

    analytics_threshold: int = Field(
        default=5, ge=5, le=50, description="Fewest households behind each row of an analytics extract."
    )

    @field_validator("maskinporten_issuer")
    @classmethod
    def _issuer(cls, value: str) -> str:
        """An issuer is compared letter by letter, and its keys are trusted: never over plain HTTP from elsewhere."""
        if not value.endswith("/") or not _is_safe(value):
            raise ValueError("Write the issuer as https://…/, with the slash at its end")
        return value

    @field_validator("feed_url", "nav_import_url")
    @classmethod
    def _nav(cls, value: str) -> str:
        """NAV gets a token, and its advertisements are shown: never over plain HTTP from elsewhere."""
        address = value.strip().rstrip("/").removesuffix("/api/v1/feed").removesuffix("/api/v1/transfers")
        if address and not _is_safe(address):
            raise ValueError("Write the address as https://…, without /api/v1/…")
        return address

    @field_validator("mail_from")
    @classmethod
    def _writer(cls, value: str) -> str:
        """An address that every server takes: its domain may have any letters, what stands before the @ may not."""
        if value and not (value.isprintable() and _is_address(parseaddr(value)[1])):
            raise ValueError("Write an address with a-z before the @, or Name <address>")
        return value

    @field_validator("mail_user", "mail_password", "sms_token")
    @classmethod
    def _in_ascii(cls, value: str | SecretStr | None) -> str | SecretStr | None:
        """Neither SMTP's log-in nor a header of HTTP can carry any other (RFC 4954, RFC 9110 § 5.5)."""
        text = value.get_secret_value() if isinstance(value, SecretStr) else value or ""
        if not (text.isascii() and text.isprintable()):
            raise ValueError("Write it with the letters a-z, digits and signs of ASCII, in one line")
        return value

    @field_validator("mail_security")
    @classmethod
    def _encrypted(cls, value: str, info: ValidationInfo) -> str:
        """Links and passwords open something: never in the clear to another machine."""
        if value == "none" and info.data.get("mail_host", "") not in {*_THIS_MACHINE, ""}:
            raise ValueError("Only a mail server on this machine goes without TLS")
        return value

    @field_validator("sms_url")
    @classmethod
    def _gateway(cls, value: str) -> str:
        """A gateway gets a token and links: never over plain HTTP to another machine."""
        if value and (not _is_safe(value) or not value.isprintable() or " " in value):
            raise ValueError("Write the address as https://…")
        return value

    @field_validator("sms_body")
    @classmethod
    def _shape(cls, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        text = json.dumps(value)
        if '"{text}"' not in text or not ('"{to}"' in text or '"{digits}"' in text):
            raise ValueError('Write "{text}", and "{to}" or "{digits}", where the gateway wants them')
        return value

    @field_validator("maskinporten_scopes")
    @classmethod
    def _scopes(cls, value: dict[str, str]) -> dict[str, str]:
        if len(set(value.values())) < len(value):
            raise ValueError("A scope opens one municipality: give each its own")
        return value

    @field_validator("feed_municipalities")
    @classmethod
    def _known(cls, value: dict[str, list[str]]) -> dict[str, list[str]]:
        if not all(map(is_municipality, (*value, *chain.from_iterable(value.values())))):
            raise ValueError("Use numbers of Norwegian municipalities of today, such as 5014")
        return value

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded one (SQLite)."""
        return self.database_url.startswith("sqlite")

    @property
    def sends_to_nav(self) -> bool:
        """Whether own vacancies can be sent to NAV from here."""
        return bool(self.nav_import_url and self.nav_import_provider and self.nav_import_token)

    @property
    def has_safe_address(self) -> bool:
        """Whether it is said what links begin with, and phones elsewhere get there safely.

        What is sent to people never begins with what a request says, nor with an address that is only this machine's.
        """
        return _is_safe(self.public_url) and urlsplit(self.public_url).scheme == "https"

    @property
    def sends_mail(self) -> bool:
        """Whether e-mail can be sent from here."""
        return bool(self.mail_host and self.mail_from and self.has_safe_address)

    @property
    def sends_sms(self) -> bool:
        """Whether SMS can be sent from here."""
        return bool(self.sms_url and self.sms_sender and self.has_safe_address)

    @property
    def codes_dir(self) -> Path:
        """Where refreshed code lists lie, which are read in place of the shipped ones."""
        return self.data_dir / "codes"

    @property
    def derived_dir(self) -> Path:
        """Where files lie that can be made anew from what the database holds."""
        return self.data_dir / "derived"

    def secret(self) -> bytes:
        """The master secret. With the embedded database it is made once and kept beside it.

        Raises:
            ValueError: no secret is set for a server database, or the one set is too short.
        """
        if self.secret_key is not None:
            value = self.secret_key.get_secret_value().encode()
            if len(value) < 32:
                raise ValueError("KOMPETANSE_SECRET_KEY must have at least 32 characters")
            return value
        if not self.embedded:
            raise ValueError("Set KOMPETANSE_SECRET_KEY (at least 32 characters) for a server database")
        return _kept_secret(self.data_dir / "secret.key")


def _is_safe(url: str) -> bool:
    """Whether nobody on the way can read or change what an address says: HTTPS, or this machine."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:  # a port or a host that is none
        return False
    here = parts.scheme == "http" and parts.hostname in _THIS_MACHINE
    return bool(parts.hostname) and (parts.scheme == "https" or here)


def _is_address(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False, test_environment=True, allow_smtputf8=False)
    except EmailNotValidError:
        return False
    return True


def _kept_secret(path: Path) -> bytes:
    """Read the secret at `path`, or make it, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_urlsafe(48).encode())
    return path.read_bytes()
