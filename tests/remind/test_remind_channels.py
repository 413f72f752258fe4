"""The ways out: desktop programs, mail, webhook, file; what goes out is text and nothing else."""

from __future__ import annotations

import email
import email.policy
import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from remind_stubs import Stubs, machine_for

from studycards.errors import StudycardsError
from studycards.remind.machine import Machine
from studycards.remind.message import LANGUAGES, Due, compose, line
from studycards.remind.notify import CHANNELS, deliver, desktop, due_file, mail, webhook
from studycards.remind.notify.addresses import Addresses

DUE = Due(17, 4, "历史::古埃及")
MESSAGE = compose(DUE, "zh")
NOBODY = Addresses()
TO_ME = Addresses(email_to="Ich <me@example.org>", email_from="cards@example.org")


@pytest.mark.parametrize(
    ("due", "language", "title", "body"),
    [
        (Due(17, 4, "历史::古埃及"), "en", "17 cards due, about 4 minutes", "First: 历史::古埃及"),
        (Due(17, 4, "历史::古埃及"), "zh", "17 张卡片到期，约 4 分钟", "先复习：历史::古埃及"),
        (Due(1, 0, "a"), "en", "1 card due, about 1 minute", "First: a"),
        (Due(2, 1, ""), "en", "2 cards due, about 1 minute", ""),
        (Due(3, 1, "R&D <b>x</b>"), "en", "3 cards due, about 1 minute", "First: R＆D ＜b＞x＜/b＞"),
        (Due(3, 1, "a\x1b[31m\nb"), "en", "3 cards due, about 1 minute", "First: a␛[31m b"),
        (Due(0, 0, ""), "en", "Nothing is due", ""),
    ],
)
def test_a_message_says_count_minutes_and_first_deck(due: Due, language: str, title: str, body: str) -> None:
    message = compose(due, language)

    assert (message.title, message.body) == (title, body)


def test_every_language_has_every_sentence() -> None:
    for words in LANGUAGES.values():
        assert "{deck}" in words.first
        assert "{cards}" in words.title
        assert "{minutes}" in words.title
        assert "{title}" in words.test


def test_outside_the_machine_no_deck_is_named() -> None:
    assert compose(DUE, "en", with_deck=False).body == ""
    assert {name for name, channel in CHANNELS.items() if channel.is_private} == {"desktop", "file"}


def test_the_shell_line_is_empty_when_nothing_is_due() -> None:
    assert line(DUE, "en") == "17 cards due, about 4 minutes"
    assert line(Due(0, 0), "en") == ""


def test_linux_shows_it_with_notify_send(machine: Machine, stubs: Stubs) -> None:
    stubs.make("notify-send", "gdbus", "busctl")

    assert desktop.send(machine, NOBODY, MESSAGE) == "notify-send"
    assert stubs.calls() == [f"notify-send -a studycards -- {MESSAGE.title} {MESSAGE.body}"]


def test_what_shows_nothing_is_followed_by_the_next_program(machine: Machine, stubs: Stubs) -> None:
    stubs.make("notify-send", "gdbus", "busctl", failing="[ng]*")

    assert desktop.send(machine, NOBODY, MESSAGE) == "busctl"
    assert [call.split()[0] for call in stubs.calls()] == ["notify-send", "gdbus", "busctl"]


def test_a_desktop_that_nobody_sees_is_told_with_every_reason(machine: Machine, stubs: Stubs) -> None:
    stubs.make("notify-send", "gdbus", failing="*")

    with pytest.raises(StudycardsError, match="notify-send: stub: refused; gdbus: stub: refused"):
        desktop.send(machine, NOBODY, MESSAGE)


def test_under_cron_the_bus_of_the_session_is_found(stubs: Stubs, home: Path) -> None:
    runtime = home / "runtime"
    runtime.mkdir()
    (runtime / "bus").touch()
    program = stubs.folder / "notify-send"
    program.write_text(f"#!/bin/sh\necho \"$DBUS_SESSION_BUS_ADDRESS\" >'{stubs.log}'\n")
    program.chmod(0o755)

    desktop.send(machine_for(stubs, home, "linux", XDG_RUNTIME_DIR=str(runtime)), NOBODY, MESSAGE)

    assert stubs.calls() == [f"unix:path={runtime}/bus"]


def test_macos_gets_the_text_as_arguments_never_inside_the_script(stubs: Stubs, home: Path) -> None:
    stubs.make("osascript")
    sly = compose(Due(1, 1, '" & (do shell script "x") & "'), "en")

    desktop.send(machine_for(stubs, home, "darwin"), NOBODY, sly)

    script = "-e on run {t,b} -e display notification b with title t -e end run"
    assert stubs.calls() == [f"osascript {script} {sly.title} {sly.body}"]


def test_windows_gets_the_text_through_the_environment(stubs: Stubs, home: Path) -> None:
    program = stubs.folder / "powershell"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$STUDYCARDS_TITLE" "$STUDYCARDS_BODY" "$*" >\'{stubs.log}\'\n')
    program.chmod(0o755)

    desktop.send(machine_for(stubs, home, "win32"), NOBODY, MESSAGE)

    title, body, arguments = stubs.calls()
    assert (title, body) == (MESSAGE.title, MESSAGE.body)
    assert "-NonInteractive -WindowStyle Hidden -Command " in arguments
    assert "17" not in arguments


def test_every_named_channel_is_tried_and_one_success_is_enough(machine: Machine, stubs: Stubs) -> None:
    stubs.make("notify-send", failing="*")

    delivery = deliver(machine, NOBODY, ("desktop", "email", "file"), lambda is_private: MESSAGE)

    assert delivery.sent == ("file",)
    assert [note.partition(":")[0] for note in delivery.notes] == ["desktop", "email", "file"]
    assert machine.due_file.read_text() == f"{MESSAGE.title}\n"


def test_the_due_file_is_not_written_when_it_says_so_already(tmp_path: Path) -> None:
    path = tmp_path / "state/due"

    due_file.write(path, "3 cards due")
    first = path.stat().st_ino
    due_file.write(path, "3 cards due")
    second = path.stat().st_ino
    due_file.write(path, "")

    assert first == second
    assert path.read_bytes() == b""


def test_mail_goes_out_through_sendmail(machine: Machine, stubs: Stubs) -> None:
    stubs.make("sendmail")

    assert mail.send(machine, TO_ME, MESSAGE) == "sendmail"

    letter = email.message_from_bytes((stubs.state / "mail").read_bytes(), policy=email.policy.default)
    assert stubs.calls() == ["sendmail -t -oi"]
    assert letter["Subject"] == MESSAGE.title
    assert letter["To"] == "Ich <me@example.org>"
    assert letter["From"] == "cards@example.org"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content() == f"{MESSAGE.body}\n"
    assert (stubs.state / "mail").read_bytes().isascii()


@dataclass
class Server:
    """A mail server for one letter."""

    port: int = 0
    said: list[str] = field(default_factory=list)
    letter: bytes = b""


@contextmanager
def smtp_server(refuse: str = "", context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A loopback mail server that takes one letter, or answers `refuse` to the receiver."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1])
    thread = threading.Thread(target=_talk, args=(listener, server, refuse, context))
    thread.start()
    try:
        yield server
    finally:
        thread.join(10)
        listener.close()


def _talk(listener: socket.socket, server: Server, refuse: str, context: ssl.SSLContext | None) -> None:
    plain, _ = listener.accept()
    plain.settimeout(10)
    plain.sendall(b"220 here\r\n")
    stream, lines = plain, plain.makefile("rb")
    while line := lines.readline().decode().strip():
        server.said.append(line)
        word = line.split()[0].upper()
        if word == "DATA":
            stream.sendall(b"354 go\r\n")
            while (part := lines.readline()) not in (b".\r\n", b""):
                server.letter += part
        if word == "STARTTLS" and context is not None:
            stream.sendall(b"220 go\r\n")
            lines.close()
            try:
                stream = context.wrap_socket(plain, server_side=True)
            except (ssl.SSLError, ConnectionError):
                plain.close()
                return
            lines = stream.makefile("rb")
            continue
        offers = "250-here\r\n250-STARTTLS\r\n" if context and stream is plain else "250-here\r\n"
        answers = {"EHLO": f"{offers}250 AUTH PLAIN", "AUTH": "235 yes", "QUIT": "221 bye"}
        stream.sendall((refuse if refuse and word == "RCPT" else answers.get(word, "250 ok")).encode() + b"\r\n")
    lines.close()
    stream.close()


def test_mail_goes_out_through_a_mail_server(machine: Machine) -> None:
    with smtp_server() as server:
        to = Addresses("me@example.org", "", f"127.0.0.1:{server.port}", "user", "secret")
        how = mail.send(machine, to, MESSAGE)

    letter = email.message_from_bytes(server.letter, policy=email.policy.default)
    assert how == f"127.0.0.1:{server.port}"
    assert letter["Subject"] == MESSAGE.title
    assert letter["From"] == "me@example.org"
    assert any(line.startswith("AUTH PLAIN") for line in server.said)


def test_a_mail_server_that_refuses_is_quoted(machine: Machine) -> None:
    with smtp_server(refuse="550 no such user") as server, pytest.raises(StudycardsError) as caught:
        mail.send(machine, Addresses("me@example.org", "", f"127.0.0.1:{server.port}"), MESSAGE)

    assert "me@example.org" in caught.value.sentence or "550" in caught.value.sentence


def test_a_certificate_that_nobody_vouches_for_is_refused(machine: Machine, tmp_path: Path) -> None:
    options = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost")
    command = ["openssl", "req", *options, "-keyout", "key", "-out", "cert"]
    made = subprocess.run(command, cwd=tmp_path, capture_output=True)
    if made.returncode != 0:
        pytest.skip("needs openssl")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert", tmp_path / "key")

    with smtp_server(context=context) as server, pytest.raises(StudycardsError, match="not trusted"):
        mail.send(machine, Addresses("me@example.org", "", f"127.0.0.1:{server.port}", "user", "secret"), MESSAGE)

    assert server.letter == b""
    assert not any("AUTH" in line for line in server.said)


def test_a_mail_server_that_is_not_there_is_one_sentence(machine: Machine) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    with pytest.raises(StudycardsError, match=f"127.0.0.1:{port}: "):
        mail.send(machine, Addresses("me@example.org", "", f"127.0.0.1:{port}"), MESSAGE)


@pytest.mark.parametrize(
    ("addresses", "lack"),
    [(Addresses(), "email_to"), (Addresses(email_to="nobody"), "email_to"), (TO_ME, "smtp_host")],
)
def test_mail_says_what_it_lacks(machine: Machine, addresses: Addresses, lack: str) -> None:
    assert lack in mail.missing(machine, addresses)
    with pytest.raises(StudycardsError, match=lack):
        mail.send(machine, addresses, MESSAGE)


@dataclass
class Posted:
    """What a webhook got."""

    url: str = ""
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def web_server(status: int = 200, location: str = "") -> Iterator[Posted]:
    """A loopback server that answers every POST with a status."""
    posted = Posted()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posted.requests.append((self.path, dict(self.headers), body))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    posted.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield posted
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def test_a_webhook_gets_json(machine: Machine) -> None:
    with web_server() as posted:
        how = webhook.send(machine, Addresses(webhook_url=posted.url), compose(DUE, "zh", with_deck=False))

    path, headers, body = posted.requests[0]
    assert how == "127.0.0.1"
    assert path == "/hook"
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(body) == {"title": MESSAGE.title, "text": "", "due": 17, "minutes": 4}


def test_ntfy_gets_its_own_form(machine: Machine) -> None:
    with web_server() as posted:
        webhook.send(machine, Addresses(webhook_url=f"ntfy+{posted.url}"), MESSAGE)

    _, headers, body = posted.requests[0]
    assert str(make_header(decode_header(headers["Title"]))) == MESSAGE.title
    assert headers["Title"].isascii()
    assert body.decode() == MESSAGE.body


@pytest.mark.parametrize("status", [404, 500, 302])
def test_a_webhook_that_refuses_is_one_sentence(machine: Machine, status: int) -> None:
    location = "http://elsewhere.invalid/" if status == 302 else ""
    with web_server(status, location) as posted, pytest.raises(StudycardsError) as caught:
        webhook.send(machine, Addresses(webhook_url=posted.url), MESSAGE)

    assert ("elsewhere.invalid" if status == 302 else str(status)) in caught.value.sentence
    assert len(posted.requests) == 1


@pytest.mark.parametrize(
    ("url", "lack"),
    [
        ("", "webhook_url"),
        ("example.org", "webhook_url"),
        ("http://example.org/x", "https://"),
        ("file:///etc/x", "web"),
    ],
)
def test_an_address_that_is_not_safe_is_refused(machine: Machine, url: str, lack: str) -> None:
    with pytest.raises(StudycardsError, match=lack):
        webhook.send(machine, Addresses(webhook_url=url), MESSAGE)


def test_no_secret_shows_in_what_is_printed_of_the_addresses() -> None:
    shown = repr(Addresses(smtp_password="secret", webhook_url="https://ntfy.sh/secret"))

    assert "secret" not in shown
