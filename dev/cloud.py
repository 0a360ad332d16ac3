"""Start the local cloud: `python dev/cloud.py`, with the settings in the environment.

Run by `dev/local.py` in the virtual environment that holds MiniStack; see `namaskah_cloud` for what it adds to it.
"""

from namaskah_cloud.server import main

if __name__ == "__main__":
    main()
