"""Run by the packaged program before its own code: gives the programs that it starts the environment it was given.

PyInstaller's start adds the program's folder to LD_LIBRARY_PATH, which Debian's exiftool or ffmpeg would inherit.
"""

import os

_given = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _given is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _given
