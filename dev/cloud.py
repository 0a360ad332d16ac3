"""Start the local cloud: `python dev/cloud.py`, with the settings in the environment.

`dev/local.py` runs it in the virtual environment with MiniStack. `namaskah_cloud` describes what it adds to MiniStack.
"""

from namaskah_cloud.server import main

if __name__ == "__main__":
    main()
