# Debian 12 with git, make and python3.11; everything else is set up by scripts/setup, once.
PY ?= /usr/bin/python3.11
export PY
export LANG := C.UTF-8

.PHONY: run test setup check lock package

run: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then .venv/bin/avdesk; else .venv/bin/avdesk demo --headless; fi

test:
	@scripts/setup test
	@scripts/test

setup:
	@scripts/setup run

check:
	@scripts/setup test
	@scripts/check

# dist/avdesk in one folder, and dist/avdesk_VERSION_ARCHITECTURE.deb; see docs/PACKAGING.md.
package:
	@scripts/setup test
	@.venv/bin/python scripts/package

# Keeps what is pinned; `make lock UPGRADE=--upgrade` takes newer releases.
lock:
	@scripts/setup test
	@scripts/lock $(UPGRADE)
