"""A message on the desktop, by whatever program is there to show one."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from studycards.errors import StudycardsError
from studycards.remind.machine import Machine
from studycards.remind.message import Message
from studycards.remind.notify.addresses import Addresses

_SERVICE = "org.freedesktop.Notifications"
_OBJECT = "/org/freedesktop/Notifications"
_APPLESCRIPT = ("on run {t,b}", "display notification b with title t", "end run")
_LIBRARY = (
    "import sys; from desktop_notifier.sync import DesktopNotifierSync;"
    "DesktopNotifierSync(app_name='studycards').send(title=sys.argv[1], message=sys.argv[2])"
)
_TOAST = (
    "$ErrorActionPreference = 'Stop';"
    "$manager = [Windows.UI.Notifications.ToastNotificationManager,Windows.UI.Notifications,"
    "ContentType=WindowsRuntime];"
    "$xml = $manager::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02);"
    "$text = $xml.GetElementsByTagName('text');"
    "[void]$text.Item(0).AppendChild($xml.CreateTextNode($env:STUDYCARDS_TITLE));"
    "[void]$text.Item(1).AppendChild($xml.CreateTextNode($env:STUDYCARDS_BODY));"
    "$app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe';"
    "$manager::CreateToastNotifier($app).Show([Windows.UI.Notifications.ToastNotification]::new($xml))"
)


def missing(machine: Machine, addresses: Addresses) -> str:
    """What is lacking to show a message: a program."""
    if any(machine.which(argv[0]) for argv, _ in _commands(machine, "", "")):
        return ""
    if machine.platform in ("darwin", "win32"):
        return "the system's own program for messages is not there"
    return "there is no notify-send, gdbus or busctl: install libnotify-bin, or choose another --channel"


def send(machine: Machine, addresses: Addresses, message: Message) -> str:
    """Show it with the first program that says somebody saw it. Returns the program's name."""
    reasons = []
    for argv, extra in _commands(machine, message.title, message.body):
        if machine.which(argv[0]) is None:
            continue
        name = "desktop-notifier" if argv[0] == sys.executable else argv[0]
        ran = machine.run(*argv, environment={**machine.environment, **_session(machine), **extra})
        if ran.code == 0:
            return name
        reasons.append(f"{name}: {ran.last_line}")
    raise StudycardsError("; ".join(reasons) or missing(machine, addresses))


def _commands(machine: Machine, title: str, body: str) -> list[tuple[tuple[str, ...], dict[str, str]]]:
    if machine.platform == "darwin":
        script = [word for part in _APPLESCRIPT for word in ("-e", part)]
        return [(("osascript", *script, title, body), {})]
    if machine.platform == "win32":
        options = ("-NoProfile", "-NonInteractive", "-WindowStyle", "Hidden", "-Command", _TOAST)
        toast = (("powershell", *options), {"STUDYCARDS_TITLE": title, "STUDYCARDS_BODY": body})
        return [toast, *_by_library(title, body)]
    return [
        (("notify-send", "-a", "studycards", "--", title, body), {}),
        (_gdbus(title, body), {}),
        (_busctl(title, body), {}),
        *_by_library(title, body),
    ]


def _by_library(title: str, body: str) -> list[tuple[tuple[str, ...], dict[str, str]]]:
    """The extra `notify`, in a process of its own: it takes the session's bus from there alone. Never on macOS, where
    it shows nothing under an unsigned Python and calls that a success."""
    if find_spec("desktop_notifier") is None:
        return []
    return [((sys.executable, "-P", "-c", _LIBRARY, title, body), {})]


def _gdbus(title: str, body: str) -> tuple[str, ...]:
    method = ("--dest", _SERVICE, "--object-path", _OBJECT, "--method", f"{_SERVICE}.Notify")
    return ("gdbus", "call", "--session", *method, "--", *_arguments(title, body, "[]", "{}"))


def _busctl(title: str, body: str) -> tuple[str, ...]:
    target = (_SERVICE, _OBJECT, _SERVICE, "Notify", "susssasa{sv}i")
    return ("busctl", "--user", "call", "--", *target, *_arguments(title, body, "0", "0"))


def _arguments(title: str, body: str, actions: str, hints: str) -> tuple[str, ...]:
    return ("studycards", "0", "", title, body, actions, hints, "10000")


def _session(machine: Machine) -> dict[str, str]:
    """The session's bus, which cron does not know of."""
    if machine.environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return {}
    folder = machine.environment.get("XDG_RUNTIME_DIR") or f"/run/user/{machine.uid}"
    bus = Path(folder) / "bus"
    if not bus.exists():
        return {}
    return {"XDG_RUNTIME_DIR": folder, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}"}
