"""The real program in a real pseudo-terminal."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path


class Terminal:
    """A child on its own terminal; everything it wrote is kept in `output`."""

    def __init__(
        self, args: list[str], env: dict[str, str], size: tuple[int, int] = (24, 80), hup: bool = True
    ) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.output = b""
        self.pid = os.fork()
        if self.pid == 0:
            self._become(args, env, slave, hup)
        self.slave = slave

    def _become(self, args: list[str], env: dict[str, str], slave: int, hup: bool) -> None:
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for number in (0, 1, 2):
            os.dup2(slave, number)
        os.closerange(3, 64)
        if not hup:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.execvpe(sys.executable, [sys.executable, "-m", "studycards", *args], env)

    def read(self, seconds: float) -> bytes:
        """What comes within that time, at the first piece."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return b""
        with contextlib.suppress(OSError):
            piece = os.read(self.master, 65536)
            self.output += piece
            return piece
        return b""

    def until(self, text: str, seconds: float = 20.0) -> None:
        """Read until the text has come since the last call; raises TimeoutError."""
        start, end = len(self.output), time.monotonic() + seconds
        while text.encode() not in self.output[start:]:
            if time.monotonic() > end:
                raise TimeoutError(f"{text!r} did not come; the end was {self.output[-400:]!r}")
            self.read(0.2)

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self.master, keys.encode())

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def wait(self, seconds: float) -> int | None:
        """The exit code once it is gone; None if it is still there."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while self.master >= 0 and self.read(0):
                    pass
                return os.waitstatus_to_exitcode(status)
            if self.master >= 0:
                self.read(0.02)
            else:
                time.sleep(0.02)
        return None

    def hang_up(self) -> None:
        """Close the terminal under the child."""
        os.close(self.slave)
        os.close(self.master)
        self.master = self.slave = -1

    def close(self) -> None:
        """Kill what is still there."""
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.master >= 0:
            os.close(self.master)
            os.close(self.slave)


def environment(folder: Path) -> dict[str, str]:
    """A person with nothing yet, in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH")}
    return {
        **kept,
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "STUDYCARDS_DB": str(folder / "store.db"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
