"""The packaged program starts its helpers by an option of its own."""

from __future__ import annotations

from avdesk.__main__ import CHILDREN
from avdesk.media import analysis_worker, making, player, worker
from avdesk.ui import sound


def test_every_helper_is_known_by_its_option() -> None:
    assert CHILDREN == {
        worker.FROZEN_OPTION: "avdesk.media.child",
        making.FROZEN_OPTION: "avdesk.media.maker",
        player.FROZEN_OPTION: "avdesk.media.decoder",
        analysis_worker.FROZEN_OPTION: "avdesk.media.analysis_child",
        sound.FROZEN_OPTION: "avdesk.ui.sound_process",
    }
