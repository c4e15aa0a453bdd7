"""Codes to sentences: what happened, to which file, and what to do next."""

from __future__ import annotations

from avdesk.errors import AvdeskError

_SENTENCES = {
    "AMBIGUOUS_NAME": "{name} fits more than one: {candidates}. Use the enforcement ID or the id.",
    "BAD_CURSOR": "{after} is not a place in a list. Use the value of next as it was answered.",
    "BAD_LIMIT": "A list of {limit} rows is none. Ask for one or more.",
    "BAD_PASSWORD": "The operator is not known here or the password is wrong. Sign in as the person made by init.",
    "AUDIT_HEAD_MISSING": "The end of the audit chain was removed. Nothing was changed; restore a backup.",
    "BAD_POLICY_VALUE": "{value} is no value for {key}: it takes {expected}.",
    "BAD_RESOURCE": "The program's data file {file} is not well formed: {reason}. Install avdesk again.",
    "CASE_EXISTS": "There is a case of that number: {number} {title}.",
    "CASE_UNKNOWN": "There is no case {number}. See case list.",
    "CONTROL_CHARACTER": "The {field} holds a control character. Type it again.",
    "DATABASE_TOO_NEW": "The catalogue {database} was written by a newer avdesk. Install that version.",
    "DATABASE_UNREACHABLE": "The catalogue {database} can't be opened: {reason}. Check that it is reachable.",
    "DAY_OUT_OF_RANGE": "{day} lies at the end of the calendar. Choose another day.",
    "EMPTY": "The {field} is empty. Give one.",
    "ENFORCEMENT_ID_TAKEN": "The enforcement ID {enforcement_id} belongs to {name}.",
    "ENVIRONMENT": "{file} can't be used: {reason}. Check the path, its rights and the free space.",
    "FOLDER_NOT_EMPTY": "{path} holds other things and is no vault. Choose an empty folder.",
    "INGEST_RUNNING": "{source} is being collected by another avdesk. Wait until it has ended.",
    "INGEST_UNKNOWN": "There is no ingest {ingest_id}.",
    "LABEL_ITEM_EMPTY": "The {item} of the label is empty. Art. 16 asks for it.",
    "LABEL_OFF_PAGE": "Shifted by {dx} and {dy} mm the label leaves the page. Use a smaller shift.",
    "MARKER_UNKNOWN": "There is no marker {marker_id}. See marker list.",
    "NOT_A_FOLDER": "{path} is a file. Choose a new or empty folder.",
    "NOT_EMPTY": "{path} is not empty. Choose an empty or new folder.",
    "NOT_PRINTABLE": "No font of the program has these characters: {characters}.",
    "NO_DISPLAY": "There is no display to open a window on. avdesk -h names the commands that need none.",
    "NO_RIGHT": "You may not do this: it takes the right {right}.",
    "NO_WINDOW": "The window can't be opened: {reason}. Install the Debian packages of requirements/os-run.txt.",
    "NO_SM3_HERE": "This machine's OpenSSL has no SM3.",
    "OTHER_UNIT": "The catalogue belongs to {known}, not to {unit}. Give its unit, or use another database.",
    "OUTPUT_NOT_ALLOWED": "{file} is a place of evidence or of the catalogue. Write somewhere else.",
    "PASSWORD_FILE_MISSING": "There is no password file {file}.",
    "PATH_NOT_UTF8": "The path holds bytes that are no UTF-8: {paths}. Choose a folder with a plain name.",
    "PERSON_UNKNOWN": "There is no active person {person}. See person list.",
    "PRACTICE_NEEDS_OWN_CATALOGUE": "Practising is not possible while {variable} names the office's catalogue.",
    "RECORDING_UNKNOWN": "There is no such recording: {recordings}. See list.",
    "SKIP_NEEDS_REASON": "--skip needs --skip-reason: say why these files are left out.",
    "SOURCE_AND_VAULT_OVERLAP": "{source} and the vault {vault} lie in each other. Choose the card's own folder.",
    "SOURCE_MISSING": "{path} can't be opened: {reason}. Put the card in and check that it is mounted.",
    "SPAN_REVERSED": "The span from {at} to {to} s ends before it begins. Swap the two.",
    "STALE_EDIT": "Somebody else changed this meanwhile; nothing was overwritten. Read it again.",
    "START_OUT_OF_RANGE": "The sheet has {positions} positions; {start} is none of them.",
    "TIME_OUT_OF_RANGE": "{at} s is no time of this recording: it goes from 0 to {end} s.",
    "TOO_LONG": "The {field} is longer than {limit} characters. Shorten it.",
    "UNKNOWN_POLICY": "There is no policy {key}. Known: {known}.",
    "UNKNOWN_STOCK": "There is no label stock {name}. Known: {known}.",
    "USAGE": "{message}\n{usage}",
    "VAULT_FULL": "The vault {path} has {free} bytes free and needs {needed}. Nothing was copied; free space first.",
    "VAULT_UNAVAILABLE": "The vault {path} can't be used: {reason}. Mount it and check its avdesk-vault.json.",
    "VAULT_UNKNOWN": "No such vault on this PC: {vaults}. Known: {known}.",
    "WORKSPACE_EXISTS": "{path} is a workspace already.",
    "WORKSPACE_HAS_RECORDINGS": "{path} has recordings. Rebuild into a new workspace.",
    "WORKSPACE_MISSING": "{path} is no workspace: {reason}. Make one with: avdesk init --unit U --operator N",
}


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(error: AvdeskError) -> str:
    """A whole sentence for an error; an unknown code is shown with its facts."""
    pattern = _SENTENCES.get(error.code)
    if pattern is None:
        return str(error)
    facts = {
        key: ", ".join(map(str, value)) if isinstance(value, list | tuple) else value
        for key, value in error.facts.items()
    }
    text = pattern.format_map(_Facts(facts)).strip()
    return text if error.code == "USAGE" else f"{text} [{error.code}]"
