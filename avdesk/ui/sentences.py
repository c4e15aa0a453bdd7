"""What each code means, in English; the window's Chinese comes from ``resources/i18n/shell.zh.ts``."""

from __future__ import annotations

from collections.abc import Mapping

from avdesk.ui.marking import QT_TRANSLATE_NOOP

SENTENCES: Mapping[str, str] = {
    # errors
    "AMBIGUOUS_NAME": QT_TRANSLATE_NOOP(
        "sentences", "{name} fits more than one: {candidates}. Use the enforcement ID."
    ),
    "BAD_CURSOR": QT_TRANSLATE_NOOP("sentences", "The list has changed. Open the page again."),
    "BAD_LIMIT": QT_TRANSLATE_NOOP("sentences", "A list of {limit} rows is none."),
    "BAD_PASSWORD": QT_TRANSLATE_NOOP("sentences", "The operator is not known here or the password is wrong."),
    "BAD_POLICY_VALUE": QT_TRANSLATE_NOOP("sentences", "{value} does not fit here. Allowed: {expected}."),
    "AUDIT_HEAD_MISSING": QT_TRANSLATE_NOOP(
        "sentences",
        "The end of the audit chain was removed from the catalogue. Nothing was changed; restore a backup.",
    ),
    "BAD_RESOURCE": QT_TRANSLATE_NOOP(
        "sentences", "The program's data file {file} is not well formed: {reason}. Install avdesk again."
    ),
    "CASE_EXISTS": QT_TRANSLATE_NOOP("sentences", "There is a case of that number already: {number} {title}."),
    "CASE_UNKNOWN": QT_TRANSLATE_NOOP("sentences", "There is no case {number}."),
    "CONTROL_CHARACTER": QT_TRANSLATE_NOOP("sentences", "{field}: a character that can't be printed. Type it again."),
    "COPY_DAMAGED": QT_TRANSLATE_NOOP(
        "sentences", "The copy {path} is not what was collected. Nothing was made from it; have the vault verified."
    ),
    "DATABASE_TOO_NEW": QT_TRANSLATE_NOOP(
        "sentences", "The catalogue {database} was written by a newer avdesk. Install that version."
    ),
    "DATABASE_UNREACHABLE": QT_TRANSLATE_NOOP(
        "sentences", "The catalogue {database} can't be opened: {reason}. Check that it is reachable."
    ),
    "DAY_OUT_OF_RANGE": QT_TRANSLATE_NOOP("sentences", "{day} lies at the end of the calendar. Choose another day."),
    "EMPTY": QT_TRANSLATE_NOOP("sentences", "{field}: please fill this in."),
    "ENFORCEMENT_ID_TAKEN": QT_TRANSLATE_NOOP("sentences", "The enforcement ID {enforcement_id} belongs to {name}."),
    "ENVIRONMENT.COPY_MISSING": QT_TRANSLATE_NOOP(
        "sentences",
        "{file} is not in the vault where it should be. Have the vault verified; perhaps it was moved or removed "
        "outside avdesk.",
    ),
    "ENVIRONMENT": QT_TRANSLATE_NOOP(
        "sentences", "{file} can't be used: {reason}. Check the path, its rights and the free space."
    ),
    "FOLDER_NOT_EMPTY": QT_TRANSLATE_NOOP(
        "sentences", "{path} holds other things and is no vault. Choose an empty folder."
    ),
    "INGEST_RUNNING": QT_TRANSLATE_NOOP(
        "sentences", "{source} is being collected by another avdesk. Wait until it has ended."
    ),
    "INGEST_UNKNOWN": QT_TRANSLATE_NOOP("sentences", "This collecting is not in the catalogue."),
    "LABEL_ITEM_EMPTY": QT_TRANSLATE_NOOP("sentences", "{item} is empty on the label. Art. 16 asks for it."),
    "LABEL_OFF_PAGE": QT_TRANSLATE_NOOP(
        "sentences", "Shifted by {dx} and {dy} mm the label leaves the page. Use a smaller shift."
    ),
    "MARKER_UNKNOWN": QT_TRANSLATE_NOOP("sentences", "This marker is not there any more."),
    "MISSING_PROGRAM": QT_TRANSLATE_NOOP("sentences", "The program {program} is not installed."),
    "NOT_A_FOLDER": QT_TRANSLATE_NOOP("sentences", "{path} is no folder."),
    "NOT_DECODED": QT_TRANSLATE_NOOP("sentences", "The content of {file} can't be decoded: {reason}."),
    "NOT_EMPTY": QT_TRANSLATE_NOOP("sentences", "{path} is not empty. Choose an empty or new folder."),
    "NOT_PRINTABLE": QT_TRANSLATE_NOOP("sentences", "No font of the program has these characters: {characters}."),
    "NO_FILM": QT_TRANSLATE_NOOP("sentences", "Of a photograph there is no clip."),
    "NO_SUCH_FRAME": QT_TRANSLATE_NOOP("sentences", "There is no such frame: this recording has {frames}."),
    "NO_FOLDER": QT_TRANSLATE_NOOP("sentences", "{path} is a file. Choose a new or empty folder."),
    "NO_RIGHT": QT_TRANSLATE_NOOP("sentences", "You may not do this: it takes the right {right}."),
    "NO_SM3_HERE": QT_TRANSLATE_NOOP("sentences", "This PC can't compute SM3."),
    "OTHER_UNIT": QT_TRANSLATE_NOOP("sentences", "The catalogue belongs to {known}, not to {unit}."),
    "OUTPUT_NOT_ALLOWED": QT_TRANSLATE_NOOP(
        "sentences", "{file} is a place of evidence or of the catalogue. Save somewhere else."
    ),
    "PATH_NOT_UTF8": QT_TRANSLATE_NOOP("sentences", "The path can't be written down: {paths}. Choose a plain name."),
    "PLACE_FILES_UP_TO_4_GIB": QT_TRANSLATE_NOOP(
        "sentences", "The disk's file system ({fstype}) takes no file over 4 GiB. NTFS, exFAT or ext4 is better."
    ),
    "PLACE_IN_MEMORY": QT_TRANSLATE_NOOP("sentences", "{path} is memory, not a disk: everything is lost at shutdown."),
    "PLACE_IN_NETWORK": QT_TRANSLATE_NOOP(
        "sentences", "The folder lies on another computer. Collecting is slower, and stops when the network does."
    ),
    "PLACE_LITTLE_SPACE": QT_TRANSLATE_NOOP("sentences", "There is little space left on this disk."),
    "PLACE_NOT_WRITABLE": QT_TRANSLATE_NOOP("sentences", "Nothing may be written to {path}. Choose another folder."),
    "PLACE_ON_SYSTEM_DISK": QT_TRANSLATE_NOOP(
        "sentences", "The folder lies on the system's own disk. A disk of its own for the vault is better."
    ),
    "PRACTICE_NEEDS_OWN_CATALOGUE": QT_TRANSLATE_NOOP(
        "sentences", "Practising is not possible while {variable} names the office's catalogue."
    ),
    "PERSON_UNKNOWN": QT_TRANSLATE_NOOP("sentences", "There is nobody active called {person}."),
    "RECORDING_UNKNOWN": QT_TRANSLATE_NOOP("sentences", "This file is no longer in the catalogue."),
    "SKIP_NEEDS_REASON": QT_TRANSLATE_NOOP("sentences", "Say why these files are left out."),
    "SOURCE_AND_VAULT_OVERLAP": QT_TRANSLATE_NOOP(
        "sentences", "{source} and the vault {vault} lie in each other. Choose the card's own folder."
    ),
    "SOURCE_MISSING": QT_TRANSLATE_NOOP(
        "sentences", "{path} can't be opened: {reason}. Put the card in again and wait for it to appear."
    ),
    "SOURCE_REMOVED": QT_TRANSLATE_NOOP("sentences", "The card was taken out. Put it in again and collect again."),
    "SPAN_REVERSED": QT_TRANSLATE_NOOP("sentences", "The span from {at} to {to} s ends before it begins."),
    "STALE_EDIT": QT_TRANSLATE_NOOP("sentences", "Somebody else changed this meanwhile; nothing was overwritten."),
    "START_OUT_OF_RANGE": QT_TRANSLATE_NOOP(
        "sentences", "The sheet has {positions} positions; {start} is none of them."
    ),
    "TIME_OUT_OF_RANGE": QT_TRANSLATE_NOOP(
        "sentences", "{at} s is no time of this recording: it goes from 0 to {end} s."
    ),
    "TOO_LONG": QT_TRANSLATE_NOOP("sentences", "{field}: longer than {limit} characters. Shorten it."),
    "UNKNOWN_POLICY": QT_TRANSLATE_NOOP("sentences", "There is no setting {key}."),
    "UNKNOWN_STOCK": QT_TRANSLATE_NOOP("sentences", "There is no label stock {name}."),
    "USAGE": QT_TRANSLATE_NOOP("sentences", "This can't be done so: {message}"),
    "VAULT_FULL": QT_TRANSLATE_NOOP("sentences", "The vault {path} is full. Free space first; nothing half was kept."),
    "VAULT_UNAVAILABLE": QT_TRANSLATE_NOOP(
        "sentences", "The vault {path} can't be used: {reason}. Connect its disk and try again."
    ),
    "VAULT_UNKNOWN": QT_TRANSLATE_NOOP("sentences", "There is no such vault on this PC."),
    "WORKSPACE_EXISTS": QT_TRANSLATE_NOOP("sentences", "{path} is set up already."),
    "WORKSPACE_HAS_RECORDINGS": QT_TRANSLATE_NOOP("sentences", "{path} holds recordings already."),
    "WORKSPACE_MISSING": QT_TRANSLATE_NOOP("sentences", "{path} is not set up: {reason}."),
    # findings about a file or a card
    "ANALYSIS_CRASHED": QT_TRANSLATE_NOOP(
        "sentences", "The file could not be looked through: its content can't be understood."
    ),
    "ANALYSIS_LIMIT": QT_TRANSLATE_NOOP("sentences", "The file is longer than what is looked through."),
    "ANALYSIS_TIMEOUT": QT_TRANSLATE_NOOP("sentences", "Looking through the file took too long and was given up."),
    "NO_FRAME": QT_TRANSLATE_NOOP("sentences", "No picture of the file can be decoded."),
    "NOT_SHOWN": QT_TRANSLATE_NOOP("sentences", "The file needs its maker's player."),
    "PACKETS_DAMAGED": QT_TRANSLATE_NOOP("sentences", "Parts of the file are damaged: {packets}."),
    "TOO_LARGE": QT_TRANSLATE_NOOP("sentences", "The picture needs more memory than is allowed."),
    "BAG_NOT_READABLE": QT_TRANSLATE_NOOP("sentences", "{path}: the bag can't be read."),
    "BAG_OF_OTHER_FORMAT": QT_TRANSLATE_NOOP("sentences", "{path}: a bag of another program."),
    "BAG_WAS_OPEN": QT_TRANSLATE_NOOP("sentences", "{path}: collecting was interrupted here."),
    "CARD_CHANGED": QT_TRANSLATE_NOOP("sentences", "The card changed since the list was made."),
    "CHANGED": QT_TRANSLATE_NOOP("sentences", "The file changed while it was read."),
    "COPY_NOT_VERIFIED": QT_TRANSLATE_NOOP("sentences", "{path}: its copy in the vault {vault} is not verified."),
    "CUT_SHORT": QT_TRANSLATE_NOOP("sentences", "The file is cut short."),
    "DAMAGED": QT_TRANSLATE_NOOP("sentences", "The file is damaged inside."),
    "DIGEST_MISMATCH": QT_TRANSLATE_NOOP("sentences", "{path}: the copy does not match its digest."),
    "MISSING": QT_TRANSLATE_NOOP("sentences", "{path}: the file is not there."),
    "NOTHING_ON_SOURCE": QT_TRANSLATE_NOOP("sentences", "There is nothing on the card."),
    "NOT_COMPARED": QT_TRANSLATE_NOOP("sentences", "{path}: its content was not compared now."),
    "NOT_COPIED_OUT": QT_TRANSLATE_NOOP("sentences", "{path} was not copied out: {reason}."),
    "NOT_COPIED_OUT.EEXIST": QT_TRANSLATE_NOOP(
        "sentences", "{path} was not copied out: {folder} holds something of that name, which was left as it is."
    ),
    "NOT_COPIED_OUT.ENOENT": QT_TRANSLATE_NOOP(
        "sentences", "{path} was not copied out: the folder {folder} is not there any more."
    ),
    "NOT_SELECTED": QT_TRANSLATE_NOOP("sentences", "{path} was left out: {reason}"),
    "NOT_WHAT_NAME_SAYS": QT_TRANSLATE_NOOP("sentences", "The content is not what the file's name says."),
    "NUMBER_NOT_RECOGNISED": QT_TRANSLATE_NOOP(
        "sentences", "The number {number} is of no known form. It is kept as typed."
    ),
    "ONLY_CHOSEN_FILES": QT_TRANSLATE_NOOP("sentences", "Only some files of the card were chosen."),
    "PROBE_LIMIT": QT_TRANSLATE_NOOP("sentences", "The details inside the file could not be read in time."),
    "ORIGINAL_UNKNOWN": QT_TRANSLATE_NOOP("sentences", "{path}: the recording it was made from is not in the vault."),
    "STOPPED": QT_TRANSLATE_NOOP("sentences", "Collecting ended early."),
    "TAG_FILE_NOT_IN_MANIFEST": QT_TRANSLATE_NOOP("sentences", "{path}: a file of the bag is not in its manifest."),
    "TOO_MANY_FILES": QT_TRANSLATE_NOOP("sentences", "There are too many files to look through."),
    "UNEXPECTED": QT_TRANSLATE_NOOP("sentences", "{path}: nobody put this file into the vault."),
    "UNREADABLE": QT_TRANSLATE_NOOP("sentences", "{path}: the file can't be read."),
    "WALK_ERROR": QT_TRANSLATE_NOOP("sentences", "{path}: the folder can't be read."),
    # what to do next with a file
    "CHECK_CARD_AND_COLLECT_AGAIN": QT_TRANSLATE_NOOP("sentences", "Try another card reader and collect again."),
    "CHECK_VAULT_AND_COLLECT_AGAIN": QT_TRANSLATE_NOOP("sentences", "Check the vault's disk and collect again."),
    "COLLECT_AGAIN": QT_TRANSLATE_NOOP("sentences", "Collect again."),
    "FREE_SPACE_IN_VAULT": QT_TRANSLATE_NOOP("sentences", "Free space in the vault and collect again."),
}
"""Codes of errors and findings, where that matters with their reason; ``{name}`` is filled from the facts."""

REASONS: Mapping[str, str] = {
    "BAD_MARKER": QT_TRANSLATE_NOOP("reasons", "its marker can't be read"),
    "CATALOGUE_FAILED": QT_TRANSLATE_NOOP("reasons", "the catalogue failed"),
    "CHANGED_SINCE_PLAN": QT_TRANSLATE_NOOP("reasons", "it changed since the list was made"),
    "CHANGED_WHILE_READ": QT_TRANSLATE_NOOP("reasons", "it changed while it was read"),
    "COPY_MISSING": QT_TRANSLATE_NOOP("reasons", "its file is not in the vault"),
    "CUT_SHORT": QT_TRANSLATE_NOOP("reasons", "the file is cut short"),
    "EACCES": QT_TRANSLATE_NOOP("reasons", "access is refused"),
    "DIGEST_MISMATCH": QT_TRANSLATE_NOOP("reasons", "what was read back is not what was written"),
    "EFBIG": QT_TRANSLATE_NOOP("reasons", "it is too large for that disk"),
    "EINVAL": QT_TRANSLATE_NOOP("reasons", "the disk does not take it, perhaps for its name"),
    "ENAMETOOLONG": QT_TRANSLATE_NOOP("reasons", "its name is too long"),
    "EIO": QT_TRANSLATE_NOOP("reasons", "the disk reports an error"),
    "ENOSPC": QT_TRANSLATE_NOOP("reasons", "the disk is full"),
    "EROFS": QT_TRANSLATE_NOOP("reasons", "the disk is write-protected"),
    "EMPTY": QT_TRANSLATE_NOOP("reasons", "the file is empty"),
    "LINK": QT_TRANSLATE_NOOP("reasons", "a link, no file"),
    "DEVICE": QT_TRANSLATE_NOOP("reasons", "a device, no file"),
    "FIFO": QT_TRANSLATE_NOOP("reasons", "a pipe, no file"),
    "SOCKET": QT_TRANSLATE_NOOP("reasons", "a socket, no file"),
    "SYSTEM_FILE": QT_TRANSLATE_NOOP("reasons", "a file of the system, no recording"),
    "OTHER_FILE_SYSTEM": QT_TRANSLATE_NOOP("reasons", "lies on another disk"),
    "NO_FOLDER": QT_TRANSLATE_NOOP("reasons", "its folder is not there"),
    "NO_MARKER": QT_TRANSLATE_NOOP("reasons", "its marker is not there; perhaps its disk is not connected"),
    "NO_VAULT_ON_THIS_PC": QT_TRANSLATE_NOOP("reasons", "this PC has no vault"),
    "NO_GOOD_COPY": QT_TRANSLATE_NOOP("reasons", "no vault at hand has a good copy of it"),
    "NOT_TRIED": QT_TRANSLATE_NOOP("reasons", "the copying ended before it"),
    "NOT_REACHED": QT_TRANSLATE_NOOP("reasons", "collecting ended before it"),
    "OTHER_VAULT": QT_TRANSLATE_NOOP("reasons", "another vault lies there"),
    "PROBE_CRASHED": QT_TRANSLATE_NOOP("reasons", "its content can't be understood"),
    "PROBE_TIMEOUT": QT_TRANSLATE_NOOP("reasons", "reading its details took too long"),
    "CRASHED": QT_TRANSLATE_NOOP("reasons", "its content brought the decoder down"),
    "NO_PICTURE": QT_TRANSLATE_NOOP("reasons", "there is no picture in it"),
    "NO_SUCH_TIME": QT_TRANSLATE_NOOP("reasons", "there is nothing at that time"),
    "NOT_SHOWN": QT_TRANSLATE_NOOP("reasons", "it is of a kind that only its maker's player knows"),
    "TOO_LARGE": QT_TRANSLATE_NOOP("reasons", "it is too large"),
    "TOO_SLOW": QT_TRANSLATE_NOOP("reasons", "it takes too long"),
    "SOURCE_REMOVED": QT_TRANSLATE_NOOP("reasons", "the card was taken out"),
    "DAMAGED": QT_TRANSLATE_NOOP("reasons", "it is damaged inside"),
    "CANCELLED": QT_TRANSLATE_NOOP("reasons", "somebody stopped it"),
    "UNMOUNTED": QT_TRANSLATE_NOOP("reasons", "its disk is no longer connected"),
    "UNREACHABLE": QT_TRANSLATE_NOOP("reasons", "it can't be reached"),
    "VAULT_UNAVAILABLE": QT_TRANSLATE_NOOP("reasons", "the vault went away"),
}
"""Codes that stand as a reason inside a sentence."""

WORDS: Mapping[str, str] = {
    "Kind.video": QT_TRANSLATE_NOOP("words", "Video"),
    "Kind.audio": QT_TRANSLATE_NOOP("words", "Sound"),
    "Kind.photo": QT_TRANSLATE_NOOP("words", "Photo"),
    "Kind.sidecar": QT_TRANSLATE_NOOP("words", "Attached"),
    "Kind.other": QT_TRANSLATE_NOOP("words", "Other"),
    "Outcome.VERIFIED": QT_TRANSLATE_NOOP("words", "Verified"),
    "Outcome.DUPLICATE": QT_TRANSLATE_NOOP("words", "Collected before"),
    "Outcome.UNREADABLE": QT_TRANSLATE_NOOP("words", "Unreadable"),
    "Outcome.MISSING": QT_TRANSLATE_NOOP("words", "Gone"),
    "Outcome.CHANGED": QT_TRANSLATE_NOOP("words", "Changed while read"),
    "Outcome.FAILED": QT_TRANSLATE_NOOP("words", "Not stored"),
    "Outcome.SKIPPED": QT_TRANSLATE_NOOP("words", "Skipped"),
    "Outcome.NOT_SELECTED": QT_TRANSLATE_NOOP("words", "Left out"),
    "Outcome.CANCELLED": QT_TRANSLATE_NOOP("words", "Stopped"),
    "Stage.open": QT_TRANSLATE_NOOP("words", "opening"),
    "Stage.read": QT_TRANSLATE_NOOP("words", "reading"),
    "Stage.write": QT_TRANSLATE_NOOP("words", "writing"),
    "Stage.sync": QT_TRANSLATE_NOOP("words", "writing out"),
    "Stage.read_back": QT_TRANSLATE_NOOP("words", "reading back"),
    "Stage.compare": QT_TRANSLATE_NOOP("words", "comparing"),
    "Stage.register": QT_TRANSLATE_NOOP("words", "registering"),
    "ReadBack.direct": QT_TRANSLATE_NOOP("words", "read back from the medium"),
    "ReadBack.cache-dropped": QT_TRANSLATE_NOOP("words", "read back after the memory was cleared"),
    "ReadBack.cached": QT_TRANSLATE_NOOP("words", "read back from memory"),
    "CopyState.VERIFIED": QT_TRANSLATE_NOOP("words", "Matches"),
    "CopyState.AWAY": QT_TRANSLATE_NOOP("words", "Vault away"),
    "CopyState.FAILED": QT_TRANSLATE_NOOP("words", "Not stored"),
    "CopyState.DAMAGED": QT_TRANSLATE_NOOP("words", "Copy differs"),
    "CopyState.MISSING": QT_TRANSLATE_NOOP("words", "Copy missing"),
    "PlanState.NEW": QT_TRANSLATE_NOOP("words", "New"),
    "PlanState.COLLECTED": QT_TRANSLATE_NOOP("words", "Collected"),
    "PlanState.DIFFERS": QT_TRANSLATE_NOOP("words", "Different"),
    "PlanState.SKIPPED": QT_TRANSLATE_NOOP("words", "Skipped"),
    "MatchedBy.name-size-mtime": QT_TRANSLATE_NOOP("words", "same name, size and time"),
    "MatchedBy.content": QT_TRANSLATE_NOOP("words", "same digest"),
    "VolumeState.RECORDER": QT_TRANSLATE_NOOP("words", "Recorder"),
    "VolumeState.STORAGE": QT_TRANSLATE_NOOP("words", "Storage"),
    "VolumeState.EXCLUDED": QT_TRANSLATE_NOOP("words", "Left out"),
    "TimeSource.filename": QT_TRANSLATE_NOOP("words", "from the file's name"),
    "TimeSource.exif": QT_TRANSLATE_NOOP("words", "from the picture's EXIF"),
    "TimeSource.container": QT_TRANSLATE_NOOP("words", "from inside the file"),
    "TimeSource.mtime": QT_TRANSLATE_NOOP("words", "from the file's date"),
    "MarkerKind.place": QT_TRANSLATE_NOOP("words", "Place"),
    "MarkerKind.time": QT_TRANSLATE_NOOP("words", "Time"),
    "MarkerKind.scene": QT_TRANSLATE_NOOP("words", "Scene"),
    "MarkerKind.participants": QT_TRANSLATE_NOOP("words", "Participants"),
    "MarkerKind.officers": QT_TRANSLATE_NOOP("words", "Officers' conduct"),
    "MarkerKind.party": QT_TRANSLATE_NOOP("words", "Party's conduct"),
    "MarkerKind.violation": QT_TRANSLATE_NOOP("words", "Violation"),
    "MarkerKind.key-evidence": QT_TRANSLATE_NOOP("words", "Key evidence"),
    "MarkerKind.statement": QT_TRANSLATE_NOOP("words", "Spoken statement"),
    "MarkerKind.prior-notice": QT_TRANSLATE_NOOP("words", "Prior notice"),
    "MarkerKind.other": QT_TRANSLATE_NOOP("words", "Something else"),
    "VaultRole.first": QT_TRANSLATE_NOOP("words", "Main vault"),
    "VaultRole.second": QT_TRANSLATE_NOOP("words", "Second vault"),
    "IngestState.OPEN": QT_TRANSLATE_NOOP("words", "Interrupted"),
    "IngestState.LIVE": QT_TRANSLATE_NOOP("words", "Collecting"),
    "IngestState.SEALED": QT_TRANSLATE_NOOP("words", "Sealed"),
    "AnalysisCode.BLACK_OR_COVERED": QT_TRANSLATE_NOOP("words", "Black or covered"),
    "AnalysisCode.FROZEN": QT_TRANSLATE_NOOP("words", "Picture stands still"),
    "AnalysisCode.BLURRED": QT_TRANSLATE_NOOP("words", "Blurred"),
    "AnalysisCode.OVEREXPOSED": QT_TRANSLATE_NOOP("words", "Overexposed"),
    "AnalysisCode.UNDEREXPOSED": QT_TRANSLATE_NOOP("words", "Underexposed"),
    "AnalysisCode.SILENT": QT_TRANSLATE_NOOP("words", "Silent"),
    "AnalysisCode.CLIPPED": QT_TRANSLATE_NOOP("words", "Sound clipped"),
    "AnalysisState.DONE": QT_TRANSLATE_NOOP("words", "Analysed"),
    "AnalysisState.PARTLY": QT_TRANSLATE_NOOP("words", "Analysed as far as it goes"),
    "AnalysisState.FAILED": QT_TRANSLATE_NOOP("words", "Could not be analysed"),
    "AnalysisState.NOTHING": QT_TRANSLATE_NOOP("words", "Nothing to analyse"),
}
"""Words of the office for members of :mod:`avdesk.terms`, by ``Enum.value``."""

FIELDS: Mapping[str, str] = {
    "unit": QT_TRANSLATE_NOOP("fields", "Unit"),
    "operator": QT_TRANSLATE_NOOP("fields", "Operator"),
    "name": QT_TRANSLATE_NOOP("fields", "Name"),
    "number": QT_TRANSLATE_NOOP("fields", "Case number"),
    "title": QT_TRANSLATE_NOOP("fields", "Case name"),
    "party": QT_TRANSLATE_NOOP("fields", "Party"),
    "reason": QT_TRANSLATE_NOOP("fields", "Reason"),
    "section": QT_TRANSLATE_NOOP("fields", "Section"),
    "enforcement_id": QT_TRANSLATE_NOOP("fields", "Enforcement ID"),
    "maker": QT_TRANSLATE_NOOP("fields", "Maker"),
    "date": QT_TRANSLATE_NOOP("fields", "Date made"),
    "disc_number": QT_TRANSLATE_NOOP("fields", "Disc number"),
    "kind": QT_TRANSLATE_NOOP("fields", "Kind"),
    "text": QT_TRANSLATE_NOOP("fields", "Text"),
}
"""Words for the field that an error is about."""

STAGES: Mapping[str, str] = {
    "clip": QT_TRANSLATE_NOOP("stages", "cutting the clip"),
    "analyse": QT_TRANSLATE_NOOP("stages", "looking through picture and sound"),
    "collect": QT_TRANSLATE_NOOP("stages", "collecting, and reading back"),
    "compare": QT_TRANSLATE_NOOP("stages", "comparing contents"),
    "copy-out": QT_TRANSLATE_NOOP("stages", "copying out, and reading back"),
    "probe": QT_TRANSLATE_NOOP("stages", "reading the details of files"),
    "rebuild": QT_TRANSLATE_NOOP("stages", "reading the bags of the vault"),
    "verify": QT_TRANSLATE_NOOP("stages", "reading copies back and comparing"),
}
"""What a work is doing, by the stage of its progress."""
