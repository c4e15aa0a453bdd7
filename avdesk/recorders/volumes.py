"""Mounted volumes and the event of their coming and going: the seam between operating systems.

Only Linux is built. Elsewhere the import fails with ``ImportError``, rather than showing no card as if none were there.
"""

from __future__ import annotations

import sys

from avdesk.recorders.volume import Excluded, Volume

if sys.platform == "linux":
    from avdesk.recorders.volumes_linux import MountWatch, volumes
else:
    raise ImportError(f"volumes are not supported on {sys.platform}")

__all__ = ["Excluded", "MountWatch", "Volume", "volumes"]
