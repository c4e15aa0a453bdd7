"""``avdesk``: the command line; and, in the packaged program, the process that reads media."""

from __future__ import annotations

import sys

from avdesk.media.worker import FROZEN_OPTION


def main() -> int:
    """The process's entry; the exit code is the contract's."""
    if sys.argv[1:2] == [FROZEN_OPTION]:
        from avdesk.media import child

        del sys.argv[1]
        child.main()
        return 0
    from avdesk.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
