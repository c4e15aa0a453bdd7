"""The right pane: both labels small, the sheet, what is to be known, and the acts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avdesk.services.labels import LabelPreview, Stock
from avdesk.ui.pages.labels_sheet import LabelThumb, SheetPicker
from avdesk.ui.pages.labels_words import REQUIRED, pane_width
from avdesk.ui.texts import field, translate
from avdesk.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from avdesk.ui.widgets.facts import SidePane
from avdesk.ui.widgets.labels import Label, Note


class LabelSide(SidePane):
    """``copy_chosen`` 1 or 2, ``start_picked`` from 1; the acts tell that they were pressed."""

    copy_chosen = Signal(int)
    start_picked = Signal(int)
    print_wanted = Signal()
    save_wanted = Signal()
    link_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            translate("labels", "Two labels"),
            width=pane_width(),
            name="labels.side",
            parent=parent,
        )
        self.thumbs = [LabelThumb(copy) for copy in (1, 2)]
        self.sheet = SheetPicker()
        self._where = Label("", "second", "text2", wrap=True)
        self._adhesive = Note("warn", "")
        self._adhesive.say(
            "warn",
            translate("labels", "Adhesive label"),
            translate("labels", "Archives stick nothing on a disc: it may come off and harm it. The sleeve is safer."),
        )
        self._unverified = Note("info", translate("labels", "No disc was verified yet: the labels say 未核验."))
        self._no_footage = Note("warn", translate("labels", "No footage is linked to this case yet."))
        self._link = LinkButton(
            translate("labels", "Go to library"), self.link_wanted.emit, size="small", name="labels.link"
        )
        self.required = Note("ok", "")
        self.print_button = PrimaryButton(
            translate("labels", "Print 2 labels…"), self.print_wanted.emit, icon="printer", size="card", wide=True,
            name="labels.print",
        )  # fmt: skip
        self.save_button = Button(
            translate("labels", "Save as PDF…"), self.save_wanted.emit, icon="file-type-pdf", wide=True,
            name="labels.save",
        )  # fmt: skip
        self.why_not = Note("bad", "")
        self._build()

    def show_preview(self, stock: Stock, preview: LabelPreview, start: int, copy: int) -> None:
        """Show labels and sheet, and what there is to say of them."""
        for thumb in self.thumbs:
            thumb.show_label(stock, preview, current=thumb.copy == copy)
        self.sheet.show_stock(stock, start)
        words = [translate("labels", "Starts at position {number}.").format(number=start)]
        if preview.pages > 1:
            words.append(translate("labels", "Takes two sheets."))
        if stock.cut == "dashed":
            words.append(translate("labels", "Cut along the dashes; goes into the case, not on the disc."))
        self._where.setText("\n".join(words))
        self._adhesive.setVisible(stock.adhesive)
        self._unverified.setVisible(not all(label.verified for label in preview.labels))
        self._no_footage.setVisible(preview.files == 0)
        self._link.setVisible(preview.files == 0 and self._can_link)
        self._show_required(preview)
        self.allow(not preview.too_long, translate("labels", "Something does not fit; it is marked in red."))

    def show_copy(self, stock: Stock, preview: LabelPreview, copy: int) -> None:
        """The other copy is shown large."""
        for thumb in self.thumbs:
            thumb.show_label(stock, preview, current=thumb.copy == copy)

    def allow(self, allowed: bool, why_not: str = "") -> None:
        """Let print and save be pressed, or say why not."""
        self.print_button.setEnabled(allowed)
        self.save_button.setEnabled(allowed)
        self.why_not.setVisible(not allowed and bool(why_not))
        self.why_not.say("bad", why_not)

    def offer_link(self, can_link: bool) -> None:
        """Whether there is a library to go to."""
        self._can_link = can_link

    def take_print_button(self) -> None:
        """Back from the page's head."""
        self.foot.insertWidget(self.foot.indexOf(self.save_button), self.print_button)

    def _build(self) -> None:
        self._can_link = False
        for thumb in self.thumbs:
            thumb.chosen.connect(self.copy_chosen)
            self.body.addWidget(thumb)
        self.add_section(translate("labels", "On the sheet"))
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(self.sheet)
        words = QVBoxLayout()
        words.addWidget(self._where)
        words.addWidget(Label(translate("labels", "Click a position to start there."), "second", "text3", wrap=True))
        words.addStretch(1)
        across.addLayout(words, 1)
        self.body.addLayout(across)
        for note in (self._adhesive, self._no_footage):
            self.body.addWidget(note)
        self.body.addWidget(self._link)
        self.body.addWidget(self._unverified)
        self.foot.addWidget(self.required)
        self.foot.addWidget(self.why_not)
        self.foot.addWidget(self.save_button)
        self.take_print_button()
        self.sheet.picked.connect(self.start_picked)
        self.allow(False)

    def _show_required(self, preview: LabelPreview) -> None:
        """Whether the five items of Art. 16 say something on both labels."""
        said = [{item.item for item in label.items if item.text.strip()} for label in preview.labels]
        lacking = [item for item in REQUIRED if not all(item in found for found in said)]
        if lacking:
            text = translate("labels", "Art. 16 also asks for: {items}")
            names = translate("labels", ", ").join(field(item) for item in lacking)
            self.required.say("bad", text.format(items=names))
        else:
            text = translate("labels", "All five items of Art. 16 are there: unit, maker, date, name, number")
            self.required.say("ok", text)
