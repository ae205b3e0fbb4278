"""Where a webhook may lead: to the open internet, and never into the municipality's own network. Pure.

Whoever chooses an address that a server calls may choose one that only the server can reach (server-side request
forgery, CWE-918). So the URL's form is looked at here, and every address that its host leads to, each time.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from kompetanse.errors import FieldFault, Invalid

LONGEST = 500
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts that mean this machine; allowed by a setting, for trials."""

_HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:.]+", re.IGNORECASE)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")  # RFC 8215: a network's own


@dataclass(frozen=True, slots=True)
class Target:
    """Where to send: what a URL says, taken apart. `path` has the query in it."""

    tls: bool
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """The `Host` header (RFC 9110 § 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.tls else 80) else f"{host}:{self.port}"


def accept_url(url: str, *, local: bool = False) -> Target:
    """The target of a webhook's URL. With `local`, this machine is allowed too, also without TLS.

    Raises:
        Invalid: not an https URL with a host, or with what a webhook's may not have.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused("Not a URL") from None
    here = local and host in HERE
    if len(url) > LONGEST or not re.fullmatch(r"[!-~]+", url) or not _HOST.fullmatch(host) or port == 0:
        raise _refused(f"Not a URL of ASCII characters, at most {LONGEST}, with a host")
    if parts.scheme != "https" and not (here and parts.scheme == "http"):
        raise _refused("The URL does not begin with https://")
    if parts.fragment or "@" in parts.netloc:
        raise _refused("The URL has a fragment or a password in it")
    tls = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(tls, host, port or (443 if tls else 80), path)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, whatever it is wrapped in.

    Source: IANA's special-purpose registries (RFC 6890), as Python's `ipaddress` has them, and stricter.
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        inner = _inner(ip)
        if inner is not None:
            ip = inner
        elif ip.is_site_local or ip in _LOCAL_NAT64:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def is_loopback(address: str) -> bool:
    """Whether an IP address is this machine's own."""
    return ip_address(address).is_loopback


def _inner(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def _refused(detail: str) -> Invalid:
    return Invalid(FieldFault("/url", detail, "Write it as https://host/path"))
