"""A reminder by e-mail: through the mail server of the config, or the machine's own sendmail."""

from __future__ import annotations

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, make_msgid, parseaddr

from studycards.errors import StudycardsError
from studycards.remind.machine import TIMEOUT_S, Machine
from studycards.remind.message import Message
from studycards.remind.notify.addresses import Addresses

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SUBMISSION, _IMPLICIT_TLS = 587, 465
_CERTIFICATE_FAILED = "the server's certificate is not trusted here"


def missing(machine: Machine, addresses: Addresses) -> str:
    """What is lacking: an address, or something that takes mail."""
    if "@" not in parseaddr(addresses.email_to)[1]:
        return 'email_to = "you@example.org" is wanted under [remind] in config.toml'
    if not addresses.smtp_host and machine.which("sendmail") is None:
        return "there is no sendmail here: set smtp_host under [remind] in config.toml"
    return ""


def send(machine: Machine, addresses: Addresses, message: Message) -> str:
    """Hand the message over. Returns who took it."""
    lack = missing(machine, addresses)
    if lack:
        raise StudycardsError(lack)
    letter = _letter(addresses, message)
    if addresses.smtp_host:
        return _by_server(addresses, letter)
    ran = machine.run("sendmail", "-t", "-oi", data=letter.as_bytes())
    if ran.code != 0:
        raise StudycardsError(f"sendmail: {ran.last_line}")
    return "sendmail"


def _letter(addresses: Addresses, message: Message) -> EmailMessage:
    letter = EmailMessage()
    letter["Subject"] = message.title
    letter["To"] = _address(addresses.email_to)
    if addresses.email_from:
        letter["From"] = _address(addresses.email_from)
    elif addresses.smtp_host:
        letter["From"] = _address(addresses.email_to)
    letter["Date"] = localtime()
    letter["Message-ID"] = make_msgid(domain="studycards.invalid")
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(f"{message.body}\n" if message.body else f"{message.title}\n", cte="quoted-printable")
    return letter


def _address(text: str) -> Address:
    name, plain = parseaddr(text)
    return Address(display_name=name, addr_spec=plain)


def _by_server(addresses: Addresses, letter: EmailMessage) -> str:
    host, port = _host_and_port(addresses.smtp_host)
    try:
        with _connect(host, port) as server:
            if port != _IMPLICIT_TLS and (host not in _LOOPBACK or server.has_extn("starttls")):
                server.starttls(context=ssl.create_default_context())
            if addresses.smtp_user:
                server.login(addresses.smtp_user, addresses.smtp_password)
            server.send_message(letter)
    except ssl.SSLCertVerificationError as error:
        raise StudycardsError(f"{host}:{port}: {_CERTIFICATE_FAILED}") from error
    except smtplib.SMTPNotSupportedError as error:
        raise StudycardsError(f"{host}:{port} offers no encryption or no login, so nothing was sent") from error
    except (smtplib.SMTPException, OSError) as error:
        raise StudycardsError(f"{host}:{port}: {_reason(error)}") from error
    return f"{host}:{port}"


def _connect(host: str, port: int) -> smtplib.SMTP:
    if port == _IMPLICIT_TLS:
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=TIMEOUT_S)
    server.ehlo_or_helo_if_needed()
    return server


def _host_and_port(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if colon and port.isdigit() and not host.endswith(":"):
        return host.strip("[]"), int(port)
    return text.strip("[]"), _SUBMISSION


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    return str(error) or type(error).__name__
