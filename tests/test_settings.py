"""Defaults are safe, and secrets are never guessed."""

import json
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from kompetanse.cli import app
from kompetanse.messages.rules import Channel
from kompetanse.messages.service import carriers, lacking
from kompetanse.settings import Settings


def test_the_embedded_default_makes_a_secret_once_and_keeps_it_to_its_owner(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, _env_file=None)
    made = settings.secret()
    assert len(made) >= 32
    assert Settings(data_dir=tmp_path, _env_file=None).secret() == made
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_server_database_needs_a_secret_of_its_own(tmp_path: Path) -> None:
    settings = Settings(database_url="postgresql+psycopg://db/kompetanse", data_dir=tmp_path, _env_file=None)
    with pytest.raises(ValueError, match="KOMPETANSE_SECRET_KEY"):
        settings.secret()


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 characters"):
        Settings(secret_key="short", data_dir=tmp_path, _env_file=None).secret()


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMPETANSE_SESSION_HOURS", "3")
    assert Settings(_env_file=None).session_hours == 3


def test_a_secret_is_not_printed_with_the_settings() -> None:
    secret = "a secret that nobody should read in a log"
    assert secret not in repr(Settings(secret_key=secret, _env_file=None))


@pytest.mark.parametrize(
    "issuer",
    ["https://maskinporten.no/", "https://test.maskinporten.no/", "http://127.0.0.1:8001/", "http://localhost:8001/"],
)
def test_an_issuer_is_an_address_that_keys_can_be_trusted_from(issuer: str) -> None:
    assert Settings(maskinporten_issuer=issuer, _env_file=None).maskinporten_issuer == issuer


@pytest.mark.parametrize(
    "issuer",
    [
        "https://maskinporten.no",
        "http://maskinporten.no/",
        "http://127.0.0.1.example.com/",
        "file:///",
        "ftp://127.0.0.1/",
        "maskinporten.no/",
        "https:///",
        "",
    ],
)
def test_another_issuer_is_refused_at_the_start(issuer: str) -> None:
    with pytest.raises(ValueError, match="issuer"):
        Settings(maskinporten_issuer=issuer, _env_file=None)


@pytest.mark.parametrize(
    "scope", ["froya:kompetanse", "froya:kompetanse/klasser.read", "ks:a:b.c", "skatt:FormueInntekt"]
)
def test_a_scope_is_a_prefix_and_a_name(monkeypatch: pytest.MonkeyPatch, scope: str) -> None:
    monkeypatch.setenv("KOMPETANSE_MASKINPORTEN_SCOPES", json.dumps({"5014": scope}))
    assert Settings(_env_file=None).maskinporten_scopes == {"5014": scope}


@pytest.mark.parametrize(
    "scope",
    [
        "",
        "kompetanse",
        ":kompetanse",
        "froya:",
        "froya:a b",
        "froya:a//b",
        "froya:a.",
        "Frøya:a",
        "froya:a\n",
        "froya:a*",
    ],
)
def test_what_is_no_scope_is_refused_at_the_start(scope: str) -> None:
    with pytest.raises(ValueError, match="maskinporten_scopes"):
        Settings(maskinporten_scopes={"5014": scope}, _env_file=None)


@pytest.mark.parametrize("scopes", [{"froya": "froya:a"}, {"5014": "froya:a", "5056": "froya:a"}])
def test_a_scope_opens_one_municipality(scopes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="maskinporten_scopes"):
        Settings(maskinporten_scopes=scopes, _env_file=None)


@pytest.mark.parametrize("chosen", [{"5014": ["9999"]}, {"1620": ["5014"]}])
def test_the_feed_is_followed_for_municipalities_that_there_are(chosen: dict[str, list[str]]) -> None:
    assert Settings(feed_municipalities={"5014": ["5014", "5056"]}, _env_file=None).feed_municipalities
    with pytest.raises(ValueError, match="municipalities of today"):
        Settings(feed_municipalities=chosen, _env_file=None)


@pytest.mark.parametrize("url", ["http://nav.example", "nav.example", "ftp://nav.example"])
def test_nav_is_asked_over_tls_or_on_this_machine(url: str) -> None:
    assert Settings(feed_url="https://nav.example/api/v1/feed/", _env_file=None).feed_url == "https://nav.example"
    with pytest.raises(ValueError, match="https"):
        Settings(feed_url=url, _env_file=None)
    with pytest.raises(ValueError, match="https"):
        Settings(nav_import_url=url, _env_file=None)


def sending(**stated: object) -> Settings:
    """Settings of a server that sends both e-mail and SMS, but for what is stated."""
    both = {
        "public_url": "https://kompetanse.example",
        "mail_host": "mail.example",
        "mail_from": "Kommunen <ikke-svar@kommune.example>",
        "sms_url": "https://sms.example/send",
        "sms_sender": "Kommunen",
    }
    return Settings(_env_file=None, **{**both, **stated})  # type: ignore[arg-type]


def test_nothing_is_sent_until_it_is_said_who_writes_and_what_links_begin_with() -> None:
    nothing = Settings(_env_file=None)
    assert (nothing.sends_mail, nothing.sends_sms, lacking(nothing)) == (False, False, [])
    assert (sending().sends_mail, sending().sends_sms, lacking(sending())) == (True, True, [])
    assert carriers(sending()).keys() == set(Channel)
    halves = sending(mail_from="", sms_sender="")
    assert (carriers(halves), lacking(halves)) == ({}, ["KOMPETANSE_MAIL_FROM", "KOMPETANSE_SMS_SENDER"])
    for address in ("", "http://kompetanse.example", "http://localhost:8000", "https://kompetanse.example:x"):
        assert carriers(sending(public_url=address)) == {}
        assert lacking(sending(public_url=address)) == ["KOMPETANSE_PUBLIC_URL with https://"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail_from": "ikke en adresse"},
        {"mail_from": "ikke-svar@kommune.example\nBcc: x@y.example"},
        {"mail_from": "ikke-svår@kommune.example"},
        {"mail_user": "blåbær"},
        {"mail_password": "blåbær"},
        {"mail_password": "pass\nord"},
        {"mail_password": "pass\u2013ord"},
        {"sms_token": "blåbær"},
        {"sms_token": "a\r\nX: b"},
        {"sms_url": "http://localhost:99999/sms"},
        {"sms_url": "https://exa mple/sms"},
        {"mail_security": "none"},
        {"mail_security": "off"},
        {"sms_url": "http://sms.example/send"},
        {"sms_url": "sms.example"},
        {"sms_sender": "Kommunen\nX"},
        {"sms_scheme": "Bearer x"},
        {"sms_body": {"to": "{to}"}},
        {"sms_body": {"text": "{text}"}},
        {"sms_body": {"text": "{text}", "to": "to {to}"}},
    ],
)
def test_what_could_let_a_link_out_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        sending(**wrong)


def test_the_shape_of_an_sms_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    body = '{"from": "{sender}", "recipients": [{"msisdn": "{digits}"}], "message": "{text}"}'
    monkeypatch.setenv("KOMPETANSE_SMS_BODY", body)
    assert Settings(_env_file=None).sms_body == json.loads(body)


def test_a_secret_that_cannot_be_carried_is_refused_in_one_line_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMPETANSE_MAIL_PASSWORD", "blåbær")
    told = CliRunner().invoke(app, ["serve"])
    assert (told.exit_code, "blåbær" in told.output) == (1, False)
    assert "KOMPETANSE_MAIL_PASSWORD" in told.output
    assert len(told.output.strip().splitlines()) == 1


def test_passwords_and_tokens_of_channels_are_not_printed() -> None:
    secret = "nobody should read this"
    printed = repr((sending(mail_password=secret, sms_token=secret), carriers(sending(mail_password=secret))))
    assert secret not in printed
