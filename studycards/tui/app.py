"""The application: which page is shown, signals, colours, and an end that leaves the terminal as it was."""

from __future__ import annotations

import asyncio
import contextlib
import select
import signal
import sys
from typing import ClassVar

from textual import screen
from textual.app import App
from textual.binding import Binding, BindingType

from studycards.errors import StudycardsError
from studycards.language import say
from studycards.tui import wrap
from studycards.tui.conduct import Conduct
from studycards.tui.home import HomePage
from studycards.tui.page import Page
from studycards.tui.program import Desk
from studycards.tui.review import ReviewPage
from studycards.tui.summary import SummaryPage
from studycards.tui.themes import THEMES, by_name

_HANGUP_S = 0.5
_FRAMES_A_SECOND = 240
_FURTHER = ("browse", "catchup", "curate", "stats")


class StudycardsApp(App[None]):
    """Shows home, or one sitting or page and nothing else; pages ask by message for what comes next."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "stop", show=False, priority=True)]
    CSS = "Screen { background: $background; color: $foreground; }"

    def __init__(self, desk: Desk, conduct: Conduct | None = None, first: Page | None = None) -> None:
        wrap.install()
        # A frame waits for the library's next tick; at its own 60 a second that alone is up to 17 ms a key.
        screen.UPDATE_PERIOD = 1 / _FRAMES_A_SECOND  # type: ignore[misc]
        self._desk, self._conduct, self._page = desk, conduct, first
        self._has_home = conduct is None and first is None
        super().__init__(ansi_color=bool(by_name(desk.look.theme).ansi))
        self.failure: Exception | None = None
        for theme in THEMES:
            self.register_theme(theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The two colours of ours, until the theme is set."""
        return dict(by_name(self._desk.look.theme).variables)

    def on_mount(self) -> None:
        """Take the signals, the colours and the first page."""
        self.theme = by_name(self._desk.look.theme).name
        self.animation_level = "none"
        with contextlib.suppress(NotImplementedError, RuntimeError):
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                loop.add_signal_handler(number, self._end)
        if not self.is_headless:
            self.set_interval(_HANGUP_S, self._look_for_hangup)
        sitting = ReviewPage(self._desk, self._conduct) if self._conduct else None
        self.push_screen(sitting or self._page or HomePage(self._desk))

    def action_stop(self) -> None:
        """End; everything is saved already."""
        self._end()

    def _end(self) -> None:
        self.exit(return_code=0)

    def _look_for_hangup(self) -> None:
        """End when the terminal is gone, also where the hang-up signal is ignored."""
        poll = select.poll()
        poll.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)
        if any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poll.poll(0)):
            self._end()

    def on_page_review(self, message: Page.Review) -> None:
        """Go on with a sitting, or begin one."""
        self._conduct = message.conduct
        self.switch_screen(ReviewPage(self._desk, message.conduct))

    def on_page_leave(self, message: Page.Leave) -> None:
        """Go where the page leads: from a sitting to its summary, from there home, from home to the end."""
        if message.where == "summary" and self._conduct is not None:
            self.switch_screen(SummaryPage(self._desk, self._conduct))
        elif message.where in _FURTHER:
            self.switch_screen(_page(message.where, self._desk))
        elif message.where == "home" and self._has_home:
            self.switch_screen(HomePage(self._desk))
        else:
            self._end()

    def on_page_shell(self, message: Page.Shell) -> None:
        """Leave, suspend or repaint."""
        if message.action == "leave":
            self._end()
        elif message.action == "suspend_process":
            self.action_suspend_process()
        else:
            self.refresh(repaint=True, layout=True)

    def _handle_exception(self, error: Exception) -> None:
        """End and leave the error to the caller: the library's own screen would print what the cards say."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        self.failure = error
        self._close_messages_no_wait()


def _page(name: str, desk: Desk) -> Page:
    """A page that is loaded only when it is wanted: the review shall begin soon."""
    if name == "browse":
        from studycards.tui.browse import BrowsePage

        return BrowsePage(desk)
    if name == "catchup":
        from studycards.tui.catchup import CatchUpPage

        return CatchUpPage(desk)
    if name == "curate":
        from studycards.tui.curate import CuratePage

        return CuratePage(desk)
    from studycards.tui.stats import StatsPage

    return StatsPage(desk)


def show(desk: Desk, conduct: Conduct | None = None, first: Page | None = None) -> None:
    """Run the application until the person leaves: home, or with `conduct` one sitting, or with `first` one page.

    Raises StudycardsError with a sentence where it had to end.
    """
    app = StudycardsApp(desk, conduct, first)
    app.run()
    if isinstance(app.failure, StudycardsError):
        raise app.failure
    if app.failure is not None:
        kind = type(app.failure).__name__
        raise StudycardsError(
            say(
                "studycards met an error that it did not expect ({kind}); everything you answered is stored.", kind=kind
            )
        ) from app.failure
