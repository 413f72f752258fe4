"""A reminder by one POST: in ntfy's form where the address says ntfy, else as JSON."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from email.header import Header
from http.client import HTTPMessage
from typing import IO
from urllib.parse import SplitResult, urlsplit

from studycards.errors import StudycardsError
from studycards.remind.machine import TIMEOUT_S, Machine
from studycards.remind.message import Message
from studycards.remind.notify.addresses import Addresses

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_NTFY = "ntfy+"


def missing(machine: Machine, addresses: Addresses) -> str:
    """What is lacking: an address that may be used."""
    url = urlsplit(addresses.webhook_url.removeprefix(_NTFY))
    if not url.hostname:
        return 'webhook_url = "https://…" is wanted under [remind] in config.toml'
    if url.scheme != "https" and not (url.scheme == "http" and url.hostname in _LOOPBACK):
        return "webhook_url must begin with https://, or everybody on the way reads it"
    return ""


def send(machine: Machine, addresses: Addresses, message: Message) -> str:
    """Post the message. Returns the host that took it."""
    lack = missing(machine, addresses)
    if lack:
        raise StudycardsError(lack)
    url = urlsplit(addresses.webhook_url.removeprefix(_NTFY))
    try:
        with _opener(url).open(_request(addresses.webhook_url, message), timeout=TIMEOUT_S) as answer:
            answer.read(1024)
    except urllib.error.HTTPError as error:
        error.close()
        raise StudycardsError(f"{url.hostname} answered {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise StudycardsError(f"{url.hostname}: {error.reason}") from error
    except OSError as error:
        raise StudycardsError(f"{url.hostname}: {error}") from error
    return str(url.hostname)


def _request(address: str, message: Message) -> urllib.request.Request:
    url = address.removeprefix(_NTFY)
    if address.startswith(_NTFY) or "ntfy" in str(urlsplit(url).hostname):
        headers = {"Title": Header(message.title, "utf-8").encode(maxlinelen=10_000), "Content-Type": "text/plain"}
        return _post(url, (message.body or message.title).encode(), headers)
    fields = {"title": message.title, "text": message.body, "due": message.due.cards, "minutes": message.due.minutes}
    body = json.dumps(fields, ensure_ascii=False).encode()
    return _post(url, body, {"Content-Type": "application/json; charset=utf-8"})


def _post(url: str, body: bytes, headers: dict[str, str]) -> urllib.request.Request:
    return urllib.request.Request(url, body, headers)  # noqa: S310 - `missing` lets only http and https pass


def _opener(url: SplitResult) -> urllib.request.OpenerDirector:
    handlers: list[urllib.request.BaseHandler] = [_SameHost()]
    if url.hostname in _LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to the host that the person named, and never away from https."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if old.netloc != new.netloc or old.scheme != new.scheme:
            fp.close()
            raise StudycardsError(f"{old.hostname} sends us on to {new.hostname}, which is not the address you set")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
