"""How loud the player is, and which channels are heard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSlider, QWidget

from avdesk.ui import icons, theme
from avdesk.ui.pages.player_parts import row_of
from avdesk.ui.pages.player_voice import LOUDEST
from avdesk.ui.sound import Channels, has_sound_device
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import IconButton


class Loudness(QWidget):
    """The loudspeaker, which mutes and has a menu of channels, and how loud."""

    def __init__(
        self,
        mute: Callable[[], object],
        choose_volume: Callable[[int], object],
        choose_channels: Callable[[Channels], object],
    ) -> None:
        super().__init__()
        self._missing = False
        self._sign = IconButton("volume", "", mute, name="player.mute")
        self._sign.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._sign.customContextMenuRequested.connect(self.open_channels)
        self._menu = QMenu(self)
        self._menu.setObjectName("player.channels")
        self._group = QActionGroup(self)
        for channels, words in (
            (Channels.STEREO, translate("player", "Both channels")),
            (Channels.LEFT, translate("player", "Left channel only")),
            (Channels.RIGHT, translate("player", "Right channel only")),
            (Channels.SWAPPED, translate("player", "Channels changed over")),
        ):
            action = QAction(words, self, checkable=True, checked=channels is Channels.STEREO)
            action.setData(channels)
            self._group.addAction(action)
            self._menu.addAction(action)
        self._choose_channels = choose_channels
        self._group.triggered.connect(self._chosen)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("player.volume")
        self.slider.setRange(0, LOUDEST)
        self.slider.setPageStep(10)
        self.slider.setFixedWidth(theme.px(72))
        self.slider.setAccessibleName(translate("player", "Volume"))
        self.slider.valueChanged.connect(choose_volume)
        row_of(self, [self._sign, self.slider], spacing=4)

    def fold(self, folded: bool) -> None:
        """Without the slider: the arrow keys up and down do the same."""
        self.slider.setVisible(not folded)

    def open_channels(self) -> None:
        """The menu of channels, over the loudspeaker."""
        if not self.isHidden():
            self._menu.popup(self._sign.mapToGlobal(QPoint(0, -self._menu.sizeHint().height())))

    def _chosen(self, action: QAction) -> None:
        self._choose_channels(Channels(action.data()))

    def show_missing(self, missing: bool) -> None:
        """No sound can be played at all: what to do about it."""
        self._missing = missing
        self.show_volume(self.slider.value(), missing)
        self.setEnabled(not missing)

    def show_volume(self, percent: int, muted: bool) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(percent)
        self.slider.blockSignals(False)
        silent = muted or percent == 0
        words = translate("player", "Sound on (M)") if silent else translate("player", "Mute (M)")
        if self._missing:
            words = translate(
                "player", "No sound: install VLC (packages libvlc5 and vlc-plugin-base), then open again."
            )
        elif not has_sound_device():
            words = translate("player", "This PC has no loudspeaker. {act}").format(act=words)
        icons.put(self._sign, "volume-off" if silent else "volume", "text2", 20)
        self._sign.setToolTip(words)
        self._sign.setAccessibleName(words)
        self.slider.setToolTip(f"{percent} %")
