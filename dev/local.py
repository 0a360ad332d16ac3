#!/usr/bin/env python3
"""The local cloud's commands: `python3 dev/local.py run|up|down|demo|status|logs|e2e|...`. See the Makefile for each."""

import sys

if sys.version_info < (3, 11):
    sys.exit(f"✗ Python 3.11 or newer is needed, found {sys.version.split()[0]}: set PYTHON=python3.12 or the like")

from namaskah_dev.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
