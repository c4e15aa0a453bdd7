"""Calling one command, and turning what happens into answers and exit codes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from itertools import takewhile
from pathlib import Path

import avdesk
from avdesk.cli.arguments import GLOBAL, HelpAsked, read, split
from avdesk.cli.command import Answer, AnyCommand, Call, OpenCommand, Options, Window
from avdesk.cli.commands import beginning_with, called, every
from avdesk.cli.failure import ENVIRONMENT, FAILED, document, status_of
from avdesk.cli.output import emit, fit_streams, say, shown, to_json
from avdesk.cli.words import sentence
from avdesk.errors import AvdeskError, Cancelled, EnvironmentFault, UsageError
from avdesk.services.desk import require_right, service_name
from avdesk.services.workspace import default_workspace, sign_in

_HELP = ("-h", "--help")


def run(arguments: Sequence[str], window: Window | None = None) -> int:
    """Do what the words say, without any words open the window; the exit code of the contract."""
    fit_streams()
    try:
        return _run(arguments, window)
    except OSError as error:  # standard output is away or full
        say(f"The answer could not be written: {error.strerror}.")
        return ENVIRONMENT


def _run(arguments: Sequence[str], window: Window | None) -> int:
    as_json = "--json" in takewhile(lambda word: word != "--", arguments)
    try:
        answer = _answer(arguments, window)
    except AvdeskError as error:
        return _fail(error, as_json)
    except (Cancelled, KeyboardInterrupt):
        say("Stopped.")
        if as_json:
            emit(to_json({"error": {"code": "CANCELLED"}}))
        return FAILED
    except OSError as error:
        return _fail(_fault(error), as_json)
    emit(to_json(answer.value) if as_json else "\n".join(map(shown, answer.lines)))
    return answer.status


def _answer(arguments: Sequence[str], window: Window | None) -> Answer:
    shared, words = split(arguments)
    if shared.version:
        return Answer({"version": avdesk.__version__}, (f"avdesk {avdesk.__version__}",))
    if not words and window is not None:
        window.open(_workspace(shared), shared.operator or os.environ.get("AVDESK_OPERATOR"))
        return Answer({}, ())
    try:
        listed = _listed(words)
        if listed:
            raise HelpAsked(_overview(listed))
        command, rest = called(words)
        return _call(command, shared, rest, window)
    except HelpAsked as asked:
        return Answer({"help": asked.text}, tuple(asked.text.splitlines()))


def _listed(words: Sequence[str]) -> list[AnyCommand]:
    """The commands of which a list is asked for: all, or those of one noun; none when it is one command's own help."""
    if words and words[0] in _HELP:
        return every()
    if len(words) > 1 and words[1] in _HELP:
        return [command for command in beginning_with(words[0]) if command.words != words[0]]
    return []


def _overview(commands: Sequence[AnyCommand]) -> str:
    lines = [f"  avdesk {command.words:<14} {command.about}" for command in commands]
    if len(commands) == len(every()):
        lines.insert(0, f"  avdesk {'':<14} open the window")
    return "\n".join([*lines, "", f"Global options: {GLOBAL}", "avdesk COMMAND -h tells what one takes."])


def _call(command: AnyCommand, shared: Options, rest: Sequence[str], window: Window | None) -> Answer:
    """The right is checked before the arguments' values; where nobody can sign in, these are told first."""
    try:
        options: Options | UsageError = read(command, rest)
    except UsageError as error:
        options = error
    workspace = _workspace(shared)
    _require_readable(shared.password_file)
    if isinstance(command, OpenCommand):
        return command.run(Call(workspace, shared.operator, _valid(options), window))
    _require_readable(os.environ.get("AVDESK_PASSWORD_FILE"))
    try:
        desk = sign_in(workspace, os.environ.get("AVDESK_OPERATOR") if shared.operator is None else shared.operator)
    except EnvironmentFault:
        _valid(options)
        raise
    with closing(desk):
        require_right(desk, service_name(command.services[0]))
        return command.run(desk, _valid(options))


def _workspace(shared: Options) -> Path:
    return Path(shared.workspace) if shared.workspace else default_workspace()


def _valid(options: Options | UsageError) -> Options:
    if isinstance(options, UsageError):
        raise options
    return options


def _require_readable(password_file: str | None) -> None:
    """Until accounts exist a password file is accepted without a check of the password; it must be there."""
    if password_file and not Path(password_file).is_file():
        raise UsageError("PASSWORD_FILE_MISSING", file=password_file)


def _fault(error: OSError) -> EnvironmentFault:
    """What the services did not expect of a path that somebody gave."""
    file = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else None
    return EnvironmentFault(file=file, reason=error.strerror or type(error).__name__)


def _fail(error: AvdeskError, as_json: bool) -> int:
    if as_json:
        emit(to_json(document(error)))
    for line in sentence(error).splitlines():
        say(line)
    return status_of(error)
