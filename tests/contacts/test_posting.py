"""The way to a receiver: over TLS to the name, and to the address that was looked at."""

import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kompetanse import clock
from kompetanse.contacts.addresses import accept_url
from kompetanse.contacts.posting import post, resolve
from kompetanse.errors import Invalid
from tests.support.receiver import serve


def certificate(folder: Path, host: str) -> Path:
    """A certificate that signs itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    file = folder / f"{host}.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return file


@pytest.mark.parametrize(("host", "status"), [("localhost", 200), ("hitra.example", None)])
def test_the_certificate_is_for_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, status: int | None
) -> None:
    file = certificate(tmp_path, host)
    with serve(file) as receiver:
        assert post(receiver.url, {}, b"{}", local=True) is None, "nobody vouches for it"
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert post(receiver.url, {}, b"{}", local=True) == status
        assert post(receiver.url.replace("localhost", "127.0.0.1"), {}, b"{}", local=True) is None
    assert len(receiver.received) == (0 if status is None else 1)


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers otherwise the second time (DNS rebinding) is not asked a second time."""
    asked: list[Any] = []
    connected: list[Any] = []

    def answer(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        ip = "8.8.8.8" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    def connect(address: tuple[str, int], *_: Any) -> None:
        connected.append(address)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert post("https://hitra.example/", {}, b"{}") is None
    assert (asked, connected) == (["hitra.example"], [("8.8.8.8", 443)])


def test_an_address_inside_is_never_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: Any, **__: Any) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "create_connection", connect)
    for url in ("https://10.0.0.7/", "https://localhost/", "http://127.0.0.1/", "https://[::ffff:127.0.0.1]/"):
        assert post(url, {}, b"{}") is None
    assert post("https://10.0.0.7/", {}, b"{}", local=True) is None


def test_a_setting_for_trials_opens_this_machine_under_its_own_names_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_: str, port: int, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(Invalid):
        resolve(accept_url("https://hitra.example/", local=True), local=True)


def test_nobody_at_the_address_is_as_no_answer() -> None:
    assert post("http://127.0.0.1:9/", {}, b"{}", local=True) is None
