"""Where a webhook may lead."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.contacts.addresses import accept_url, is_public
from kompetanse.errors import Invalid

INSIDE = (
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.2.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/4",
    "240.0.0.0/4",
)


@given(st.sampled_from(INSIDE).flatmap(lambda network: st.ip_addresses(network=network)))
def test_an_inner_address_is_not_public_however_it_is_wrapped(address: IPv4Address) -> None:
    number = int(address)
    wrapped = [
        IPv6Address(number),  # IPv4-compatible
        IPv6Address(0xFFFF << 32 | number),  # IPv4-mapped
        IPv6Address(int(IPv6Address("64:ff9b::")) | number),  # NAT64
        IPv6Address(0x2002 << 112 | number << 80),  # 6to4
    ]
    assert not any(is_public(str(one)) for one in (address, *wrapped))


@pytest.mark.parametrize(
    "address",
    ["::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff0e::1", "2001:db8::1", "2001:0:1::1",
     "64:ff9b:1::a00:1"],
)  # fmt: skip
def test_inner_addresses_of_ipv6_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.35.52.51", "2a01:79c::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hitra.example/hook",
        "http://hitra.example/hook",
        "ftp://hitra.example/hook",
        "https://",
        "https:///hook",
        "https://hitra.example:0/",
        "https://hitra.example:99999/",
        "https://[::1/",
        "https://hitra.example/#part",
        "https://kari:hemmelig@hitra.example/",
        "https://hitra.example\\@127.0.0.1/",
        "https://hitra.example/a b",
        "https://hitra.example/\r\nX: y",
        "https://hitrå.example/",
        "https://hitra_example/",
        "http://localhost/",
        "https://hitra.example/" + "a" * 500,
    ],
)
def test_what_is_no_https_url_with_a_plain_host_is_refused(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        accept_url(url)
    assert refused.value.faults[0].pointer == "/url"


def test_a_url_is_taken_apart() -> None:
    target = accept_url("https://Hitra.example/hook?key=1")
    assert (target.tls, target.host, target.port, target.path) == (True, "hitra.example", 443, "/hook?key=1")
    assert target.named == "hitra.example"
    assert accept_url("https://[2a01:79c::1]:8443").named == "[2a01:79c::1]:8443"


def test_this_machine_is_allowed_without_tls_when_the_operator_says_so_and_no_other() -> None:
    assert accept_url("http://localhost:8001/", local=True).port == 8001
    with pytest.raises(Invalid):
        accept_url("http://hitra.example/", local=True)
