"""The developer's commands (`make run`, `up`, `down`, `demo`, `test` ...), in plain Python without packages.

`local.py` is the entry. Each module is one step of what a person would do by hand: set up tools, build, start, deploy,
seed. Nothing here knows MiniStack from the inside: that is `namaskah_cloud`, which runs in the tools' environment.
"""
