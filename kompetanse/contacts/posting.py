"""One POST to an address that a neighbour chose: looked at first, never redirected, and over in ten seconds."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence

from kompetanse.contacts.addresses import HERE, Target, accept_url, is_loopback, is_public
from kompetanse.errors import FieldFault, Invalid

SECONDS = 10.0
"""From the first packet to the last header of the answer."""

_CONNECT_SECONDS = 4.0
_MOST_ADDRESSES = 3


def resolve(target: Target, *, local: bool = False) -> tuple[str, ...]:
    """The IP addresses that a host has at this moment, all of which a webhook may lead to.

    Raises:
        Invalid: there are none, or one of them is not of the open internet.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Invalid(FieldFault("/url", "The host is not known", "Check how it is written")) from None
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    permitted = is_loopback if local and target.host in HERE else is_public
    if not all(map(permitted, addresses)):
        fault = FieldFault("/url", "The host is not on the open internet", "Name one with public addresses only")
        raise Invalid(fault)
    return addresses


def post(url: str, headers: Mapping[str, str], body: bytes, *, local: bool = False) -> int | None:
    """The HTTP status of the answer; None when none came in time, or the URL leads where it may not.

    The host is looked up once, and the connection goes to an address that was looked at: no second answer of the
    name server can lead it elsewhere. Proxies are not used.
    """
    try:
        target = accept_url(url, local=local)
        connection = _Connection(target, resolve(target, local=local))
    except Invalid:
        return None
    deadline = threading.Timer(SECONDS, connection.cut)
    deadline.daemon = True
    deadline.start()
    try:
        connection.request("POST", target.path, body, {"Host": target.named, "Connection": "close", **headers})
        status = connection.getresponse().status
        return None if connection.late else status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        deadline.cancel()
        connection.close()


class _Connection(http.client.HTTPConnection):
    """A connection to the first address that answers, and one that another thread can cut."""

    def __init__(self, target: Target, addresses: Sequence[str]) -> None:
        super().__init__(target.host, target.port)
        self._target = target
        self._addresses = addresses[:_MOST_ADDRESSES]
        self.late = False

    def connect(self) -> None:
        """Connect, with TLS where the target says so: the certificate is for the name, the way to the address."""
        sock = self.sock = _first_that_answers(self._addresses, self._target.port)
        sock.settimeout(SECONDS)
        if self._target.tls:
            context = ssl.create_default_context()
            name = self._target.host
            sock = self.sock = context.wrap_socket(sock, server_hostname=name, do_handshake_on_connect=False)
            if not self.late:
                sock.do_handshake()
        if self.late:
            raise TimeoutError

    def cut(self) -> None:
        """End the exchange: a read that waits, or gets a byte now and then, ends at once."""
        self.late = True
        sock: socket.socket | None = self.sock
        if sock is not None:
            try:
                socket.socket.shutdown(sock, socket.SHUT_RDWR)  # below TLS, which another thread is using
            except OSError:
                return


def _first_that_answers(addresses: Sequence[str], port: int) -> socket.socket:
    failure: OSError = TimeoutError()
    for address in addresses:
        try:
            return socket.create_connection((address, port), _CONNECT_SECONDS)
        except OSError as error:
            failure = error
    raise failure
