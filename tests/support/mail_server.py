"""A mail server on a port of this machine: SMTP (RFC 5321) with STARTTLS, log-in and answers to order."""

import base64
import email
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from pathlib import Path


@dataclass(slots=True)
class MailServer:
    """What the server is, does at this moment, and has taken."""

    port: int = 0
    user: str = ""
    password: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    """What is answered to a command in place of yes; an empty text hangs up."""
    answers_once: dict[str, str] = field(default_factory=dict)
    """The same for the first time alone."""
    asked: list[str] = field(default_factory=list)
    """From whom it was asked to take messages."""
    refused: set[str] = field(default_factory=set)
    starttls: bool = True
    taken: list[tuple[str, str, EmailMessage]] = field(default_factory=list)
    """From whom, to whom, and the message."""
    encrypted: list[bool] = field(default_factory=list)
    logged_in: int = 0
    connections: int = 0


class _HungUp(Exception):
    pass


@contextmanager
def serve_mail(certificate: Path | None = None, *, tls: bool = False) -> Iterator[MailServer]:
    """A server, over TLS from the first byte with `tls`; `certificate` is a file with its key in it."""
    found = MailServer(starttls=certificate is not None and not tls)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if certificate is not None:
        context.load_cert_chain(certificate)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            found.connections += 1
            try:
                if tls:
                    self.request = context.wrap_socket(self.request, server_side=True)
                talk = _Talk(found, context, self.request, encrypted=tls)
            except OSError:  # the sender does not believe the certificate
                return
            try:
                talk.run()
            except (OSError, _HungUp):
                return
            finally:
                talk.close()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as server:
        found.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield found
        server.shutdown()
        thread.join()


class _Talk:
    """One connection."""

    def __init__(self, server: MailServer, context: ssl.SSLContext, sock: socket.socket, *, encrypted: bool) -> None:
        self.server, self.context, self.sock, self.encrypted = server, context, sock, encrypted
        self.lines = sock.makefile("rb")
        self.sender, self.to, self.let_in = "", "", False

    def close(self) -> None:
        self.lines.close()
        self.sock.close()

    def say(self, text: str) -> None:
        self.sock.sendall(f"{text}\r\n".encode())

    def hear(self) -> str:
        line: bytes = self.lines.readline()
        if not line:
            raise _HungUp
        return line.decode().rstrip("\r\n")

    def to_order(self, command: str) -> bool:
        """Whether a command is answered as was ordered."""
        answer = self.server.answers_once.pop(command, self.server.answers.get(command))
        if answer is None:
            return False
        if answer:
            self.say(answer)
        if not answer or answer.startswith("421"):
            self.sock.close()
            raise _HungUp
        return True

    def run(self) -> None:
        self.say("220 mail.example ready")
        while True:
            line = self.hear()
            verb, _, rest = line.partition(" ")
            verb = verb.upper()
            if verb == "MAIL":
                self.server.asked.append(rest)
            if self.to_order(verb):
                continue
            getattr(self, f"on_{verb.lower()}", self.on_other)(rest)

    def on_ehlo(self, _: str) -> None:
        more = ["STARTTLS"] if self.server.starttls and not self.encrypted else []
        more += ["AUTH PLAIN"] if self.server.user else []
        self.say("\r\n".join([*(f"250-{one}" for one in ["mail.example", *more]), "250 8BITMIME"]))

    def on_starttls(self, _: str) -> None:
        self.say("220 go on")
        self.sock = self.context.wrap_socket(self.sock, server_side=True)
        self.lines.close()
        self.lines, self.encrypted = self.sock.makefile("rb"), True

    def on_auth(self, rest: str) -> None:
        given = base64.b64decode(rest.split()[1]).decode().split("\0")[1:]
        self.let_in = given == [self.server.user, self.server.password]
        self.server.logged_in += self.let_in
        self.say("235 welcome" if self.let_in else "535 5.7.8 no such user or password")

    def on_mail(self, rest: str) -> None:
        self.sender = rest.partition("<")[2].partition(">")[0]
        self.say("250 ok" if self.let_in or not self.server.user else "530 5.7.0 log in")

    def on_rcpt(self, rest: str) -> None:
        self.to = rest.partition("<")[2].partition(">")[0]
        self.say(f"550 5.1.1 <{self.to}> is nobody" if self.to in self.server.refused else "250 ok")

    def on_data(self, _: str) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.hear()) != ".":
            lines.append(line.removeprefix("."))
        if self.to_order("."):
            return
        message = email.message_from_string("\r\n".join(lines), policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.server.taken.append((self.sender, self.to, message))
        self.server.encrypted.append(self.encrypted)
        self.say("250 taken")

    def on_quit(self, _: str) -> None:
        self.say("221 bye")
        raise _HungUp

    def on_other(self, _: str) -> None:
        self.say("250 ok")
