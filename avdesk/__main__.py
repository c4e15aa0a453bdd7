"""``avdesk``: the window, the command line; and, in the packaged program, the process that reads media."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from avdesk.errors import EnvironmentFault
from avdesk.media.worker import FROZEN_OPTION

if TYPE_CHECKING:
    from avdesk.services.desk import Desk
    from avdesk.ui.pictures import Picture


def main() -> int:
    """The process's entry; the exit code is the contract's."""
    if sys.argv[1:2] == [FROZEN_OPTION]:
        from avdesk.media import child

        del sys.argv[1]
        child.main()
        return 0
    from avdesk.cli import run

    return run(sys.argv[1:], Window())


class NoWindow(EnvironmentFault):
    """A library that Qt needs is not installed."""

    code = "NO_WINDOW"


class Window:
    """The window as the command line knows it. Qt is loaded when it is asked for: the rest works without."""

    def open(self, workspace: Path, operator: str | None) -> None:
        try:
            from avdesk.ui.app import open_window
        except ImportError as error:
            raise NoWindow(reason=str(error)) from error
        open_window(workspace, operator)

    def practise(self, workspace: Path) -> None:
        try:
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
