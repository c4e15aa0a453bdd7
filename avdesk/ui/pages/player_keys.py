"""What each key does in the player. A name keeps a key apart from its sequence, which the person may change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from avdesk.ui.page import Key
from avdesk.ui.pages.player_markers import SIGNS
from avdesk.ui.texts import translate, word

if TYPE_CHECKING:
    from avdesk.ui.pages.player import PlayerPage

_SKIP, _FAR, _MINUTE = 5.0, 10.0, 60.0
_LOUDER = 5


def keys_of(page: PlayerPage) -> Sequence[Key]:
    """All keys of the page as they come."""
    return (*_playing(page), *_places(page), *_marking(page), *_sound(page), *_looking(page))


def _playing(page: PlayerPage) -> Sequence[Key]:
    playback = page.playback
    return (
        Key("Space", translate("player", "Play, pause"), page.hand.space, name="play"),
        Key("L", translate("player", "Play on; again: twice as fast"), partial(playback.shuttle, 1), name="on"),
        Key("K", translate("player", "Stand still, normal speed"), playback.halt, name="stop"),
        Key(
            "J", translate("player", "Play backwards; again: twice as fast"), partial(playback.shuttle, -1), name="back"
        ),
        Key(">", translate("player", "Faster"), partial(page.hand.faster, 1), name="faster"),
        Key("<", translate("player", "Slower"), partial(page.hand.faster, -1), name="slower"),
        Key("A", translate("player", "Repeat a part: from here"), partial(playback.mark_loop, "a"), name="loop-a"),
        Key("B", translate("player", "Repeat a part: up to here"), partial(playback.mark_loop, "b"), name="loop-b"),
        Key("Q", translate("player", "Repeat nothing any more"), playback.clear_loop, name="loop-end"),
    )


def _places(page: PlayerPage) -> Sequence[Key]:
    playback, skip = page.playback, page.hand.skip
    return (
        Key(",", translate("player", "Frame before"), partial(playback.step, -1), name="frame-before"),
        Key(".", translate("player", "Next frame"), partial(playback.step, 1), name="frame-after"),
        Key("Left", translate("player", "Back 5 s"), partial(skip, -_SKIP), name="back-5"),
        Key("Right", translate("player", "Forward 5 s"), partial(skip, _SKIP), name="on-5"),
        Key("Ctrl+Left", translate("player", "Back 10 s"), partial(skip, -_FAR), name="back-10"),
        Key("Ctrl+Right", translate("player", "Forward 10 s"), partial(skip, _FAR), name="on-10"),
        Key("Shift+Left", translate("player", "Back 1 min"), partial(skip, -_MINUTE), name="back-60"),
        Key("Shift+Right", translate("player", "Forward 1 min"), partial(skip, _MINUTE), name="on-60"),
        Key("G", translate("player", "Go to a time"), page.hand.go_to, name="go-to"),
        Key("Home", translate("player", "To the beginning"), page.hand.to_beginning, name="beginning"),
        Key("End", translate("player", "To the end"), page.hand.to_end, name="end"),
        Key(
            "PgUp", translate("player", "The recording before, of several chosen"), partial(page.go, -1), name="before"
        ),
        Key("PgDown", translate("player", "The next recording, of several chosen"), partial(page.go, 1), name="after"),
    )


def _marking(page: PlayerPage) -> Sequence[Key]:
    markers = page.markers
    by_kind = sorted(SIGNS.items(), key=lambda pair: pair[1])
    return (
        *(
            Key(
                sign,
                translate("player", "Mark: {kind}").format(kind=word(kind)),
                partial(markers.add, kind),
                name=f"mark-{kind.value}",
            )
            for kind, sign in by_kind
        ),
        Key("S", translate("player", "Snapshot of this frame"), page.making.snapshot, name="snapshot"),
        Key("X", translate("player", "Clip of what repeats"), page.making.clip, name="clip"),
        Key("T", translate("player", "Write the marker that was set or chosen last"), markers.write, name="write"),
        Key("[", translate("player", "Marker before"), partial(markers.step, -1), name="marker-before"),
        Key("]", translate("player", "Next marker"), partial(markers.step, 1), name="marker-after"),
        Key("Del", translate("player", "Remove the chosen marker"), markers.remove, name="marker-remove"),
        Key("P", translate("player", "The side with markers: show, hide"), page.toggle_side, name="side"),
    )


def _sound(page: PlayerPage) -> Sequence[Key]:
    return (
        Key("Up", translate("player", "Louder"), partial(page.hand.louder, _LOUDER), name="louder"),
        Key("Down", translate("player", "Softer"), partial(page.hand.louder, -_LOUDER), name="softer"),
        Key("M", translate("player", "Sound off, on"), page.hand.mute, name="mute"),
        Key(
            "V",
            translate("player", "Choose the channels that are heard"),
            page.controls.acts.loudness.open_channels,
            name="channels",
        ),
    )


def _looking(page: PlayerPage) -> Sequence[Key]:
    return (
        Key("+", translate("player", "Larger"), partial(page.hand.zoom, "in"), name="larger"),
        Key("-", translate("player", "Smaller"), partial(page.hand.zoom, "out"), name="smaller"),
        Key("0", translate("player", "Whole picture"), partial(page.hand.zoom, "fit"), name="whole"),
        Key("Z", translate("player", "True size"), partial(page.hand.zoom, "true"), name="true"),
        Key(
            "R", translate("player", "Turn the view; the file stays as it is"), partial(page.view.turn, 1), name="turn"
        ),
        Key(
            "E",
            translate("player", "Brightness, contrast of the view"),
            page.controls.acts.open_adjust,
            name="adjust",
        ),
        Key("F", translate("player", "Full screen, and back"), page.hand.toggle_full, name="full"),
        Key("F11", translate("player", "Full screen, and back"), page.hand.toggle_full, name="full-too"),
        Key(
            "Shift+F",
            translate("player", "Full screen on the other screen, and back"),
            page.hand.toggle_other,
            name="full-other",
        ),
        Key("Esc", translate("player", "Leave full screen; back to the library"), page.hand.escape, name="leave"),
    )
