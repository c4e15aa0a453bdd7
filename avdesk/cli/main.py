"""Reading the command line, calling one command, and turning what happens into exit codes."""

from __future__ import annotations

import argparse
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import avdesk
from avdesk.cli import audit, cases, demo, ingest, labels, people, policies, recordings, reports, rights, vaults
from avdesk.cli import volumes as volumes_command
from avdesk.cli import workspace as workspace_command
from avdesk.cli.command import Answer, Call, Command
from avdesk.cli.output import say, to_json
from avdesk.cli.words import sentence
from avdesk.errors import AvdeskError, Cancelled, EnvironmentFault, NotPermitted, Refused, UsageError
from avdesk.services.desk import REGISTRY, service_name
from avdesk.services.workspace import default_workspace, sign_in

COMMANDS: tuple[Command, ...] = (
    *workspace_command.COMMANDS,
    *demo.COMMANDS,
    *volumes_command.COMMANDS,
    *ingest.COMMANDS,
    *recordings.COMMANDS,
    *cases.COMMANDS,
    *labels.COMMANDS,
    *reports.COMMANDS,
    *vaults.COMMANDS,
    *people.COMMANDS,
    *policies.COMMANDS,
    *audit.COMMANDS,
)

OK, FAILED, USAGE, REFUSED, ENVIRONMENT = range(5)


class _Parser(argparse.ArgumentParser):
    """Wrong usage is exit 2 with one line, and JSON when it was asked for."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("USAGE", message=message, usage=self.format_usage().strip())


def run(arguments: Sequence[str]) -> int:
    """Do what the words say; the exit code of the contract."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    as_json = "--json" in arguments
    try:
        answer = _answer(arguments)
    except AvdeskError as error:
        return _fail(error, as_json)
    except (Cancelled, KeyboardInterrupt):
        say("Stopped.")
        return FAILED
    if as_json:
        print(to_json(answer.value))
    else:
        for line in answer.lines:
            print(line)
    return answer.status


def _answer(arguments: Sequence[str]) -> Answer:
    shared, rest = _shared_options(arguments)
    if shared.version:
        return Answer({"version": avdesk.__version__}, (f"avdesk {avdesk.__version__}",))
    parser, commands = _parser()
    options = parser.parse_args(rest)
    command = commands.get(getattr(options, "command", ""))
    if command is None:
        raise UsageError("USAGE", message="no command given", usage=parser.format_usage().strip())
    workspace = Path(shared.workspace) if shared.workspace else default_workspace()
    operator = shared.operator or os.environ.get("AVDESK_OPERATOR")
    _require_readable(shared.password_file)
    if command.run_without_sign_in is not None:
        return command.run_without_sign_in(Call(workspace, shared.operator, options))
    if command.run is None:
        raise RuntimeError(command.words)
    desk = sign_in(workspace, operator)
    try:
        _require_right(desk.rights, command)
        return command.run(desk, options)
    finally:
        desk.close()


def _shared_options(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Global options stand before or after the command's words."""
    shared = _Parser(add_help=False, allow_abbrev=False)
    shared.add_argument("--workspace")
    shared.add_argument("--operator")
    shared.add_argument("--password-file")
    shared.add_argument("--json", action="store_true")
    shared.add_argument("--version", action="store_true")
    return shared.parse_known_args(arguments)


def _require_readable(password_file: str | None) -> None:
    """Until accounts exist a password file is accepted without a check of the password; it must be there."""
    named = password_file or os.environ.get("AVDESK_PASSWORD_FILE")
    if named is not None and not Path(named).is_file():
        raise UsageError("USAGE", message=f"no password file {named}", usage="")


def _require_right(held: frozenset[object], command: Command) -> None:
    """The right is checked before the arguments' values; the service checks it again and writes the refusal down."""
    right = REGISTRY[service_name(command.services[0])]
    if right is not None and right not in held:
        raise NotPermitted(right)


def _parser() -> tuple[argparse.ArgumentParser, dict[str, Command]]:
    parser = _Parser(
        prog="avdesk",
        allow_abbrev=False,
        description="Global options: --workspace DIR --operator NAME --password-file F --json --version",
    )
    groups = {"": parser.add_subparsers(dest="group", metavar="COMMAND", parser_class=_Parser)}
    commands = {command.words: command for command in (*COMMANDS, rights.command(COMMANDS))}
    for words, command in commands.items():
        group, _, verb = words.rpartition(" ")
        if group not in groups:
            noun = groups[""].add_parser(group, allow_abbrev=False, help=f"see avdesk {group} -h")
            groups[group] = noun.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=_Parser)
        leaf = groups[group].add_parser(verb, allow_abbrev=False, help=command.about, description=command.about)
        leaf.set_defaults(command=words)
        command.arguments(leaf)
    return parser, commands


def _fail(error: AvdeskError, as_json: bool) -> int:
    if isinstance(error, Refused):
        status, key = REFUSED, "refused"
        value: dict[str, object] = {"code": error.code, "right": error.right, "until": error.until}
    else:
        status = (
            USAGE if isinstance(error, UsageError) else ENVIRONMENT if isinstance(error, EnvironmentFault) else FAILED
        )
        key, value = "error", {"code": error.code, **error.facts}
    if as_json:
        print(to_json({key: value}))
    if error.code == "USAGE":
        usage = str(error.facts.get("usage", ""))
        say(f"{error.facts.get('message')}" + (f"\n{usage}" if usage else ""))
    else:
        say(sentence(error))
    return status
