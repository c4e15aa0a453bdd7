"""``avdesk``: the window, the command line; and, in the packaged program, the processes that read media."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from avdesk.errors import EnvironmentFault

if TYPE_CHECKING:
    from avdesk.services.desk import Desk
    from avdesk.ui.pictures import Picture


CHILDREN = {
    "--media-worker": "avdesk.media.child",
    "--media-maker": "avdesk.media.maker",
    "--media-decoder": "avdesk.media.decoder",
    "--media-analysis": "avdesk.media.analysis_child",
    "--sound": "avdesk.ui.sound_process",
}
"""What the packaged program becomes when its first argument is one of these: it has no ``python -m``."""


def main() -> int:
    """The process's entry; the exit code is the contract's."""
    child = CHILDREN.get(sys.argv[1]) if len(sys.argv) > 1 else None
    if child is not None:
        del sys.argv[1]
        import_module(child).main()
        return 0
    with _loading():
        from avdesk.cli import run

    return run(sys.argv[1:], Window())


@contextmanager
def _loading() -> Iterator[None]:
    """Modules are no garbage: the collector doesn't look at them now, nor ever after."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


class NoWindow(EnvironmentFault):
    """A library that Qt needs is not installed."""

    code = "NO_WINDOW"


class Window:
    """The window as the command line knows it. Qt is loaded when it is asked for: the rest works without."""

    def open(self, workspace: Path, operator: str | None) -> None:
        try:
            with _loading():
                from avdesk.ui.app import open_window
        except ImportError as error:
            raise NoWindow(reason=str(error)) from error
        open_window(workspace, operator)

    def practise(self, workspace: Path) -> None:
        try:
            with _loading():
                from avdesk.ui.app import open_practice
        except ImportError as error:
            raise NoWindow(reason=str(error)) from error
        open_practice(workspace)

    def pictures(
        self, desk: Desk, folder: Path, *, size: tuple[int, int], dark: bool, language: str
    ) -> Sequence[Picture]:
        try:
            from avdesk.ui.pictures import picture_pages
        except ImportError as error:
            raise NoWindow(reason=str(error)) from error
        return picture_pages(desk, folder, size=size, dark=dark, language=language).pictures


if __name__ == "__main__":
    sys.exit(main())
