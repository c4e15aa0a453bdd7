"""``pictures`` and ``practice``: what the command line asks of the window."""

from __future__ import annotations

import argparse
import os
import re
from contextlib import closing
from pathlib import Path

from avdesk.cli.command import Answer, Call, OpenCommand, Window, no_arguments
from avdesk.errors import UsageError
from avdesk.services.desk import require_right, service_name
from avdesk.services.practice import make_practice
from avdesk.services.recordings import list_recordings
from avdesk.services.workspace import sign_in

_LEAST, _MOST = 200, 10_000


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--size", type=_size, default=(1366, 768), metavar="WxH")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch("([0-9]{3,5})x([0-9]{3,5})", text)
    if found and all(_LEAST <= int(side) <= _MOST for side in found.groups()):
        return int(found[1]), int(found[2])
    raise argparse.ArgumentTypeError(f"{text!r} is no size such as 1366x768, from {_LEAST} to {_MOST}")


def _pictures(call: Call) -> Answer:
    options = call.options
    with closing(sign_in(call.workspace, call.operator or os.environ.get("AVDESK_OPERATOR"))) as desk:
        require_right(desk, service_name(list_recordings))
        made = _window(call).pictures(
            desk, options.folder, size=options.size, dark=options.theme == "dark", language=options.lang
        )
    return Answer({"pictures": list(made)}, tuple(picture.path for picture in made))


def _practice(call: Call) -> Answer:
    _window(call).practise(call.workspace)
    return Answer({}, ())


def _window(call: Call) -> Window:
    if call.window is None:
        raise UsageError("USAGE", message="this takes the window, and there is none here", usage="")
    return call.window


COMMANDS = (
    OpenCommand("pictures", "a PNG of every page on this workspace", (list_recordings,), _arguments, _pictures),
    OpenCommand("practice", "open a window to practise in", (make_practice,), no_arguments, _practice),
)
