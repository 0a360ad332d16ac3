#!/usr/bin/env python3
"""Entry point of the developer's commands: `python3 dev/local.py run|up|down|demo|status|logs|e2e|...` (see the Makefile)."""

import sys

if sys.version_info < (3, 11):
    sys.exit(f"✗ Python 3.11 or newer is needed, found {sys.version.split()[0]}: set PYTHON, for example PYTHON=python3.12")

from namaskah_dev.commands import main

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="replace")  # a terminal without Unicode must not end the command
    sys.exit(main(sys.argv[1:]))
