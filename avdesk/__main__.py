"""``avdesk``: the command line."""

from __future__ import annotations

import sys

from avdesk.cli import run


def main() -> int:
    """The process's entry; the exit code is the contract's."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
