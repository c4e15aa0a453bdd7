"""The label in the middle of the page, at its true size with rulers in mm, or whole when there is no room for that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from avdesk.services.labels import LabelPreview, Stock
from avdesk.ui import theme
from avdesk.ui.pages.labels_paint import paint_drawing, paint_paper
from avdesk.ui.pages.labels_scale import CalibrationDialog, Scale, remember, scale_of
from avdesk.ui.settings import Settings
from avdesk.ui.texts import translate
from avdesk.ui.widgets.buttons import LinkButton, Segment
from avdesk.ui.widgets.labels import ElidedLabel

RULER = 28
MARGIN = 8
"""What the last figure of a ruler needs beyond the label."""
_FIGURE = 26
"""Pixels between two figures, at text size 1."""


class LabelCanvas(QWidget):
    """Rulers and one label; ``scale`` pixels a mm."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("labels.canvas")
        self.setAccessibleName(translate("labels", "Preview of the label"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._stock: Stock | None = None
        self._preview: LabelPreview | None = None
        self._copy = 1
        self._scale = 1.0

    def show_label(self, stock: Stock, preview: LabelPreview, copy: int, scale: float) -> None:
        """Show the label of that copy."""
        self._stock, self._preview, self._copy, self._scale = stock, preview, copy, scale
        self.setFixedSize(self.sizeHint())
        label = preview.labels[copy - 1]
        self.setAccessibleDescription("\n".join(item.text for item in label.items))
        self.update()

    def sizeHint(self) -> QSize:
        if self._stock is None:
            return QSize(1, 1)
        width, height = self._stock.label
        more = theme.px(RULER) + theme.px(MARGIN)
        return QSize(round(width * self._scale) + more, round(height * self._scale) + more)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._stock is None or self._preview is None:
            return
        painter = QPainter(self)
        ruler = theme.px(RULER)
        self._paint_ruler(painter, ruler, self._stock.label[0], down=False)
        self._paint_ruler(painter, ruler, self._stock.label[1], down=True)
        painter.translate(ruler, ruler)
        paint_paper(painter, self._stock, self._scale)
        paint_drawing(painter, self._preview.drawings[self._copy - 1], self._scale)
        self._paint_too_long(painter)
        painter.end()

    def _paint_ruler(self, painter: QPainter, ruler: int, length: float, *, down: bool) -> None:
        """Ticks every 5 mm, longer ones with their figure every 20; half as many where they would touch."""
        painter.setFont(theme.font("tick"))
        painter.setPen(theme.of(self).colour("text3"))
        step = 5 if self._scale * 5 >= 6 else 10
        figures = 20 if self._scale * 20 >= theme.px(_FIGURE) else 40
        for mm in range(0, int(length) + 1, step):
            at = ruler + mm * self._scale
            tick = 8 if mm % figures == 0 else 4
            if down:
                painter.drawLine(QPointF(ruler - 2, at), QPointF(ruler - 2 - tick, at))
            else:
                painter.drawLine(QPointF(at, ruler - 2), QPointF(at, ruler - 2 - tick))
            if mm % figures == 0:
                self._paint_figure(painter, ruler, at, str(mm), down)

    def _paint_figure(self, painter: QPainter, ruler: int, at: float, figure: str, down: bool) -> None:
        metrics = painter.fontMetrics()
        if down:
            box = QRectF(0, at - metrics.height() / 2, ruler - 11, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)
        else:
            box = QRectF(at - 20, 0, 40, ruler - 9)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, figure)

    def _paint_too_long(self, painter: QPainter) -> None:
        """A red frame round what does not fit."""
        if self._preview is None:
            return
        label = self._preview.labels[self._copy - 1]
        long = {found.item for found in label.too_long}
        painter.setPen(theme.LIGHT.colour("badsolid"))
        left, top = label.outline_mm[0], label.outline_mm[1]
        for item in label.items:
            if item.item in long:
                x, y, width, height = item.box_mm
                scale = self._scale
                painter.drawRect(QRectF((x - left) * scale, (y - top) * scale, width * scale, height * scale))


class PreviewArea(QWidget):
    """Copy 1 or 2, the scale in words, and the label."""

    copy_chosen = Signal(int)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._stock: Stock | None = None
        self._preview: LabelPreview | None = None
        self._whole = True
        self._dialog: CalibrationDialog | None = None
        self.copies = Segment(
            [("1", translate("labels", "Copy 1/2")), ("2", translate("labels", "Copy 2/2"))], "1",
            name="labels.copy",
        )  # fmt: skip
        self.copies.chosen.connect(self._copy_chosen)
        self.said = ElidedLabel("", "second", "text2", mode=Qt.TextElideMode.ElideRight)
        self.said.setObjectName("labels.scale")
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._zoom = LinkButton("", self._toggle, size="small", name="labels.zoom")
        self._calibrate = LinkButton(
            translate("labels", "Calibrate…"), self._open_calibration, size="small", name="labels.calibrate.open"
        )
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.copies)
        head.addStretch(1)
        scale = QHBoxLayout()
        scale.addWidget(self.said, 4)
        scale.addWidget(self._zoom)
        scale.addWidget(self._calibrate)
        larger = theme.text_size() > 1
        if not larger:
            head.addLayout(scale, 4)
        self.canvas = LabelCanvas()
        self._scroll = QScrollArea()
        self._scroll.setObjectName("labels.scroll")
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll.setWidget(self.canvas)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(translate("labels", "Preview of the label"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        if larger:  # one line would be too narrow for both
            column.addLayout(scale)
        column.addWidget(self._scroll, 1)

    @property
    def copy(self) -> int:
        """The copy that is shown, 1 or 2."""
        return int(self.copies.key)

    def show_preview(self, stock: Stock, preview: LabelPreview) -> None:
        """Show these labels."""
        self._stock, self._preview = stock, preview
        self._fit()

    def show_copy(self, copy: int) -> None:
        """Show the other copy."""
        self.copies.choose(str(copy))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.canvas.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _scale(self) -> Scale:
        return scale_of(self.screen(), self._settings)

    def _room(self) -> QSize:
        return self._scroll.size() - QSize(2, 2)

    def _fit(self) -> None:
        if self._stock is None or self._preview is None:
            return
        true = self._scale()
        more = theme.px(RULER) + theme.px(MARGIN)
        width, height = self._stock.label
        room = self._room()
        whole = min((room.width() - more) / width, (room.height() - more) / height)
        fits = whole >= true.pixels
        scale = true.pixels if fits or not self._whole else max(whole, 0.5)
        self._zoom.setVisible(not fits)
        self._zoom.setText(translate("labels", "True size") if self._whole else translate("labels", "Show whole"))
        self._calibrate.setVisible(not true.true)
        self.said.setText(self._words(scale, true))
        self.canvas.show_label(self._stock, self._preview, self.copy, scale)

    def _words(self, scale: float, true: Scale) -> str:
        if self._stock is None:
            return ""
        size = f"{self._stock.label[0]:g} × {self._stock.label[1]:g} mm"
        if self._stock.is_ring:
            size = f"⌀{self._stock.label[0]:g} / {self._stock.hole:g} mm"
        if scale != true.pixels:
            return translate("labels", "{percent} %   {size}").format(
                percent=round(scale / true.pixels * 100), size=size
            )
        if true.true:
            return translate("labels", "True size 100 %   {size}").format(size=size)
        return translate("labels", "About true size   {size}").format(size=size)

    def _toggle(self) -> None:
        self._whole = not self._whole
        self._fit()

    def _copy_chosen(self, key: str) -> None:
        self._fit()
        self.copy_chosen.emit(int(key))

    def _open_calibration(self) -> None:
        self._dialog = CalibrationDialog(self._scale(), self)
        self._dialog.accepted.connect(self._calibrated)
        self._dialog.open()

    def _calibrated(self) -> None:
        if self._dialog is not None:
            remember(self.screen(), self._settings, self._dialog.pixels)
            self._fit()
